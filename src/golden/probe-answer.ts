import { SourceError } from "../domain/errors.js";
import { isJsonObject, type Json } from "../domain/json.js";
import type { HttpResponse } from "../domain/ports.js";
import { compilePath } from "../text/json-path.js";

/** Where an answer's output usually lies. */
const usualNames = ["output", "response", "answer", "result", "text", "completion", "reply"];

/** Throws SourceError unless the automation answered with success. */
export function requireSuccess(response: HttpResponse, host: string): void {
  const { status } = response;
  if (status >= 200 && status < 300) return;
  const retryable = status === 408 || status === 429 || status >= 500;
  throw new SourceError(retryable ? "probe-unavailable" : "probe-refused", `${host}: answered ${status}`, {
    retryable,
  });
}

/** The output in an answer: at the path, or under a usual name, or the whole answer. */
export function outputIn(answer: Json, path: string | undefined, who: string): Json {
  if (path !== undefined) {
    const [node] = compilePath(path).select(answer);
    if (node === undefined)
      throw new SourceError("probe-body", `${who}: the answer holds nothing at ${path}`);
    return node.value;
  }
  if (!isJsonObject(answer)) return answer;
  const name = usualNames.find((usual) => Object.hasOwn(answer, usual));
  return name === undefined ? answer : (answer[name] ?? null);
}

/** A text or number at the path, as text; null where there is none. */
export function idIn(answer: Json, path: string): string | null {
  const value = compilePath(path).select(answer)[0]?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
