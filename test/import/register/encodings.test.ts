import { expect, it } from "vitest";
import { readSheet } from "../../../src/import/register/read-sheet.js";
import { context } from "./sheet.js";

const rows = [
  ["Name", "What it does", "Verantwortlich", "Risiko", "Kosten pro Monat (EUR)"],
  ["Größenprüfung", "Prüft Maße", "Marta Quill", "niedrig", "1.200,50"],
  ["Café orders", "Reads\norders", "Tom Ashby", "low", "12"],
];

const csv = (delimiter: string, end = "\n") =>
  rows
    .map((cells) => cells.map((cell) => `"${cell.replace("\n", end)}"`).join(delimiter))
    .join(end)
    .concat(end);

const wide = (text: string, big: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return big ? bytes.swap16() : bytes;
};

it.each([
  ["UTF-8", Buffer.from(csv(",")), "UTF-8"],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${csv(";")}`), "UTF-8"],
  ["UTF-16 as Excel writes it", wide(`\uFEFF${csv("\t", "\r\n")}`, false), "UTF-16"],
  ["UTF-16, big end first", wide(`\uFEFF${csv(",")}`, true), "UTF-16"],
  ["UTF-16 without a mark", wide(csv(";"), false), "UTF-16"],
  ["UTF-16, big end first, without a mark", wide(csv(";"), true), "UTF-16"],
  ["Windows-1252", Buffer.from(csv(";", "\r\n"), "latin1"), "Windows-1252"],
  ["bars", Buffer.from(csv("|")), "UTF-8"],
  ["line ends of old Macs", Buffer.from(csv(";", "\r")), "UTF-8"],
  ["a line that names the delimiter", Buffer.from(`sep=;\r\n${csv(";", "\r\n")}`), "UTF-8"],
  ["lines above the heading", Buffer.from(`AI tools;;;;\n\nas of November;;;;\n${csv(";")}`), "UTF-8"],
])("reads %s", (_, bytes, encoding) => {
  const read = readSheet(bytes, context);
  expect(read).toMatchObject({ ok: true, encoding, bad: [] });
  if (!read.ok) throw new Error(read.reason);
  expect(read.taken.map(({ id, entry }) => [id, entry.does, entry.risk, entry.cost])).toEqual([
    ["grossenprufung", "Prüft Maße", "low", { perMonth: 1200.5, currency: "EUR" }],
    ["cafe-orders", expect.stringMatching(/^Reads\s+orders$/), "low", { perMonth: 12, currency: "EUR" }],
  ]);
});
