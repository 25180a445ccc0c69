import type { Ajv, AnySchema, ErrorObject, Options, ValidateFunction } from "ajv";
import { z } from "zod";
import { ConfigError, KnownError, messageOf } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { error, fail, pass } from "../../domain/verdict.js";
import { isFenced } from "../../text/code-fence.js";
import { findJson } from "../../text/find-json.js";
import { canonicalJson, isJson, isJsonList } from "../../text/json-value.js";
import { once } from "../../text/once.js";
import { parseJson } from "../../text/parse-json.js";
import { compilePattern } from "../../text/pattern.js";
import { quoted, quotedList, shown } from "../../text/shown.js";
import { type CheckPorts, defineCheckType, inCodeFence, noted } from "../check-type.js";
import { schemaSlip } from "../schema-words.js";

const namedErrors = 3;

/** The output, read as JSON, satisfies a JSON Schema. Patterns run on RE2; nothing is fetched. */
export const jsonSchema = defineCheckType({
  type: "json-schema",
  group: "shape",
  says: "satisfies its JSON Schema",
  example: {
    settings: {
      schema: { type: "object", required: ["total"], properties: { total: { type: "number", minimum: 0 } } },
    },
    good: '{"total":12.5}',
    bad: '{"total":"12.5"}',
  },
  settings: z.strictObject({
    schema: z
      .union([z.record(z.string(), z.json()), z.boolean()])
      .optional()
      .describe("The schema itself"),
    file: z.string().min(1).optional().describe("A file with the schema, relative to the check file"),
    draft: z
      .enum(["2020-12", "draft-07"])
      .optional()
      .describe("Default: what `$schema` names (draft-06, draft-07, 2019-09 or 2020-12), otherwise 2020-12"),
    anywhere: z
      .boolean()
      .default(false)
      .describe("Reads the first object or list inside other text, where the whole text is no JSON"),
  }),
  complaint: ({ schema, file }) =>
    (schema === undefined) === (file === undefined) ? "json-schema needs either schema or file" : null,
  prepare: async ({ schema, file, draft, anywhere }, ports) => {
    const faultOf = await prepareSchema(schema ?? readSchema(file ?? "", ports), draft);
    return ({ value, text }) => {
      // with `anywhere`, a text that `on` points to is read as a whole output would be
      const asText = value === undefined || (anywhere && typeof value === "string");
      const parsed = asText ? parseJson(text) : { ok: true as const, value };
      const read = !parsed.ok && anywhere ? findJson(text) : null;
      if (read?.found === "undecided") return error("could not tell: too many brackets to look through");
      if (!parsed.ok && read?.found !== "json") return fail(`"${shown(text)}" ${parsed.reason}`);
      const fault = faultOf(read?.found === "json" ? read.value : parsed.ok ? parsed.value : null);
      if (fault !== null) return fail(fault);
      return read === null && (asText || typeof value !== "string") && isFenced(text)
        ? noted(inCodeFence)
        : pass();
    };
  },
});

/**
 * Compiles a schema to a question about a value: what is wrong with it, or null. Throws ConfigError when it does not
 * compile.
 */
export async function prepareSchema(
  schema: AnySchema,
  draft?: "2020-12" | "draft-07",
): Promise<(value: Json) => string | null> {
  const validate = await compileSchema(schema, draft);
  const faultOf = (value: Json) => {
    try {
      return validate(value) === true ? null : describeErrors(validate.errors ?? []);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      throw new ConfigError("json-schema", "the schema refers to itself without end ($ref)", {
        cause: thrown,
      });
    }
  };
  // a schema that never ends does so on the simplest values too: rather now than on every output
  for (const simple of [null, {}, [], "", 0]) faultOf(simple);
  return faultOf;
}

function readSchema(file: string, ports: CheckPorts): AnySchema {
  const parsed = parseJson(ports.readFile(file));
  if (!parsed.ok) throw new ConfigError("json-schema", `${file} ${parsed.reason}`);
  const { value } = parsed;
  if (typeof value === "boolean") return value;
  if (typeof value === "object" && value !== null && !isJsonList(value)) return { ...value };
  throw new ConfigError("json-schema", `${file}: a schema is an object, found ${quoted(value)}`);
}

/** The drafts that ajv reads, by what `$schema` says of them; 07 kept all words of 06. */
const drafts = [
  draftOf(/draft-0[67]/, async (options) => new (await import("ajv")).Ajv(options)),
  draftOf(/2019-09/, async (options) => new (await import("ajv/dist/2019.js")).Ajv2019(options)),
  draftOf(/2020-12/, async (options) => new (await import("ajv/dist/2020.js")).Ajv2020(options)),
];

/** `grammar` says what is wrong with a schema: compiled once, for it takes 40 ms and 4 MB, which each check would pay. */
function draftOf(names: RegExp, load: (options: Options) => Promise<Ajv>) {
  return { names, load, grammar: once(async () => withUniqueItems(await load(await schemaOptions()))) };
}

async function compileSchema(
  written: AnySchema,
  draft: "2020-12" | "draft-07" | undefined,
): Promise<ValidateFunction> {
  const named = typeof written === "object" && typeof written.$schema === "string" ? written.$schema : "";
  if (/draft-0[1-5]/.test(named)) {
    throw new ConfigError(
      "json-schema",
      `$schema is ${quoted(named)}; the drafts 06, 07, 2019-09 and 2020-12 are read: rewrite it for one of them (exclusiveMinimum becomes a number, id becomes $id)`,
    );
  }
  const schema =
    typeof written === "object" && named.includes("draft-06")
      ? { ...written, $schema: "http://json-schema.org/draft-07/schema#" }
      : written;
  const options = await schemaOptions();
  const slip = isJson(schema) ? schemaSlip(schema, Object.keys(options.formats ?? {})) : null;
  if (slip !== null) throw new ConfigError("json-schema", `the schema: ${slip}`);
  const spoken = drafts.find(({ names }) => names.test(draft ?? named)) ?? drafts.at(-1);
  if (spoken === undefined) throw new Error("no draft of JSON Schema is registered");
  const grammar = await spoken.grammar();
  const ajv = withUniqueItems(await spoken.load({ ...options, validateSchema: false }));
  try {
    await grammar.validateSchema(schema, true);
    return ajv.compile(schema);
  } catch (thrown) {
    if (thrown instanceof KnownError) throw thrown;
    throw new ConfigError("json-schema", `the schema does not compile: ${messageOf(thrown)}`);
  }
}

/** ajv's own compares every pair: 20,000 items would hold the event loop for seconds. */
function withUniqueItems(ajv: Ajv): Ajv {
  return ajv.removeKeyword("uniqueItems").addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "must NOT have equal items" },
    validate: (wanted: boolean, items: readonly Json[]) =>
      !wanted || new Set(items.map(canonicalJson)).size === items.length,
  });
}

/** `strict: false`: ajv's strict mode refuses schemas that people consider normal. */
async function schemaOptions(): Promise<Options> {
  const { fastFormats, fullFormats } = await import("ajv-formats/dist/formats.js");
  const { date, time } = fullFormats;
  return {
    allErrors: true,
    strict: false,
    verbose: true,
    logger: false,
    ownProperties: true,
    formats: {
      ...fastFormats,
      date,
      time,
      "date-time": fullFormats["date-time"],
      // The library's own are native and backtrack on hostile text.
      url: (text: string) => text.length <= 2_000 && URL.canParse(text),
      hostname: (text: string) => text.length <= 253 && isHostname(text),
      regex: isPattern,
    },
    // Without it `pattern` runs natively: 49 s for 27 characters. ajv keeps patterns apart by toString().
    code: { regExp: Object.assign((pattern: string) => compilePattern(pattern), { code: "compilePattern" }) },
  };
}

function isHostname(text: string): boolean {
  return text
    .replace(/\.$/, "")
    .split(".")
    .every((label) => /^(?!-)[a-z0-9-]{1,63}$/i.test(label) && !label.endsWith("-"));
}

function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return true;
  } catch {
    return false;
  }
}

function describeErrors(errors: readonly ErrorObject[]): string {
  const named = errors.slice(0, namedErrors).map(describeError);
  const more = errors.length - named.length;
  return `${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function describeError(fault: ErrorObject): string {
  const place = shown(
    fault.instancePath
      .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
      .replace(/\//g, ".")
      .replace(/^\./, ""),
  );
  const data: unknown = fault.data;
  const scalar = isJson(data) && (typeof data !== "object" || data === null);
  const seen = scalar ? ` is ${quoted(data, 40)},` : "";
  return `${place}${seen} ${fault.message ?? "is not as its schema says"}${detail(fault)}`.trim();
}

/** What the message leaves out: the allowed values, the property that is too many. */
function detail(fault: ErrorObject): string {
  const { allowedValues, allowedValue, additionalProperty, unevaluatedProperty } = fault.params;
  if (isJson(allowedValues) && isJsonList(allowedValues)) return `: ${quotedList(allowedValues, "or")}`;
  if (isJson(allowedValue)) return `: ${quoted(allowedValue)}`;
  const extra: unknown = additionalProperty ?? unevaluatedProperty;
  return typeof extra === "string" ? `: ${quoted(extra)}` : "";
}
