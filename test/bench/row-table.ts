import { type Row, standing } from "./detection-measure.js";

/** A title with its rows, or with a plain line why there are none. */
export type Section = readonly [title: string, rows: Iterable<Row> | string];

/** Prints every section as a table and says how many targets are missed. */
export function printSections(sections: readonly Section[]): number {
  const standings = new Map<string, number>();
  for (const [title, rows] of sections) {
    console.log(`\n${title}`);
    if (typeof rows === "string") {
      console.log(`  ${rows}`);
      continue;
    }
    console.log(
      `${"".padEnd(62)}${"target".padStart(8)}${"reference".padStart(11)}${"measured".padStart(18)}`,
    );
    for (const row of rows) {
      const verdict = standing(row);
      standings.set(verdict, (standings.get(verdict) ?? 0) + 1);
      console.log(`${lineOf(row)}  ${verdict}`);
    }
  }
  const missed = standings.get("MISSED") ?? 0;
  console.log(
    `\n${standings.get("met") ?? 0} targets met, ${standings.get("within error") ?? 0} overrun by less than two standard errors, ${missed} missed.`,
  );
  return missed;
}

function lineOf({ name, unit, measured, target, reference }: Row): string {
  const value = `${shortNumber(measured.value)} ± ${shortNumber(measured.error)}`;
  const columns = `${column(target).padStart(8)}${column(reference).padStart(11)}${value.padStart(18)}`;
  return `  ${name.padEnd(60)}${columns}  ${unit}`;
}

function column(value: number | null): string {
  return value === null ? "-" : shortNumber(value);
}

function shortNumber(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
