import { isUtf8 } from "node:buffer";

/** Bytes of one record as text, or what is wrong with them. */
export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Reads bytes as UTF-8, strictly: a byte order mark is dropped, anything that is not UTF-8 is a reason. */
export function decodeRecord(bytes: Buffer): Decoded {
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { ok: false, reason: `holds a NUL at byte ${nul + 1}` };
  if (!isUtf8(bytes))
    return { ok: false, reason: `is not UTF-8 (${firstBadByte(bytes)}); save the file as UTF-8` };
  return {
    ok: true,
    text: bytes
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .replace(/\r?\n?$/, ""),
  };
}

/** Bytes as well as they can be shown. */
export function showBytes(bytes: Buffer): string {
  return bytes.subarray(0, 200).toString("utf8");
}

function firstBadByte(bytes: Buffer): string {
  let good = 0;
  let bad = bytes.length;
  // The longest prefix that is UTF-8, up to a character cut in half: at most three bytes short of the fault.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const whole = [0, 1, 2, 3].some((less) => isUtf8(bytes.subarray(0, Math.max(0, middle - less))));
    if (whole) good = middle;
    else bad = middle;
  }
  while (good > 0 && !isUtf8(bytes.subarray(0, good))) good -= 1;
  const byte = bytes[good] ?? 0;
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")} at byte ${good + 1}`;
}
