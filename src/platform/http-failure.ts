import { KnownError, messageOf, SourceError } from "../domain/errors.js";

const refused = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EACCES"]);

/** Turns what undici, the socket or TLS threw into a SourceError that names the host and nothing else of the address. */
export function httpFailure(thrown: unknown, host: string): SourceError {
  const known = knownCause(thrown);
  if (known !== null) {
    return new SourceError(known.code, `${host}: ${known.message}`, {
      retryable: known.retryable,
      cause: thrown,
    });
  }
  const code = codeOf(thrown);
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    return new SourceError("http-timeout", `${host}: no connection in time`, {
      retryable: true,
      cause: thrown,
    });
  }
  if (refused.has(code)) {
    return new SourceError("http-refused", `${host}: cannot be reached (${code})`, {
      retryable: true,
      cause: thrown,
    });
  }
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code)) {
    return new SourceError("http-refused", `${host}: its certificate is not trusted (${code})`, {
      cause: thrown,
    });
  }
  return new SourceError(
    "http-broken",
    `${host}: the connection or the answer broke (${messageOf(thrown)})`,
    {
      retryable: true,
      cause: thrown,
    },
  );
}

// The guard's refusal and the body's limit arrive wrapped by undici or the stream, one or two levels deep.
function knownCause(thrown: unknown): KnownError | null {
  let current = thrown;
  for (let depth = 0; depth < 4; depth += 1) {
    if (current instanceof KnownError) return current;
    if (!(current instanceof Error)) return null;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return null;
}

function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "";
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  const inner: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;
  return inner === undefined ? "" : codeOf(inner);
}
