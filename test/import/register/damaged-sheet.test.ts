import { describe, expect, it } from "vitest";
import { readSheet } from "../../../src/import/register/read-sheet.js";
import { damages, type Expected } from "./damage.js";
import { cellsOf, context, goodRow, headings, lineOf, type Row, seeded } from "./sheet.js";

const rows = 5_000;
/** Each kind comes again and again, between good rows. */
const everyNth = 11;

interface Sheet {
  readonly bytes: Buffer;
  /** What is to be said, by line. */
  readonly expected: ReadonlyMap<number, Expected & { readonly kind: string }>;
  readonly good: ReadonlyMap<number, Row>;
}

/** Five thousand rows, every eleventh of them damaged, in an order that a seed draws. */
function damagedSheet(): Sheet {
  const draw = seeded(20_261_118);
  const parts: Buffer[] = [Buffer.from(`${headings.join(",")}\n`)];
  const expected = new Map<number, Expected & { readonly kind: string }>();
  const good = new Map<number, Row>();
  let line = 2;
  for (let index = 0; index < rows; index += 1) {
    const row = goodRow(index, draw);
    const damage =
      index % everyNth === everyNth - 1 ? damages[((index - 10) / everyNth) % damages.length] : undefined;
    const bytes = damage?.line(row) ?? Buffer.from(lineOf(cellsOf(row)));
    if (damage === undefined) good.set(line, row);
    else expected.set(line, damage);
    parts.push(bytes, Buffer.from("\n"));
    line += bytes.toString("latin1").split("\n").length;
  }
  return { bytes: Buffer.concat(parts), expected, good };
}

describe("a sheet of 5,000 rows with every kind of damage", () => {
  const sheet = damagedSheet();
  const read = readSheet(sheet.bytes, context);
  if (!read.ok) throw new Error(read.reason);

  it("holds thirty kinds of damage and more, each many times", () => {
    const times = new Map<string, number>();
    for (const { kind } of sheet.expected.values()) times.set(kind, (times.get(kind) ?? 0) + 1);
    expect(times.size).toBe(damages.length);
    expect(times.size).toBeGreaterThanOrEqual(30);
    expect(Math.min(...times.values())).toBeGreaterThanOrEqual(10);
  });

  it("loses no row: each is taken or reported", () => {
    expect(read.rows).toBe(rows);
    expect(read.taken.length + read.bad.length + read.known.length).toBe(rows);
  });

  it("takes every good row", () => {
    expect(read.taken.map(({ line }) => line)).toEqual([...sheet.good.keys()]);
    for (const { line, title, entry, lacks } of read.taken) {
      const row = sheet.good.get(line);
      expect(title).toBe(row?.Name);
      expect(entry.owner).toBe(row?.Owner);
      expect(lacks).toEqual([]);
    }
  });

  it("keeps what good rows say, whatever their quotes, blanks, line ends and writing", () => {
    const texts = new Set(read.taken.map(({ entry }) => entry.does));
    expect([...texts].sort()).toEqual(
      [
        "=not a formula",
        "Emoji 👩‍💻 and 日本語",
        'For the 5" screen',
        "Größe und Maß, café",
        "One line\nand another",
        "Reads orders, and answers",
        'Says "thank you" in a line',
        "a hard blank and a soft hyphen",
        "a; b; c",
      ].sort(),
    );
    const costs = new Set(read.taken.map(({ entry }) => JSON.stringify(entry.cost)));
    expect([...costs].sort()).toEqual(
      [undefined, '{"perMonth":120,"currency":"EUR"}', '{"perMonth":1200.5,"currency":"EUR"}'].sort(),
    );
  });

  it.each(damages.map(({ kind }) => [kind]))("reports %s, each time, at its line and cell", (kind) => {
    const lines = [...sheet.expected].filter(([, each]) => each.kind === kind);
    for (const [line, { heading, reason, fix }] of lines) {
      const found = read.bad.find((each) => each.line === line);
      expect(found?.problems.length, `line ${line}`).toBe(1);
      const [problem] = found?.problems ?? [];
      expect(problem?.column, `line ${line}`).toBe(heading === null ? null : headings.indexOf(heading));
      expect(problem?.reason).toMatch(reason);
      expect(problem?.fix).toMatch(fix);
    }
  });

  it("reports nothing else", () => {
    expect(read.bad.map(({ line }) => line)).toEqual([...sheet.expected.keys()]);
  });
});
