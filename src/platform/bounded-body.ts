/**
 * Reads a response body up to a limit. The count runs on what comes out of the decompressor, so a
 * small body that inflates without end stops at the limit.
 */
import { PassThrough, type Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { SourceError } from "../domain/errors.js";

/** Body as UTF-8 text; rejects with `http-too-large` or `http-broken`. */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const inflate = decompressor(encoding);
  if (inflate === null) {
    body.destroy();
    throw new SourceError("http-broken", `the body is encoded as ${encoding}, which was not asked for`);
  }
  const keep = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        done(new SourceError("http-too-large", `the answer is larger than ${maxBytes} bytes`));
        return;
      }
      chunks.push(chunk);
      done();
    },
  });
  await pipeline(body, inflate, keep);
  return Buffer.concat(chunks).toString("utf8");
}

function decompressor(encoding: string): NodeJS.ReadWriteStream | null {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return new PassThrough();
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}
