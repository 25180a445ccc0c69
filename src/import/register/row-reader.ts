import { type CellRead, readList, readText } from "./cell-text.js";
import type { ColumnPart, Columns } from "./columns.js";

/** A cell that cannot be taken. */
export interface CellProblem {
  /** null: the row as a whole. */
  readonly column: number | null;
  readonly found: string;
  readonly reason: string;
  readonly fix: string;
}

/** Reads the cells of one row by their part, and collects what is wrong with them. */
export type RowReader = ReturnType<typeof createRowReader>;

/** A reader of one row. */
export function createRowReader(cells: readonly string[], columns: Columns) {
  const problems: CellProblem[] = [];
  const at = (part: ColumnPart): number | null => columns.of.get(part) ?? null;
  const problemAt = (column: number | null, reason: string, fix: string): void => {
    const found = column === null ? "" : (cells[column] ?? "");
    problems.push({ column, found, reason, fix });
  };
  const take = <T>(part: ColumnPart, read: (text: string) => CellRead<T>): T | null => {
    const column = at(part);
    const text = column === null ? null : readText(cells[column] ?? "");
    if (text === null || (text.ok && text.value === "")) return null;
    const value = text.ok ? read(text.value) : text;
    if (value.ok) return value.value;
    problemAt(column, value.reason, value.fix);
    return null;
  };
  return {
    /** What a part's cell says; null: nothing, or nothing that can be taken, which is a problem by now. */
    take,
    text: (part: ColumnPart) => take(part, (value) => ({ ok: true, value })),
    list: (part: ColumnPart) => take(part, (value) => ({ ok: true, value: readList(value) })),
    /** Notes what is wrong with a part's cell. */
    problem: (part: ColumnPart, reason: string, fix: string) => problemAt(at(part), reason, fix),
    /** True: a part's cell could not be taken. */
    failed: (part: ColumnPart) => at(part) !== null && problems.some(({ column }) => column === at(part)),
    /** What stands in columns that say nothing we know: "Notes: asks for a raise". */
    more: (): readonly string[] =>
      columns.unknown.flatMap(({ index, heading }) => {
        const read = readText(cells[index] ?? "");
        if (!read.ok) problemAt(index, read.reason, read.fix);
        return read.ok && read.value !== "" ? [`${heading}: ${read.value}`] : [];
      }),
    problems: (): readonly CellProblem[] => problems,
  };
}
