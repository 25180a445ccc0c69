import { hang } from "../notify/plain.js";
import { excerpt } from "../text/excerpt.js";
import type { WatchState } from "../wording/states.js";
import { cut } from "./cut.js";
import type { Terminal } from "./terminal.js";

/** From this width on a record is one line (design: terminal). */
const wideFrom = 100;
/** Longest text of a cell. */
const longestCell = 1_000;
/** Columns of an incident's number. */
const numberWidth = 5;

/** A column: its heading, and on which side its texts stand. */
export interface Column {
  readonly head: string;
  readonly side?: "left" | "right";
}

/** A row: its mark, and one text per column. */
export interface Row {
  readonly mark: string;
  readonly state: WatchState;
  readonly cells: readonly string[];
}

/** True where a record is one line: on a wide screen, and elsewhere than on a screen. */
export function isWide(terminal: Terminal): boolean {
  return !terminal.isTty || terminal.columns >= wideFrom;
}

/** Columns that a text may take; elsewhere than on a screen there is no end. */
export function widthOf(terminal: Terminal): number {
  return terminal.isTty ? terminal.columns : Number.POSITIVE_INFINITY;
}

/** A heading and one line per row; the last column takes what is left and is cut there. */
export function table(
  terminal: Terminal,
  columns: readonly Column[],
  rows: readonly Row[],
): readonly string[] {
  const shown = rows.map((row) => ({ ...row, cells: row.cells.map(visible) }));
  const widths = columns.map(({ head }, index) =>
    Math.max(lengthOf(head), ...shown.map(({ cells }) => lengthOf(cells[index] ?? ""))),
  );
  const line = (cells: readonly string[], room: number): string =>
    cutToRoom(
      columns.map(({ side }, index) => {
        const text = cells[index] ?? "";
        return side === "right" ? padLeft(text, widths[index] ?? 0) : pad(text, widths[index] ?? 0);
      }),
      room,
    );
  const room = widthOf(terminal) - 2;
  return [
    `  ${line(
      columns.map(({ head }) => head),
      room,
    )}`.trimEnd(),
    ...shown.map((row) => `${colored(terminal, row.state, row.mark)} ${line(row.cells, room)}`.trimEnd()),
  ];
}

/** Only the last cell is cut: ids, times and numbers stand before it. */
function cutToRoom(cells: readonly string[], room: number): string {
  const before = cells
    .slice(0, -1)
    .map((cell) => `${cell}  `)
    .join("");
  return before + cut((cells.at(-1) ?? "").trimEnd(), Math.max(0, room - lengthOf(before)));
}

/** Lines of a narrow list: the columns aligned over the list, under each record its further lines. */
export function records(
  terminal: Terminal,
  list: readonly (Row & { readonly under: readonly string[] })[],
): readonly string[] {
  const shown = list.map((each) => ({
    ...each,
    cells: each.cells.map(visible),
    under: each.under.map(visible),
  }));
  const widths = (shown[0]?.cells ?? []).map((_, index) =>
    Math.max(...shown.map(({ cells }) => lengthOf(cells[index] ?? ""))),
  );
  // a number indents what stands under it, a long id does not
  const first = widths[0] ?? 0;
  const indent = " ".repeat(first <= numberWidth ? first + 4 : 2);
  return shown.flatMap((each) => {
    const cells = each.cells.map((text, index) => pad(text, widths[index] ?? 0));
    const room = widthOf(terminal) - 2;
    return [
      `${colored(terminal, each.state, each.mark)} ${cutToRoom(cells, room)}`.trimEnd(),
      ...each.under.map((text) => cut(`${indent}${text}`, room + 2)),
    ];
  });
}

/** A text wrapped to the screen, what follows its first line indented. */
export function wrapped(terminal: Terminal, text: string, rest = "  "): readonly string[] {
  return hang([visible(text)], { first: "", rest, width: widthOf(terminal) });
}

/** The text on one line, control characters written out. */
export function visible(text: string): string {
  return excerpt(text, longestCell);
}

/** The text, filled with blanks to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - lengthOf(text)));
}

/** The text, moved to the right end of a width. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - lengthOf(text))) + text;
}

/** The widest of some texts. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(lengthOf));
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** The mark in the colour of its state; without colour the mark says it alone. */
export function colored(terminal: Terminal, state: WatchState, text: string): string {
  const { colors } = terminal;
  switch (state) {
    case "incident":
      return colors.red(text);
    case "drifting":
    case "watching":
      return colors.yellow(text);
    case "blind":
      return colors.magenta(text);
    case "steady":
      return colors.green(text);
    case "no-data":
    case "paused":
      return text;
  }
}
