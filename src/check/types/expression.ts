import { z } from "zod";
import { ConfigError } from "../../domain/errors.js";
import { isJsonObject, type Json } from "../../domain/json.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { textOfJson } from "../../text/json-value.js";
import { parseStructured, whyNoFields } from "../../text/parse-json.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, type Subject } from "../check-type.js";
import { type CompiledExpression, isNear, loadExpressionCompiler } from "../expression-engine.js";
import { ExpressionMismatch, leaves } from "../expression-mismatch.js";
import { wording } from "../setting-kinds.js";
import { seenIn } from "../subject.js";

const namedPaths = 4;

interface Side {
  readonly says: string;
  readonly expression: CompiledExpression;
}

/**
 * A JSONata 2 expression over the output holds, such as `$sum(lines.amount) = total`. Patterns in it run on RE2; it
 * has no clock, no chance and no $eval, and a budget of steps, depth and text, beyond which the check cannot tell.
 * Numbers that a whole comparison compares are equal but for the tolerance and 1e-9, relative: binary fractions.
 */
export const expression = defineCheckType({
  type: "expression",
  group: "numbers",
  says: "satisfies its expression",
  example: {
    settings: {
      expression: "$sum(lines.amount) = total",
      tolerance: 0.01,
      explain: { "the lines add up to": "$sum(lines.amount)", "total says": "total" },
    },
    good: '{"lines":[{"amount":1000},{"amount":249}],"total":1249}',
    bad: '{"lines":[{"amount":1000},{"amount":249}],"total":1.249}',
  },
  settings: z.strictObject({
    expression: wording.describe(
      "JSONata that gives true or false, or `{ pass, reason }`; it sees the fields of the output by name, and `output`, `input`, `reference`; beside JSONata's own functions `$near(a, b, tolerance)` and `$date(text)`",
    ),
    tolerance: z
      .number()
      .min(0)
      .optional()
      .describe("How far apart the two numbers of the comparison may be, where the whole expression is one"),
    explain: z
      .record(wording, wording)
      .default({})
      .describe(
        'What the reason says of a fail: words and the expression whose value follows them, such as { "total says": "total" }',
      ),
  }),
  prepare: async ({ expression: source, tolerance, explain }) => {
    const compile = await loadExpressionCompiler();
    const whole = compile(source);
    const { comparison } = whole;
    if (tolerance !== undefined && comparison === null) {
      throw new ConfigError(
        "expression",
        `tolerance needs an expression that is one comparison, such as a = b; inside others write $near(a, b, ${tolerance})`,
      );
    }
    const sides =
      comparison === null ? null : { left: compile(comparison.left), right: compile(comparison.right) };
    const explained = Object.entries(explain).map(
      ([says, each]): Side => ({ says, expression: compile(each) }),
    );
    const paths = whole.paths
      .slice(0, namedPaths)
      .map((path): Side => ({ says: `${path} is`, expression: compile(path) }));
    const work = async (document: Json): Promise<Verdict> => {
      if (comparison === null || sides === null) {
        const seen = () => values(explained.length > 0 ? explained : paths, document);
        return verdictOf(await whole.evaluate(document), source, seen);
      }
      const [left, right] = [await sides.left.evaluate(document), await sides.right.evaluate(document)];
      const compared = typeof left === "number" && typeof right === "number";
      const result = compared
        ? holds(comparison.operator, left, right, tolerance ?? 0)
        : await whole.evaluate(document);
      const both = [
        { says: `${shown(comparison.left)} is`, value: left },
        { says: `${shown(comparison.right)} is`, value: right },
      ].filter(({ says }) => !/^["\d-]/.test(says));
      const within = tolerance === undefined || tolerance === 0 ? "" : ` within ${tolerance}`;
      const seen = async () => (explained.length > 0 ? values(explained, document) : said(both));
      return verdictOf(result, `${source}${within}`, seen);
    };
    const plain = whole.paths.map((path) => compile(path));
    const field = whole.paths.find((path) => !/^(?:output|input|reference)(?![^.])/.test(path));
    return async (subject) => {
      const document = documentOf(subject);
      const verdict = await work(document).catch((thrown) => mismatch(thrown, plain, document));
      if (verdict.status === "pass" || field === undefined || subject.value !== undefined) return verdict;
      return fail(
        `the output ${whyNoFields(subject.text)}, so it has no ${shown(field)}; expected ${shown(source, 120)}`,
      );
    };
  },
});

/** Text where a number belongs, and the like: the output is wrong where it holds the value, else nobody can tell. */
async function mismatch(
  thrown: unknown,
  paths: readonly CompiledExpression[],
  document: Json,
): Promise<Verdict> {
  if (!(thrown instanceof ExpressionMismatch)) throw thrown;
  for (const path of paths) {
    const value = await path.evaluate(document);
    const found = (value === undefined ? [] : leaves(value)).find((leaf) => thrown.values.includes(leaf));
    if (found === undefined) continue;
    const reason = `${shown(path.source)} holds ${quoted(found)}, expected ${thrown.wanted}`;
    return /^(?:input|reference)(?![^.])/.test(path.source)
      ? error(`could not tell: ${reason}`)
      : fail(reason);
  }
  throw thrown;
}

/** The fields by name, and beside them the output, its input and its reference. */
function documentOf(subject: Subject): Json {
  const structured = (value: Json) => (typeof value === "string" ? (parseStructured(value) ?? value) : value);
  const output = seenIn(subject);
  return {
    ...(isJsonObject(output) ? output : {}),
    output,
    input: structured(subject.input),
    reference: structured(subject.reference),
  };
}

function holds(operator: string, left: number, right: number, tolerance: number): boolean {
  const same = isNear(left, right, tolerance);
  switch (operator) {
    case "=":
      return same;
    case "!=":
      return !same;
    case "<":
      return left < right + tolerance;
    case ">":
      return left > right - tolerance;
    case "<=":
      return same || left < right;
    default:
      return same || left > right;
  }
}

async function verdictOf(
  result: Json | undefined,
  expected: string,
  seen: () => Promise<string>,
): Promise<Verdict> {
  const given = isJsonObject(result) && typeof result.pass === "boolean" ? result.pass : result;
  const why = isJsonObject(result) && typeof result.reason === "string" ? shown(result.reason, 200) : "";
  if (given === true) return pass(why === "" ? {} : { reason: why });
  if (given === false) {
    if (why !== "") return fail(why);
    const values = await seen();
    return fail(`${values === "" ? "is not as expected" : values}; expected ${shown(expected, 120)}`);
  }
  const found = result === undefined ? "nothing; a path in it may lead nowhere" : quoted(result);
  return error(`the expression gave ${found}, expected true or false`);
}

async function values(sides: readonly Side[], document: Json): Promise<string> {
  const found = [];
  for (const { says, expression } of sides)
    found.push({ says: shown(says), value: await expression.evaluate(document) });
  return said(found);
}

function said(found: readonly { readonly says: string; readonly value: Json | undefined }[]): string {
  return found
    .map(
      ({ says, value }) =>
        `${says} ${value === undefined ? "missing" : typeof value === "number" ? textOfJson(rounded(value)) : quoted(value)}`,
    )
    .join(", ");
}

/** Without the noise of binary fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
