import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import { parseJson } from "../text/parse-json.js";

/** A call that a model asks for. */
export interface ToolCall {
  readonly name: string;
  /** undefined: they cannot be read, see `fault`. */
  readonly arguments: Json | undefined;
  /** What is wrong with the call itself, or null. */
  readonly fault: string | null;
}

/** Deeper than any answer that carries calls. */
const deepest = 12;
/** More calls than any answer makes: of the rest only one is given back, which tells that there are more. */
export const maxCalls = 1_000;

/**
 * The calls in a model's answer, in order, whichever way its vendor writes them: OpenAI chat (`tool_calls`, the older
 * `function_call`) and responses (`type: "function_call"`), Anthropic (`type: "tool_use"`), Gemini (`functionCall`),
 * a plain list of `{ name, arguments }`, alone or anywhere inside a whole response.
 */
export function toolCallsIn(value: Json): readonly ToolCall[] {
  const found: ToolCall[] = [];
  walk(value, 0, found);
  return found;
}

function walk(value: Json, depth: number, found: ToolCall[]): void {
  if (depth > deepest || found.length > maxCalls || typeof value !== "object" || value === null) return;
  const call = isJsonObject(value) ? callOf(value) : null;
  if (call !== null) found.push(call);
  else for (const member of isJsonList(value) ? value : Object.values(value)) walk(member, depth + 1, found);
}

function callOf(value: JsonObject): ToolCall | null {
  const { type, name, function: called, functionCall: gemini } = value;
  if (isObject(called) && typeof called.name === "string") return read(called.name, called.arguments, true);
  if (type === "tool_use" && typeof name === "string") return read(name, value.input, false);
  if (type === "function_call" && typeof name === "string") return read(name, value.arguments, true);
  if (isObject(gemini) && typeof gemini.name === "string") return read(gemini.name, gemini.args ?? {}, false);
  if (type === "function" || type === "tool_use" || type === "function_call") {
    return { name: "", arguments: undefined, fault: "names no tool" };
  }
  const plain = value.arguments ?? value.args ?? value.input;
  return typeof name === "string" && plain !== undefined ? read(name, plain, false) : null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return isJsonObject(value);
}

/** OpenAI sends arguments as JSON in a text; where it is an object already, nobody is hurt. */
function read(name: string, written: Json | undefined, asText: boolean): ToolCall {
  const broken = (fault: string): ToolCall => ({ name, arguments: undefined, fault });
  if (name.trim() === "") return broken("names no tool");
  if (written === undefined) return broken(asText ? "has no arguments" : "has no input");
  if (typeof written !== "string") {
    return isObject(written)
      ? { name, arguments: written, fault: null }
      : broken("has arguments that are no object");
  }
  if (written.trim() === "") return { name, arguments: {}, fault: null };
  const parsed = parseJson(written);
  if (!parsed.ok) return broken(`has arguments whose text ${parsed.reason}`);
  return isObject(parsed.value)
    ? { name, arguments: parsed.value, fault: null }
    : broken("has arguments that are no object");
}

/** A tool as its definition for a vendor says: OpenAI (both APIs), Anthropic, or Gemini. */
export interface ToolDefinition {
  readonly name: string;
  readonly schema: JsonObject | null;
}

/** Reads definitions of tools in any of those shapes; null for one that names no tool. */
export function toolDefinition(value: Json): ToolDefinition | null {
  if (!isJsonObject(value)) return null;
  const inner = isObject(value.function) ? value.function : value;
  const schema = inner.parameters ?? inner.input_schema ?? inner.inputSchema;
  return typeof inner.name === "string"
    ? { name: inner.name, schema: isObject(schema) ? schema : null }
    : null;
}
