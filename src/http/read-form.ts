import { readBody } from "./read-body.js";

/** A reason of 2,000 characters, each of them nine bytes once encoded, and the rest. */
const formLimit = 32 * 1024;

/** The fields of a sent form; null: it is none, or too large. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return null;
  const body = await readBody(request, formLimit);
  return body.ok ? new URLSearchParams(body.bytes.toString("utf8")) : null;
}
