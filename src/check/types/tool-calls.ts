import { z } from "zod";
import { ConfigError, KnownError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { roundedDown } from "../../measure/rounding.js";
import { canonicalJson, isJsonList } from "../../text/json-value.js";
import { parseJson } from "../../text/parse-json.js";
import { quoted, quotedList, shown } from "../../text/shown.js";
import { type CheckPorts, defineCheckType } from "../check-type.js";
import { jsonSetting, wording } from "../setting-kinds.js";
import {
  maxCalls,
  type ToolCall,
  type ToolDefinition,
  toolCallsIn,
  toolDefinition,
} from "../tool-call-shapes.js";
import { prepareSchema } from "./json-schema.js";

const expectedCall = z.strictObject({
  name: wording.describe("The tool"),
  arguments: z
    .record(z.string(), jsonSetting)
    .optional()
    .describe("Arguments that must be there with these values; more may be; default: any"),
});

/**
 * The model asks for the right tools with arguments that hold: the shapes of OpenAI, Anthropic and Gemini. Whether a
 * tool then did what it should is not seen here.
 */
export const toolCalls = defineCheckType({
  type: "tool-calls",
  group: "shape",
  says: "calls the right tools",
  example: {
    settings: {
      tools: [
        {
          type: "function",
          function: {
            name: "refund_order",
            parameters: {
              type: "object",
              required: ["orderId", "amount"],
              properties: { orderId: { type: "string" }, amount: { type: "number", minimum: 0 } },
            },
          },
        },
      ],
    },
    good: '[{"type":"function","function":{"name":"refund_order","arguments":"{\\"orderId\\":\\"4711\\",\\"amount\\":12.5}"}}]',
    bad: '[{"type":"function","function":{"name":"refund_order","arguments":"{\\"orderId\\":\\"4711\\",\\"amount\\":\\"all\\"}"}}]',
  },
  settings: z.strictObject({
    tools: z
      .array(jsonSetting)
      .max(200)
      .default([])
      .describe(
        "The tools as given to the model (OpenAI, Anthropic or Gemini): no other may be called, arguments must satisfy their schema",
      ),
    toolsFile: z
      .string()
      .min(1)
      .optional()
      .describe("A JSON file with that list, relative to the check file"),
    allowed: z
      .array(wording)
      .max(500)
      .optional()
      .describe("Names of the tools that may be called; default: those of `tools`, or any"),
    required: z.array(wording).max(100).default([]).describe("Names of tools that must be called"),
    ordered: z
      .boolean()
      .default(false)
      .describe("The required (or expected) tools must be called in this order; others may come between"),
    expected: z.array(expectedCall).min(1).max(100).optional().describe("The calls that should be made"),
    minF1: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        "With `expected`: least F1 of the calls made against the expected ones, by name and given arguments",
      ),
    atLeast: z.int().min(0).default(1).describe("Least number of calls; 0: an answer without any is fine"),
    atMost: z.int().min(0).optional().describe("Greatest number of calls"),
  }),
  complaint: ({ atLeast, atMost }) =>
    atMost !== undefined && atMost < atLeast ? `atMost ${atMost} is below atLeast ${atLeast}` : null,
  prepare: async (settings, ports) => {
    const { toolsFile, required, ordered, expected, minF1, atLeast, atMost } = settings;
    const listed = [...settings.tools, ...(toolsFile === undefined ? [] : readTools(toolsFile, ports))];
    const definitions = listed.map(definitionOf);
    const allowed = settings.allowed ?? (listed.length === 0 ? null : definitions.map(({ name }) => name));
    const schemas = await schemasOf(definitions);
    const steps = expected ?? required.map((name) => ({ name }));
    return ({ value, text }): Verdict => {
      const parsed = value === undefined ? parseJson(text) : { ok: true as const, value };
      const calls = parsed.ok ? toolCallsIn(parsed.value) : [];
      if (calls.length < atLeast) return fail(`${counted(calls)}, expected at least ${atLeast}`);
      if (atMost !== undefined && calls.length > atMost)
        return fail(`${counted(calls)}, expected at most ${atMost}`);
      for (const [index, call] of calls.entries()) {
        const fault = faultOf(call, allowed, schemas);
        if (fault !== null) return fail(`call ${index + 1} (${shown(call.name) || "unnamed"}) ${fault}`);
      }
      if (calls.length > maxCalls) {
        return error(
          `could not tell: there are more than ${maxCalls} calls, which is more than are looked at`,
        );
      }
      const missing = required.filter((name) => !calls.some((call) => call.name === name));
      if (missing.length > 0) return fail(`${counted(calls)}, but never ${quotedList(missing, "and")}`);
      if (ordered && !inOrder(calls, steps)) {
        return fail(
          `${counted(calls)}, expected the order ${quotedList(
            steps.map(({ name }) => name),
            "then",
          )}`,
        );
      }
      return expected === undefined ? pass() : scored(calls, expected, minF1);
    };
  },
});

type ExpectedCall = z.output<typeof expectedCall>;

function faultOf(
  call: ToolCall,
  allowed: readonly string[] | null,
  schemas: ReadonlyMap<string, (value: Json) => string | null>,
): string | null {
  if (call.fault !== null) return call.fault;
  if (allowed !== null && !allowed.includes(call.name)) {
    return allowed.length === 0 ? "is not allowed" : `is not allowed, expected ${quotedList(allowed, "or")}`;
  }
  const wrong = schemas.get(call.name)?.(call.arguments ?? null) ?? null;
  return wrong === null ? null : `has wrong arguments: ${wrong}`;
}

/** F1 of the calls as a multiset: each expected call is met by one call that was made. */
function scored(calls: readonly ToolCall[], expected: readonly ExpectedCall[], minF1: number): Verdict {
  const left = [...calls];
  // the most particular first, so that a call with given arguments is not used up by one without
  const byDetail = [...expected].sort((a, b) => detail(b) - detail(a));
  const unmet = byDetail.filter((wanted) => {
    const at = left.findIndex((call) => meets(call, wanted));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const met = expected.length - unmet.length;
  const score = (2 * met) / (expected.length + calls.length);
  if (score >= minF1) return pass({ score, reason: "makes the calls it must not make" });
  const lacks = unmet.length === 0 ? "" : ` lacks ${quotedList(unmet.map(written), "and")}`;
  const extra = left.length === 0 ? "" : ` adds ${quotedList(left.map(written), "and")}`;
  return fail(
    `meets ${met} of ${expected.length} expected calls (F1 ${roundedDown(score)}, expected ${minF1}):${[lacks, extra].filter((part) => part !== "").join(" and")}`,
    { score },
  );
}

function detail(wanted: ExpectedCall): number {
  return Object.keys(wanted.arguments ?? {}).length;
}

function meets(call: ToolCall, wanted: ExpectedCall): boolean {
  if (call.name !== wanted.name) return false;
  const given = call.arguments;
  return Object.entries(wanted.arguments ?? {}).every(
    ([name, value]) =>
      typeof given === "object" &&
      given !== null &&
      !isJsonList(given) &&
      Object.hasOwn(given, name) &&
      canonicalJson(given[name] ?? null) === canonicalJson(value),
  );
}

function inOrder(calls: readonly ToolCall[], steps: readonly ExpectedCall[]): boolean {
  let at = 0;
  for (const step of steps) {
    while (at < calls.length && !meets(calls[at] ?? noCall, step)) at += 1;
    if (at === calls.length) return false;
    at += 1;
  }
  return true;
}

const noCall: ToolCall = { name: "", arguments: undefined, fault: null };

function written(call: ToolCall | ExpectedCall): string {
  const given = call.arguments;
  return given === undefined || Object.keys(given ?? {}).length === 0
    ? call.name
    : `${call.name} ${canonicalJson(given)}`;
}

function counted(calls: readonly ToolCall[]): string {
  if (calls.length === 0) return "calls no tool";
  const names = quotedList(
    calls.map(({ name }) => name),
    "and",
  );
  return `makes ${calls.length} ${calls.length === 1 ? "call" : "calls"} (${names})`;
}

function readTools(file: string, ports: CheckPorts): readonly Json[] {
  const parsed = parseJson(ports.readFile(file));
  if (!parsed.ok) throw new ConfigError("tool-calls", `${file} ${parsed.reason}`);
  if (isJsonList(parsed.value)) return parsed.value;
  throw new ConfigError("tool-calls", `${file}: expected a list of tools, found ${quoted(parsed.value)}`);
}

function definitionOf(value: Json): ToolDefinition {
  const definition = toolDefinition(value);
  if (definition !== null) return definition;
  throw new ConfigError(
    "tool-calls",
    `${quoted(value)} defines no tool; write { "name": ..., "parameters": ... }`,
  );
}

async function schemasOf(definitions: readonly ToolDefinition[]) {
  const schemas = new Map<string, (value: Json) => string | null>();
  for (const { name, schema } of definitions) {
    if (schema === null) continue;
    try {
      schemas.set(name, await prepareSchema({ ...schema }));
    } catch (thrown) {
      if (!(thrown instanceof KnownError)) throw thrown;
      throw new ConfigError("tool-calls", `tool ${name}: ${thrown.message}`, { cause: thrown });
    }
  }
  return schemas;
}
