import type { SheetRead } from "../import/register/read-sheet.js";
import type { CellProblem } from "../import/register/row-reader.js";
import { hang } from "../notify/plain.js";
import { excerpt } from "../text/excerpt.js";
import { sayCount, sayNumber } from "../wording/numbers.js";
import { sayList } from "../wording/sentences.js";
import type { Outcome } from "./outcome.js";
import type { Written } from "./register-write.js";
import { visible, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Entries shown by name; `--json` gives all. Bad rows are always shown, each of them. */
const shownEntries = 30;
const longestFound = 60;

interface Report {
  readonly file: string;
  readonly sheet: SheetRead;
  readonly written: Written;
  readonly configPath: string;
}

/** What became of every row of a sheet. Exit code 1 where a row could not be taken. */
export function reportImport(terminal: Terminal, report: Report): Outcome {
  const { file, sheet, written } = report;
  const ready = sheet.taken.filter(({ lacks }) => lacks.length === 0);
  const drafts = sheet.taken.filter(({ lacks }) => lacks.length > 0);
  const { bold } = terminal.colors;
  const lines = [
    ...wrapped(terminal, headOf(file, sheet, written)).map(bold),
    ...listed(
      terminal,
      "Taken",
      ready.map(({ line, id, title }) => `line ${line}  ${id}  ${title}`),
    ),
    ...listed(
      terminal,
      "Taken as a draft, commented out until someone adds what is missing",
      drafts.map(({ line, id, lacks }) => `line ${line}  ${id}: ${lacks.join("; ")}`),
    ),
    ...listed(
      terminal,
      "Registered already, left as it is",
      sheet.known.map(({ line, id }) => `line ${line}  ${id}`),
    ),
    ...problemLines(terminal, file, sheet),
    ...(written.toPaste === null
      ? []
      : ["", bold("To paste into the configuration"), ...written.toPaste.trimEnd().split("\n")]),
  ];
  return {
    exitCode: sheet.bad.length > 0 ? 1 : 0,
    data: dataOf(sheet, written),
    lines,
    notes: notesOf(report),
    ...nextOf(report),
  };
}

function headOf(file: string, sheet: SheetRead, { done }: Written): string {
  const { taken, known, bad, rows } = sheet;
  const drafts = taken.filter(({ lacks }) => lacks.length > 0).length;
  const parts = [
    `${sayNumber(taken.length - drafts)} ${done ? "taken" : "can be taken"}`,
    ...(drafts === 0 ? [] : [drafts === 1 ? "1 as a draft" : `${sayNumber(drafts)} as drafts`]),
    ...(known.length === 0 ? [] : [`${sayNumber(known.length)} registered already`]),
    `${sayNumber(bad.length)} cannot be taken`,
  ];
  return `${file}: ${sayCount(rows, "row")}: ${parts.join(", ")}.`;
}

function listed(terminal: Terminal, title: string, all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length - shownEntries;
  return [
    "",
    `${title} (${all.length})`,
    ...all.slice(0, shownEntries).flatMap((each) => indented(terminal, each)),
    ...(more > 0 ? [`  and ${more} more; --json gives all`] : []),
  ];
}

function problemLines(terminal: Terminal, file: string, { bad, columns }: SheetRead): readonly string[] {
  if (bad.length === 0) return [];
  const texts = bad.flatMap(({ line, problems }) =>
    problems.map(
      (problem) =>
        `${file}:${line}${whereOf(problem, columns.headings)}: ${foundOf(problem)}${problem.reason}; ${problem.fix}`,
    ),
  );
  return [
    "",
    `Not taken (${bad.length})`,
    ...texts.flatMap((each) => wrapped(terminal, `  ${each}`, "    ")),
  ];
}

function indented(terminal: Terminal, text: string): readonly string[] {
  return hang([visible(text)], { first: "  ", rest: "    ", width: widthOf(terminal) });
}

/** ` column C “Owner”`. */
function whereOf({ column }: CellProblem, headings: readonly string[]): string {
  if (column === null) return "";
  const heading = headings[column] ?? "";
  return ` column ${letterOf(column)}${heading === "" ? "" : ` “${excerpt(heading, longestFound)}”`}`;
}

function foundOf({ found, column }: CellProblem): string {
  const shown = excerpt(found, longestFound);
  return column === null || shown === "" ? "" : `“${shown}” `;
}

/** The letters a spreadsheet puts above a column. */
function letterOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : letterOf(Math.floor(column / 26) - 1) + letter;
}

function notesOf({ sheet, written, configPath }: Report): readonly string[] {
  const { columns, encoding, above, people } = sheet;
  const unknown = columns.unknown.map(({ heading }) => `“${excerpt(heading, longestFound)}”`);
  const repeated = columns.repeated.map(({ heading }) => `“${excerpt(heading, longestFound)}”`);
  return [
    ...(encoding === "Windows-1252"
      ? ["the file is not UTF-8; it was read as Windows-1252: look whether umlauts and accents are right"]
      : []),
    ...(above.length === 0
      ? []
      : [`${sayCount(above.length, "line")} above the heading (line ${sheet.headingLine}) passed over`]),
    ...(unknown.length === 0
      ? []
      : [
          `not known: ${sayList(unknown)}; what stands there is kept as a comment. --map "Heading=part" says what one means`,
        ]),
    ...(repeated.length === 0
      ? []
      : [`says the same as a column before it, so it was passed over: ${sayList(repeated)}`]),
    ...(people.length === 0
      ? []
      : [
          `${sayCount(people.length, "person", "people")} new to the configuration: ${sayList(people.map(({ name }) => name))}`,
        ]),
    ...(written.done
      ? [`${configPath} was written; a running watch reads it at SIGHUP or at its next start`]
      : ["nothing was written"]),
  ];
}

function nextOf({ file, sheet, written }: Report): Pick<Outcome, "next"> {
  if (written.done) return { next: { command: "register", why: "shows how complete each entry is" } };
  if (sheet.taken.length === 0 || written.toPaste !== null) return {};
  return { next: { command: `register import ${file} --write`, why: "puts them into the configuration" } };
}

function dataOf(sheet: SheetRead, { done }: Written) {
  const { columns } = sheet;
  return {
    rows: sheet.rows,
    encoding: sheet.encoding,
    taken: sheet.taken.map(({ line, id, title, lacks, entry }) => ({ line, id, title, lacks, entry })),
    known: sheet.known,
    bad: sheet.bad.flatMap(({ line, problems }) =>
      problems.map(({ column, found, reason, fix }) => ({
        line,
        column: column === null ? null : letterOf(column),
        heading: column === null ? null : (columns.headings[column] ?? null),
        found: excerpt(found, longestFound),
        reason,
        fix,
      })),
    ),
    people: sheet.people,
    unknownColumns: columns.unknown.map(({ heading }) => heading),
    written: done,
  };
}
