import type { SheetContext } from "../../../src/import/register/read-sheet.js";

/** Headings of the sheet: the usual ones, and one nobody knows. */
export const headings = [
  "Name",
  "Description",
  "Owner",
  "Owner e-mail",
  "Risk",
  "Vendor",
  "Data",
  "Approval",
  "Approved on",
  "Cost per month",
  "Currency",
  "Seats",
  "Fallback",
  "Minutes per item",
  "Last review",
  "Review cycle",
  "ID",
  "Notes",
] as const;

/** One row by heading. */
export type Row = Record<(typeof headings)[number], string>;

export const known = { name: "Marta Quill", email: "marta.quill@example.com" };

export const context: SheetContext = {
  people: { people: [known, { name: "Tom Ashby", email: "tom.ashby@example.com" }] },
  ids: new Set<string>(),
  today: "2026-11-18",
  currency: null,
  dates: null,
  map: new Map(),
};

/** A generator of the same numbers on every machine (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Texts that are odd and right. */
const oddTexts = [
  "Reads orders, and answers",
  'Says "thank you" in a line',
  "One line\nand another",
  "Größe und Maß, café",
  'For the 5" screen',
  "a; b; c",
  "Emoji 👩‍💻 and 日本語",
  "'=not a formula",
  "a\u00a0hard blank and a\u00ad soft hyphen",
];

/** A row that can be taken. */
export function goodRow(index: number, draw: (below: number) => number): Row {
  return {
    Name: `Automation ${index}`,
    Description: oddTexts[draw(oddTexts.length)] ?? "",
    Owner: draw(2) === 0 ? known.name : "Tom Ashby",
    "Owner e-mail": "",
    Risk: ["low", "Niedrig", "minimal"][draw(3)] ?? "low",
    Vendor: ["Docread", "", "n/a"][draw(3)] ?? "",
    Data: "names, orders",
    Approval: ["approved", "Ja", "pilot"][draw(3)] ?? "",
    "Approved on": ["2026-03-03", "", "46084"][draw(3)] ?? "",
    "Cost per month": ["1.200,50", "1,200.50", "120", ""][draw(4)] ?? "",
    Currency: "EUR",
    Seats: ["14", "", "3 seats"][draw(3)] ?? "",
    Fallback: "1. Switch it off 2. Do it by hand",
    "Minutes per item": "4",
    "Last review": "2026-10-01",
    "Review cycle": "quarterly",
    ID: "",
    Notes: draw(4) === 0 ? "ask Tom" : "",
  };
}

/** A row as a line of CSV; a cell is quoted where it has to be. */
export function lineOf(cells: readonly string[], delimiter = ","): string {
  return cells
    .map((cell) =>
      cell.includes(delimiter) || /[\n\r]/.test(cell) || /^"/.test(cell) || cell.includes('"y')
        ? `"${cell.replaceAll('"', '""')}"`
        : cell,
    )
    .join(delimiter);
}

/** The cells of a row, in the order of the headings. */
export function cellsOf(row: Row): readonly string[] {
  return headings.map((heading) => row[heading]);
}
