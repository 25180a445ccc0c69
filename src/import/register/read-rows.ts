/**
 * A sheet's text as rows (RFC 4180). In: text, a delimiter. Out: rows with the line each begins in; a row whose quotes do
 * not close is one broken row and no more: reading goes on in the next line. A quote inside a plain cell (5" screen)
 * is an ordinary character.
 */

/** One row. */
export interface SheetRow {
  /** Of its first character, from 1. */
  readonly line: number;
  /** Line of its last character. */
  readonly lastLine: number;
  readonly cells: readonly string[];
  /** True: a quote in it never closes, or something stands behind one that does. */
  readonly broken: boolean;
}

/** A legitimate cell has few lines; a quote that was never closed has the rest of the file. */
const linesAtMost = 200;

interface Reading {
  readonly cells: readonly string[];
  /** Offset behind its line end. */
  readonly end: number;
  readonly lines: number;
}

/** Cuts a text into rows; `width` cells are expected in one that has line ends in its cells (null: any number). */
export function readRows(text: string, delimiter: string, width: number | null = null): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  const source = text.includes("\n") ? text : text.replaceAll("\r", "\n");
  let line = 1;
  for (let at = 0; at < source.length; ) {
    const read = readRow(source, at, delimiter);
    if (read !== null && !swallows(source, at, delimiter, read, width)) {
      rows.push({ line, lastLine: line + read.lines - 1, cells: read.cells, broken: false });
      at = read.end;
      line += read.lines;
      continue;
    }
    const feed = source.indexOf("\n", at);
    const end = feed < 0 ? source.length : feed + 1;
    const cells = source
      .slice(at, end)
      .replace(/\r?\n$/, "")
      .split(delimiter);
    rows.push({ line, lastLine: line, cells, broken: true });
    at = end;
    line += 1;
  }
  return rows;
}

/** Whether a row of several lines has too many or too few cells because a quote of its first line takes in whole rows. */
function swallows(text: string, at: number, delimiter: string, read: Reading, width: number | null): boolean {
  if (read.lines === 1 || width === null || read.cells.length === width) return false;
  const next = readRow(text, text.indexOf("\n", at) + 1, delimiter);
  return next !== null && next.cells.length === width && !next.cells.some((cell) => cell.includes('"'));
}

/** One row from an offset on; null: its quotes are broken. */
function readRow(text: string, from: number, delimiter: string): Reading | null {
  const cells: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1);
      if (quoted === null) return null;
      cells.push(quoted.cell);
      lines += quoted.breaks;
      at = quoted.end;
    } else {
      const end = endOfPlain(text, at, delimiter);
      cells.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    if (at >= text.length) return { cells, end: at, lines };
    return text[at] === "\n" ? { cells, end: at + 1, lines } : null;
  }
}

function readQuoted(text: string, from: number): { cell: string; end: number; breaks: number } | null {
  let cell = "";
  let breaks = 0;
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    const piece = text.slice(at, quote);
    breaks += piece.split("\n").length - 1;
    if (breaks > linesAtMost) return null;
    cell += piece;
    if (text[quote + 1] !== '"') return { cell, end: quote + 1, breaks };
    cell += '"';
    at = quote + 2;
  }
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== "\n") {
    if (text[at] === "\r" && text[at + 1] === "\n") break;
    at += 1;
  }
  return at;
}
