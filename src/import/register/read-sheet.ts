/**
 * The spreadsheet people keep their tools in, as register entries. In: bytes, who is known, what is registered. Out: the
 * entries, and every row that could not be taken with its line, its cells and what to do. No row disappears: it is an
 * entry, known already, or reported.
 */
import type { DateOrder } from "./cell-numbers.js";
import { orderOf } from "./cell-numbers.js";
import { type ColumnPart, type Columns, columnsOf } from "./columns.js";
import { decodeSheet } from "./decode-sheet.js";
import type { KnownPeople, NewPerson } from "./people.js";
import { type RowContext, type RowEntry, readEntry } from "./read-entry.js";
import { readRows, type SheetRow } from "./read-rows.js";
import type { CellProblem } from "./row-reader.js";

/** A row that could not be taken. */
export interface BadRow {
  readonly line: number;
  readonly problems: readonly CellProblem[];
}

/** A row that was taken. */
export interface TakenRow extends RowEntry {
  readonly line: number;
}

/** What a sheet came to. */
export interface SheetRead {
  readonly ok: true;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headingLine: number;
  readonly columns: Columns;
  /** Rows that say anything, without the heading and what stands above it. */
  readonly rows: number;
  readonly taken: readonly TakenRow[];
  /** Rows about automations that are registered. */
  readonly known: readonly { readonly line: number; readonly id: string }[];
  readonly bad: readonly BadRow[];
  /** Lines above the heading. */
  readonly above: readonly number[];
  readonly people: readonly NewPerson[];
}

/** What the reader knows beside the file. */
export interface SheetContext {
  readonly people: KnownPeople;
  /** Ids that are registered. */
  readonly ids: ReadonlySet<string>;
  readonly today: string;
  readonly currency: string | null;
  readonly dates: DateOrder;
  /** Headings the reader was told of. */
  readonly map: ReadonlyMap<string, ColumnPart>;
}

const delimiters = [",", ";", "\t", "|"] as const;
/** Rows in which the heading is looked for. */
const headingWithin = 20;

/** Reads a sheet; or says why nothing of it can be read. */
export function readSheet(
  bytes: Buffer,
  context: SheetContext,
): SheetRead | { readonly ok: false; readonly reason: string } {
  const decoded = decodeSheet(bytes);
  if (!decoded.ok) return decoded;
  const found = findHeading(decoded.text, context.map);
  if (found === null)
    return {
      ok: false,
      reason:
        'has no heading that is known: expected a line that names the columns, at least "name" and "owner"; or say what yours mean with --map "Heading=title"',
    };
  const { delimiter, heading, columns } = found;
  const all = readRows(decoded.text, delimiter, heading.cells.length);
  const said = all.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const body = said.filter(({ line }) => line > heading.line);
  const rowContext: RowContext = {
    columns,
    people: context.people,
    dates: datesOf(columns, body, context.dates),
    currency: context.currency,
    today: context.today,
  };
  return {
    ok: true,
    encoding: decoded.encoding,
    delimiter,
    headingLine: heading.line,
    columns,
    rows: body.length,
    above: said.filter(({ line }) => line < heading.line).map(({ line }) => line),
    ...takeRows(body, rowContext, { ids: context.ids, unreadable: decoded.unreadable }),
  };
}

interface Heading {
  readonly delimiter: string;
  readonly heading: SheetRow;
  readonly columns: Columns;
}

/** The delimiter and the line that give the most columns we know; a line that names it ("sep=;") is believed. */
function findHeading(text: string, map: SheetContext["map"]): Heading | null {
  const named = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const tried = named === undefined ? delimiters : [named === "\\" ? "\t" : named];
  const candidates = tried.flatMap((delimiter) =>
    readRows(beginning(text), delimiter)
      .slice(0, headingWithin)
      .map((heading) => ({ delimiter, heading, columns: columnsOf(heading.cells, map) })),
  );
  const known = candidates.filter(({ columns: { of } }) => of.has("title") && of.size >= 2);
  const best = known.reduce<Heading | null>(
    (chosen, each) => (chosen !== null && chosen.columns.of.size >= each.columns.of.size ? chosen : each),
    null,
  );
  return (
    best ?? candidates.find(({ heading, columns }) => heading.line === 1 && columns.of.has("title")) ?? null
  );
}

function beginning(text: string): string {
  return text.slice(0, 100_000);
}

function datesOf(columns: Columns, rows: readonly SheetRow[], said: DateOrder): RowContext["dates"] {
  const parts = (["approvedOn", "lastReview"] as const).flatMap((part) => {
    const column = columns.of.get(part);
    if (column === undefined) return [];
    return [[part, said ?? orderOf(rows.map(({ cells }) => cells[column] ?? ""))] as const];
  });
  return new Map(parts);
}

function takeRows(
  rows: readonly SheetRow[],
  context: RowContext,
  { ids, unreadable }: { ids: ReadonlySet<string>; unreadable: ReadonlyMap<number, string> },
): Pick<SheetRead, "taken" | "known" | "bad" | "people"> {
  const taken: TakenRow[] = [];
  const known: { line: number; id: string }[] = [];
  const bad: BadRow[] = [];
  const people = new Map<string, NewPerson>();
  const lineOfId = new Map<string, number>();
  for (const row of rows) {
    const whole = wholeProblem(row, context.columns, unreadable);
    const read = whole === null ? readEntry(row.cells, context) : { ok: false as const, problems: [whole] };
    if (!read.ok) {
      bad.push({ line: row.line, problems: read.problems });
      continue;
    }
    const { id, title } = read.row;
    const earlier = lineOfId.get(id);
    if (earlier !== undefined) {
      bad.push({ line: row.line, problems: [twice(context.columns, title, earlier)] });
      continue;
    }
    lineOfId.set(id, row.line);
    if (ids.has(id)) known.push({ line: row.line, id });
    else {
      taken.push({ ...read.row, line: row.line });
      for (const person of read.row.people)
        people.set(
          person.name,
          people.get(person.name)?.email ? (people.get(person.name) ?? person) : person,
        );
    }
  }
  return { taken, known, bad, people: [...people.values()] };
}

/** What is wrong with a row before any of its cells is looked at. */
function wholeProblem(
  { line, lastLine, cells, broken }: SheetRow,
  { headings }: Columns,
  unreadable: ReadonlyMap<number, string>,
): CellProblem | null {
  const found = cells.join(" ");
  const problem = (reason: string, fix: string) => ({ column: null, found, reason, fix });
  for (let each = line; each <= lastLine; each += 1) {
    const byte = unreadable.get(each);
    if (byte !== undefined)
      return problem(
        `holds the byte ${byte}, which is no character in the encoding of the file`,
        "type that line again and save as CSV UTF-8",
      );
  }
  if (broken)
    return problem(
      "has a quote that never closes, or text behind one that does",
      'write a quote inside a cell twice ("")',
    );
  const more = cells.slice(headings.length).some((cell) => cell.trim() !== "");
  if (more || cells.length < headings.length)
    return problem(
      `has ${cells.length} cells, the heading has ${headings.length}`,
      more ? "put cells that hold the delimiter in quotes" : "add the cells that are missing, empty ones too",
    );
  return null;
}

function twice({ of }: Columns, title: string, line: number): CellProblem {
  return {
    column: of.get("title") ?? null,
    found: title,
    reason: `is there twice, first in line ${line}`,
    fix: "give one of them another name, or take it out",
  };
}
