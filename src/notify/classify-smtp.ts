import { z } from "zod";
import type { Delivery } from "./channel-type.js";

/** What nodemailer leaves on an error; its own types name less than it sets. */
const smtpFailure = z.object({
  message: z.string().catch("no reason given"),
  code: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  syscall: z.string().optional().catch(undefined),
  timeoutType: z.string().optional().catch(undefined),
  rejectedErrors: z
    .array(
      z.object({
        recipient: z.string(),
        responseCode: z.number().optional().catch(undefined),
        response: z.string().optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});

/** One recipient that the server did not take. */
export interface RefusedRecipient {
  readonly address: string;
  readonly code: number | null;
  /** Refused for what it is, not for who asks or what is sent: nothing will ever reach it. */
  readonly isDead: boolean;
}

/** A recipient's code under 500 passes by itself (greylisting, full mailbox). */
export function isDeferred({ code }: RefusedRecipient): boolean {
  return code !== null && code < 500;
}

/** The recipients that a server refused, each with its code. */
export function refusedRecipients(found: unknown): RefusedRecipient[] {
  const { rejectedErrors = [] } = smtpFailure.catch({ message: "" }).parse(found);
  return rejectedErrors.map(({ recipient, responseCode, response }) => ({
    address: recipient,
    code: responseCode ?? null,
    isDead: saysDead(response ?? ""),
  }));
}

/**
 * Bad mailbox or system (X.1.1, X.1.2), moved (X.1.6), null MX (X.1.10) and disabled mailbox (X.2.1) of RFC 3463 and 7505.
 * A bare 550 says nothing: it may be about us, such as a blocklist, and then would take every address away.
 */
function saysDead(response: string): boolean {
  return /^5\d\d[ -]5\.(1\.(1|2|6|10)|2\.1)\b/.test(response);
}

/** What an error of the whole message means for the next try. */
export function classifySmtp(thrown: unknown): Delivery {
  const failure = smtpFailure.catch({ message: String(thrown) }).parse(thrown);
  const { code = "", responseCode } = failure;
  const reason = failure.message.replace(/\s+/g, " ").slice(0, 300);
  if (responseCode !== undefined) {
    return responseCode >= 500 ? { status: "refused", reason } : { status: "retry", reason, afterMs: null };
  }
  if (/certificate|altname|self.signed/i.test(reason)) return { status: "refused", reason };
  switch (code) {
    case "EAUTH":
    case "ENOAUTH":
    case "EENVELOPE":
    case "EREQUIRETLS":
      return { status: "refused", reason };
    case "ETLS":
      return /closed|timed out/i.test(reason)
        ? { status: "retry", reason, afterMs: null }
        : { status: "refused", reason };
    case "EDNS":
      return { status: "retry", reason, afterMs: null };
    default:
      return beforeAnyCommand(failure)
        ? { status: "retry", reason, afterMs: null }
        : { status: "ambiguous", reason };
  }
}

/** nodemailer says `CONN` for a cut connection before and after DATA alike: only these are surely before. */
function beforeAnyCommand({ syscall, timeoutType }: z.infer<typeof smtpFailure>): boolean {
  return syscall === "connect" || (timeoutType !== undefined && timeoutType !== "SOCKET_TIMEOUT");
}
