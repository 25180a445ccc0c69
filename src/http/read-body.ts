import { gunzipSync } from "node:zlib";
import { messageOf } from "../domain/errors.js";
import { excerpt } from "../text/excerpt.js";

/** Largest body as it comes over the wire (RELIABILITY 3.7). */
export const compressedLimit = 1024 * 1024;
/** Largest body after inflation. */
export const inflatedLimit = 5 * 1024 * 1024;

/** The body's bytes, or why they were not taken. */
export type BodyRead =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly status: 400 | 413; readonly reason: string };

/** Reads a request's body up to the limit after inflation; stops reading as soon as it, or that of the wire, is passed. */
export async function readBody(request: Request, most: number = inflatedLimit): Promise<BodyRead> {
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  const gzip = encoding === "gzip" || encoding === "x-gzip";
  if (!gzip && encoding !== "identity") {
    const reason = `content-encoding "${excerpt(encoding)}" is not known; send gzip, or none`;
    return { ok: false, status: 400, reason };
  }
  const limit = gzip ? Math.min(compressedLimit, most) : most;
  const tooLarge = {
    ok: false,
    status: 413,
    reason: `the body is larger than ${sayBytes(limit)}${most < inflatedLimit ? "" : "; send the outputs in several requests"}`,
  } as const;
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > limit) return tooLarge;
  try {
    const bytes = await collect(request.body, limit);
    if (bytes === null) return tooLarge;
    return gzip ? inflate(bytes, most) : { ok: true, bytes };
  } catch (cause) {
    // a sender that hangs up or is too slow is no fault of ours
    return { ok: false, status: 400, reason: `the body broke off (${messageOf(cause)})` };
  }
}

/** The bytes of a stream; null as soon as they are more than the limit. */
async function collect(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function inflate(bytes: Buffer, most: number): BodyRead {
  try {
    return { ok: true, bytes: gunzipSync(bytes, { maxOutputLength: most }) };
  } catch (cause) {
    const large = cause instanceof RangeError || String(cause).includes("ERR_BUFFER_TOO_LARGE");
    return large
      ? {
          ok: false,
          status: 413,
          reason: `the body inflates to more than ${sayBytes(most)}`,
        }
      : { ok: false, status: 400, reason: "the body says gzip, but cannot be inflated" };
  }
}

function sayBytes(bytes: number): string {
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib} KiB` : `${kib / 1024} MiB`;
}
