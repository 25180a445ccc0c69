import type { ExposedOutput } from "../domain/rework.js";
import { csvLines } from "../text/csv.js";

const columns = ["output", "at", "check", "state", "by", "decided_at", "note", "link"];

/** The list of what went out, for a spreadsheet: a heading and a line per output. */
export function exposedCsv(outputs: readonly ExposedOutput[]): readonly string[] {
  return csvLines([
    columns,
    ...outputs.map(({ id, at, result, state, who, decidedAt, note, link }) => [
      id,
      new Date(at).toISOString(),
      result,
      state,
      who,
      decidedAt === null ? null : new Date(decidedAt).toISOString(),
      note,
      link,
    ]),
  ]);
}
