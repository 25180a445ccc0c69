import type { Environment, Expression } from "jsonata";
import { ConfigError, KnownError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { canonicalJson, isJson, isJsonList } from "../text/json-value.js";
import { compilePattern, type Pattern } from "../text/pattern.js";
import { shown } from "../text/shown.js";
import { dayIn } from "./calendar-day.js";
import { mismatchOf } from "./expression-mismatch.js";
import { comparisonOf, nodesOf, plainPath, variableFault } from "./expression-syntax.js";

/** Longest expression accepted, in characters. */
const longestSource = 4_000;
/** Nodes that one evaluation may visit; a sum over 1,000 lines needs about 3,000. */
const mostSteps = 200_000;
const deepest = 200;
const longestSequence = 100_000;
const longestText = 1_000_000;
/** Behind all counts, for what a single built-in function may take. */
const timeoutMs = 2_000;

/** A compiled expression. */
export interface CompiledExpression {
  readonly source: string;
  /** The two sides, where the whole is a comparison. */
  readonly comparison: { readonly operator: string; readonly left: string; readonly right: string } | null;
  /** The plain paths in it, such as `lines.amount`. */
  readonly paths: readonly string[];
  /** undefined: it gave nothing. Throws KnownError when a budget is used up or a step is impossible. */
  evaluate(document: Json): Promise<Json | undefined>;
}

/** Compiles JSONata 2 expressions. */
export type ExpressionCompiler = (source: string) => CompiledExpression;

/** Loads JSONata; what it compiles runs its patterns on RE2 and within budgets. */
export async function loadExpressionCompiler(): Promise<ExpressionCompiler> {
  const { default: jsonata } = await import("jsonata");
  return (source) => {
    if (source.length > longestSource) {
      throw new ConfigError(
        "expression",
        `the expression has ${source.length} characters, ${longestSource} are possible`,
      );
    }
    const patterns = new Map<string, Pattern>();
    let expression: Expression;
    try {
      expression = jsonata(source, {
        RegexEngine: linearRegExp(patterns),
        stack: deepest,
        sequence: longestSequence,
        timeout: timeoutMs,
      });
    } catch (thrown) {
      const hint = /==|&&|\|\|/.test(source) ? "; write = for ==, and for &&, or for ||" : "";
      throw new ConfigError(
        "expression",
        `expression "${shown(source)}": ${describeFault(thrown, true)}${hint}`,
      );
    }
    const ast: unknown = expression.ast();
    const nodes = nodesOf(ast);
    const fault = variableFault(nodes);
    if (fault !== null) throw new ConfigError("expression", `expression "${shown(source)}": ${fault}`);
    for (const { value } of nodes) if (value instanceof RegExp) patterns.set(String(value), linear(value));
    bound(expression);
    return {
      source,
      comparison: comparisonOf(source, ast),
      paths: [...new Set(nodes.flatMap(plainPath))],
      evaluate: async (document) => {
        try {
          const result: unknown = await expression.evaluate(document, { [budgetName]: { steps: 0 } });
          // Sequences of JSONata are lists with marks on them, and its functions are no values.
          const text = result === undefined ? undefined : JSON.stringify(result);
          const plain: unknown = text === undefined ? undefined : JSON.parse(text);
          return isJson(plain) ? plain : undefined;
        } catch (thrown) {
          if (thrown instanceof KnownError) throw thrown;
          throw (
            mismatchOf(thrown) ??
            new KnownError(
              "expression",
              `the expression cannot be worked out: ${describeFault(thrown, false)}`,
            )
          );
        }
      },
    };
  };
}

/** No name that an expression can write. */
const budgetName = " budget";

function bound(expression: Expression): void {
  const enter = (_node: unknown, _input: unknown, environment: Environment) => {
    const budget: unknown = environment.lookup(budgetName);
    if (typeof budget !== "object" || budget === null || !("steps" in budget)) return;
    budget.steps = Number(budget.steps) + 1;
    if (Number(budget.steps) > mostSteps) {
      throw new KnownError("expression-budget", `the expression needed more than ${mostSteps} steps`);
    }
  };
  const leave = (_node: unknown, _input: unknown, _environment: unknown, result: unknown) => {
    if (typeof result !== "string" || result.length <= longestText) return;
    throw new KnownError(
      "expression-budget",
      `the expression made a text of more than ${longestText} characters`,
    );
  };
  // Declared for names alone, but its hooks are bound to symbols.
  Reflect.apply(expression.assign, expression, [Symbol.for("jsonata.__evaluate_entry"), enter]);
  Reflect.apply(expression.assign, expression, [Symbol.for("jsonata.__evaluate_exit"), leave]);
  expression.registerFunction("near", near, "<nnn?:b>");
  expression.registerFunction("date", (text: Json) => dayIn(text) ?? undefined, "<(sn):s>");
  // The library's own compares every pair.
  expression.registerFunction("distinct", distinct, "<x:x>");
}

function near(left: number, right: number, tolerance = 0): boolean {
  return isNear(left, right, tolerance);
}

/** Equal but for a tolerance and for what binary fractions lose. */
export function isNear(left: number, right: number, tolerance: number): boolean {
  return Math.abs(left - right) <= tolerance + 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

function distinct(value: Json): Json {
  if (!isJsonList(value)) return value;
  return [...new Map(value.map((item) => [canonicalJson(item), item])).values()];
}

/** JSONata makes its matchers by `new RegexEngine(pattern)`; this one makes them of RE2 patterns. */
function linearRegExp(patterns: ReadonlyMap<string, Pattern>): RegExpConstructor {
  return new Proxy(RegExp, {
    construct: (_native, [written]) => {
      const pattern = patterns.get(String(written)) ?? linear(new RegExp(written));
      const matcher = {
        lastIndex: 0,
        exec: (text: string) => {
          const found = pattern.find(text, matcher.lastIndex);
          matcher.lastIndex = found === null ? 0 : found.at + found.text.length;
          return found === null ? null : Object.assign([found.text, ...found.groups], { index: found.at });
        },
      };
      return matcher;
    },
  });
}

function linear({ source, flags }: RegExp): Pattern {
  return compilePattern(source, flags.replace("g", ""));
}

/** JSONata throws objects, not errors. */
function describeFault(thrown: unknown, placed: boolean): string {
  const details = typeof thrown === "object" && thrown !== null ? thrown : {};
  const message =
    "message" in details && typeof details.message === "string" ? details.message : String(thrown);
  const code = "code" in details ? details.code : "";
  if (code === "D1011") return `it goes deeper than ${deepest} steps into itself`;
  if (code === "D1012") return `it needed more than ${timeoutMs / 1_000} seconds`;
  const place =
    placed && "position" in details && typeof details.position === "number"
      ? ` (at character ${details.position})`
      : "";
  return `${shown(message, 200)}${place}`;
}
