import { z } from "zod";

/**
 * The one pattern for addresses: dot-atom and host name, ASCII, no quotes, comments, spaces or
 * control characters. Stricter than RFC 5321 on purpose: nodemailer passes malformed ones on.
 */
const pattern =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** Longest address SMTP carries (RFC 5321, 4.5.3.1.3). */
const longest = 254;

/** True for an address that may be handed to a mail server. */
export function isEmailAddress(text: string): boolean {
  return text.length <= longest && pattern.test(text);
}

/** An address in settings. */
export const emailAddress = z
  .string()
  .refine(isEmailAddress, "write one plain address, such as ops@example.com, without a name");
