import { SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { HttpResponse } from "../domain/ports.js";
import { excerpt } from "../text/excerpt.js";
import { parseRecords } from "../text/parse-json.js";

/** The JSON an API answered with; anything else is a SourceError that says what came instead, without quoting it. */
export function readAnswer(response: HttpResponse, host: string): Json {
  const { status } = response;
  if (status >= 300 && status < 400) {
    throw new SourceError(
      "source-redirect",
      `${host}: answered ${status}, a redirect to ${redirectHost(response)}`,
    );
  }
  if (status < 200 || status >= 300) {
    const retryable = status === 408 || status === 429 || status >= 500;
    const hint = status === 401 || status === 403 ? "; is the key right and allowed to read?" : "";
    throw new SourceError(
      retryable ? "source-unavailable" : "source-refused",
      `${host}: answered ${status}${hint}`,
      {
        retryable,
      },
    );
  }
  if (status === 204) return [];
  const parsed = parseRecords(response.body);
  if (parsed.ok && !parsed.fenced) return parsed.value;
  const type = excerpt(response.headers["content-type"] ?? "no content type", 40);
  const found = /^\s*</.test(response.body)
    ? `HTML (${type}), often a login page or a wrong address`
    : `a body that ${parsed.ok ? "is JSON in a code fence" : parsed.reason} (${type})`;
  throw new SourceError("source-body", `${host}: answered ${found}; expected JSON`);
}

function redirectHost(response: HttpResponse): string {
  const location = response.headers.location ?? "";
  return URL.canParse(location) ? new URL(location).host : "another place";
}
