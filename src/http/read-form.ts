import { readBody } from "./read-body.js";

/** The fields of a sent form; null: it is none, or too large. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return null;
  const body = await readBody(request);
  return body.ok ? new URLSearchParams(body.bytes.toString("utf8")) : null;
}
