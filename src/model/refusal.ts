import { SourceError } from "../domain/errors.js";
import { isJsonObject } from "../domain/json.js";
import type { HttpResponse } from "../domain/ports.js";
import { parseJson } from "../text/parse-json.js";
import { shown } from "../text/shown.js";
import { isPassing } from "./patient-request.js";
import type { ProviderRequest } from "./provider.js";

/** Why a model gave no answer, by what its server says. */
export function refusal(model: string, request: ProviderRequest, response: HttpResponse): SourceError {
  const { status } = response;
  const { host } = new URL(request.url);
  const retryable = isPassing(status);
  const code = retryable ? "model-unavailable" : "model-rejected";
  // what a server says about a key may quote it
  const said = status === 401 || status === 403 ? "it refuses the key" : messageIn(response.body);
  const why = said === "" ? "" : `: ${shown(said, 200)}`;
  return new SourceError(code, `${model} at ${host}: answered ${status}${why}`, { retryable });
}

/** The message of an error, where the body has one at a usual place. */
export function messageIn(body: string): string {
  const parsed = parseJson(body);
  if (!parsed.ok) return body.trimStart().startsWith("<") ? "" : body.slice(0, 500);
  const { value } = parsed;
  if (!isJsonObject(value)) return "";
  const { error, message, detail } = value;
  const said = isJsonObject(error) ? error.message : (error ?? message ?? detail);
  return typeof said === "string" ? said : "";
}
