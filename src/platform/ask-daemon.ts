/** The daemon's answer, or that nobody is there. */
export type DaemonAnswer =
  | { readonly reached: false }
  | { readonly reached: true; readonly data: unknown; readonly error: string | null };

/** Sends an order to the daemon on this machine. */
export async function askDaemon(url: string, token: string, order: object): Promise<DaemonAnswer> {
  try {
    const { request } = await import("undici");
    const { statusCode, body } = await request(new URL("/v1/commands", url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(order),
      // a run that reads, asks and judges takes as long as it takes; a daemon that ends closes the connection
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const answer = jsonOf(await body.text());
    const has = typeof answer === "object" && answer !== null;
    // whatever listens there, it is no daemon
    if (!has) return { reached: false };
    if (statusCode === 200 && "data" in answer) return { reached: true, data: answer.data, error: null };
    const message = "message" in answer ? String(answer.message) : `the daemon answered ${statusCode}`;
    return { reached: true, data: null, error: message };
  } catch (thrown) {
    const code = codeOf(thrown);
    if (unreachable.has(code)) return { reached: false };
    if (!brokenOff.has(code)) throw thrown;
    const error =
      "the daemon ended before it answered; whether it did what was ordered, evenkeel register shows";
    return { reached: true, data: null, error };
  }
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** A sign of life takes no longer. */
const signWithinMs = 3_000;

/** True when a daemon really listens there: one that was killed leaves its note behind. */
export async function daemonAnswers(url: string): Promise<boolean> {
  try {
    const { request } = await import("undici");
    const { statusCode, body } = await request(new URL("/healthz", url), {
      headersTimeout: signWithinMs,
      bodyTimeout: signWithinMs,
    });
    const answer: unknown = await body.json();
    return statusCode === 200 && typeof answer === "object" && answer !== null && "ready" in answer;
  } catch {
    // whatever is there, it is no daemon
    return false;
  }
}

const unreachable = new Set(["ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]);
const brokenOff = new Set(["ECONNRESET", "UND_ERR_SOCKET"]);

function codeOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}
