/**
 * Bytes of a spreadsheet saved as CSV, as text. In: bytes. Out: the text, which encoding it was read in, and the lines
 * that cannot be read in it; or why nothing can. Guesses only where the bytes leave one reading.
 */
import { isUtf8 } from "node:buffer";

/** A sheet as text. */
export interface DecodedSheet {
  readonly ok: true;
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16" | "Windows-1252";
  /** Lines, from 1, that hold a byte which is none of this encoding, with that byte. */
  readonly unreadable: ReadonlyMap<number, string>;
}

/** What a file came to. */
export type SheetBytes = DecodedSheet | { readonly ok: false; readonly reason: string };

/** Largest file that is read. */
const sheetMaxBytes = 20 * 1024 * 1024;

/** Reads bytes as UTF-8, UTF-16 or, where they can be neither, as Windows-1252. */
export function decodeSheet(bytes: Buffer): SheetBytes {
  if (bytes.length > sheetMaxBytes)
    return { ok: false, reason: `is larger than ${sheetMaxBytes / 1024 ** 2} MB; is it the right file?` };
  if (bytes.length === 0) return { ok: false, reason: "is empty" };
  const program = programOf(bytes);
  if (program !== null)
    return { ok: false, reason: `is ${program}, no CSV; open it and save it as "CSV UTF-8"` };
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    const text = new TextDecoder(wide, { ignoreBOM: false }).decode(bytes);
    return { ok: true, text, encoding: "UTF-16", unreadable: new Map() };
  }
  if (isUtf8(bytes)) return { ok: true, text: withoutMark(bytes), encoding: "UTF-8", unreadable: new Map() };
  return holdsUtf8(bytes) ? mostlyUtf8(bytes) : windows1252(bytes);
}

/** Files that people take for CSV. */
function programOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 8).toString("latin1");
  if (head.startsWith("PK\u0003\u0004")) return "a workbook (Excel, LibreOffice) or another archive";
  if (head.startsWith("\u00d0\u00cf\u0011\u00e0")) return "a workbook of an older Excel";
  return head.startsWith("%PDF") ? "a PDF" : null;
}

/** By its byte order mark, or because every other byte of its beginning is zero. */
function wideEncoding(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 200);
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => at % 2 === odd && byte === 0).length);
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 3 && even === 0) return "utf-16le";
  return even > head.length / 3 && odd === 0 ? "utf-16be" : null;
}

function withoutMark(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** Whether any character beyond ASCII is written as UTF-8 would. */
function holdsUtf8(bytes: Buffer): boolean {
  return /[\u00c3-\u00f4][\u0080-\u00bf]/.test(bytes.toString("latin1"));
}

/** One line with a foreign byte spoils no other. */
function mostlyUtf8(bytes: Buffer): DecodedSheet {
  const unreadable = new Map<number, string>();
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part)) unreadable.set(line, firstForeign(part));
    start = end;
  }
  return { ok: true, text: withoutMark(bytes), encoding: "UTF-8", unreadable };
}

function firstForeign(bytes: Buffer): string {
  let at = 0;
  while (at < bytes.length && isUtf8(bytes.subarray(0, at + 1))) at += 1;
  // up to three bytes may be the beginning of a character
  while (at < bytes.length && [1, 2, 3].some((more) => isUtf8(bytes.subarray(0, at + 1 + more)))) at += 1;
  return `0x${(bytes[Math.min(at, bytes.length - 1)] ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Bytes that Windows-1252 does not have either. */
function windows1252(bytes: Buffer): DecodedSheet {
  const unreadable = new Map<number, string>();
  let line = 1;
  for (const byte of bytes) {
    if (byte === 0x0a) line += 1;
    if ([0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte))
      unreadable.set(line, `0x${byte.toString(16).toUpperCase()}`);
  }
  return {
    ok: true,
    text: new TextDecoder("windows-1252").decode(bytes),
    encoding: "Windows-1252",
    unreadable,
  };
}
