import { cellsOf, type headings, lineOf, type Row } from "./sheet.js";

/** What is to be reported of a damaged row. */
export interface Expected {
  /** null: the row as a whole. */
  readonly heading: (typeof headings)[number] | null;
  readonly reason: RegExp;
  readonly fix: RegExp;
}

/** A kind of damage: the bytes of the row's line (without its end), and what is to be said. */
export interface Damage extends Expected {
  readonly kind: string;
  readonly line: (row: Row) => Buffer;
}

function cell(
  kind: string,
  heading: (typeof headings)[number],
  value: string | ((row: Row) => string),
  [reason, fix]: readonly [RegExp, RegExp],
): Damage {
  const text = (row: Row) => (typeof value === "string" ? value : value(row));
  return {
    kind,
    heading,
    reason,
    fix,
    line: (row) => Buffer.from(lineOf(cellsOf({ ...row, [heading]: text(row) }))),
  };
}

function whole(kind: string, line: (row: Row) => Buffer, [reason, fix]: readonly [RegExp, RegExp]): Damage {
  return { kind, heading: null, reason, fix, line };
}

const again = /^(?:delete the cell and )?type it again/;

/** Every kind; the first row of the sheet is "Automation 0", which duplicates name. */
export const damages: readonly Damage[] = [
  cell("no name", "Name", "", [/^has no name$/, /give the automation a name/]),
  cell("a name without letters", "Name", "★★★", [/no letter or digit/, /column "id"/]),
  cell("a name too long", "Name", "n".repeat(201), [/longer than 200/, /short name/]),
  cell("a name twice", "Name", "AUTOMATION 0", [/^is there twice, first in line 2$/, /another name/]),
  cell("a name twice but for an invisible blank", "Name", "Automation\u200b 0", [
    /first in line 2$/,
    /another/,
  ]),
  cell("no owner", "Owner", "", [/^has no owner$/, /who answers for it/]),
  cell("an owner that says nobody", "Owner", "n/a", [/^has no owner$/, /who answers for it/]),
  cell("a slip in the owner", "Owner", "Marta Quil", [
    /nobody the configuration knows/,
    /did you mean Marta Quill\?/,
  ]),
  cell("two owners", "Owner", "Marta Quill / Tom Ashby", [/more than one person/, /deputy/]),
  cell("an address of nobody", "Owner", "nobody@example.com", [/address of nobody/, /name before it/]),
  cell("no e-mail address", "Owner", "Ina Berg <ina at example.com@>", [/no e-mail address/, /name@host/]),
  cell("a risk nobody knows", "Risk", "scary", [/none of the known words/, /high, medium, low/]),
  cell("an approval nobody knows", "Approval", "perhaps", [
    /none of the known words/,
    /proposed, trial, approved/,
  ]),
  cell("a day no calendar has", "Last review", "31.02.2026", [/no calendar has/, /year-month-day/]),
  cell("a date that may be two", "Last review", "03/04/2026", [
    /^may be 2026-04-03 or 2026-03-04$/,
    /--dates/,
  ]),
  cell("no date", "Last review", "last summer", [/^is no date$/, /year-month-day/]),
  cell("a day that lies ahead", "Approved on", "2027-01-01", [/^lies ahead$/, /year-month-day/]),
  cell("no review cycle", "Review cycle", "sometimes", [/no review cycle/, /1 to 24/]),
  cell("no amount", "Cost per month", "about a lot", [/^is no amount$/, /write a number/]),
  cell("an amount below nothing", "Cost per month", "-12", [/below nothing/, /positive/]),
  cell("no currency", "Currency", "Euros", [/^is no currency$/, /three letters/]),
  cell("no count of seats", "Seats", "many", [/^is no count$/, /whole number/]),
  cell("no minutes", "Minutes per item", "long", [/no number of minutes/, /such as 4/]),
  cell("no id", "ID", "Sales Drafts!", [/^is no id$/, /such as sales-drafts/]),
  cell("a formula", "Description", '=HYPERLINK("https://x.example.com")', [
    /is a formula/,
    /paste it as values/,
  ]),
  cell("a formula that begins otherwise", "Vendor", "@SUM(A1:A9)", [/is a formula/, /paste it as values/]),
  cell("a command", "Notes", "+cmd|' /C calc'!A0", [/is a formula/, /paste it as values/]),
  cell("an error of the spreadsheet", "Vendor", "#REF!", [/error of the spreadsheet/, /mend the formula/]),
  cell("text that runs backwards", "Name", (row) => `${row.Name} \u202etxet`, [/U\+202E/, /by hand/]),
  cell("an escape sequence", "Description", "red \u001b[31m", [/control character U\+001B/, again]),
  cell("a NUL", "Vendor", "Doc\u0000read", [/^holds a NUL character$/, again]),
  cell("a lost character", "Description", "Gr\ufffd\ufffde", [/lost a character/, /CSV UTF-8/]),
  cell("twice encoded", "Description", "GrÃ¶ÃŸe", [/wrong encoding/, /CSV UTF-8/]),
  cell("a huge cell", "Description", "word ".repeat(20_000), [
    /^is 100000 characters long, at most 2000/,
    /shorten/,
  ]),
  whole(
    "a quote that never closes",
    (row) => Buffer.from(lineOf(cellsOf(row)).replace(/^/, '"').replaceAll("\n", " ")),
    [/quote that never closes/, /twice \(""\)/],
  ),
  whole(
    "text behind a quote",
    (row) => Buffer.from(`"${row.Name}"y,${lineOf(cellsOf(row).slice(1)).replaceAll("\n", " ")}`),
    [/text behind one that does/, /twice \(""\)/],
  ),
  whole("too many cells", (row) => Buffer.from(`${lineOf(cellsOf(row))},more`), [
    /^has 19 cells, the heading has 18$/,
    /in quotes/,
  ]),
  whole("too few cells", (row) => Buffer.from(lineOf(cellsOf(row).slice(0, 5))), [
    /^has 5 cells, the heading has 18$/,
    /empty ones too/,
  ]),
  whole(
    "a byte of another encoding",
    (row) => {
      const [before = "", after = ""] = lineOf(cellsOf({ ...row, Description: "caf|" })).split("|");
      return Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from(after)]);
    },
    [/holds the byte 0xE9/, /CSV UTF-8/],
  ),
];
