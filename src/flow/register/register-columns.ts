/**
 * The register as rows for spreadsheets and documents. In: entries. Out: a heading and a row each; the import reads the
 * same headings back.
 */
import { csvLines } from "../../text/csv.js";
import { markdownTable } from "../../text/markdown-table.js";
import type { RegisterEntry } from "./register-entries.js";

type Cell = string | number | null;

/** What stands between the parts of a list in one cell. */
const join = (parts: readonly string[]): string => parts.join("; ");

const columns: readonly { readonly head: string; readonly of: (each: RegisterEntry) => Cell }[] = [
  { head: "id", of: ({ entry }) => entry.id },
  { head: "title", of: ({ entry }) => entry.title },
  { head: "does", of: ({ entry }) => entry.does },
  { head: "owner", of: ({ entry }) => entry.owner },
  { head: "deputy", of: ({ entry }) => entry.deputy },
  { head: "risk", of: ({ entry }) => entry.risk },
  { head: "vendor", of: ({ entry }) => entry.vendor },
  { head: "tool", of: ({ entry }) => entry.tool },
  { head: "model", of: ({ entry }) => entry.model },
  { head: "processes", of: ({ entry }) => join(entry.processes) },
  { head: "data", of: ({ entry }) => join(entry.dataClasses) },
  { head: "tags", of: ({ entry }) => join(entry.tags) },
  { head: "depends on", of: ({ entry }) => join(entry.dependsOn) },
  { head: "approval", of: ({ entry }) => entry.approval.status },
  { head: "approved by", of: ({ entry }) => entry.approval.by },
  { head: "approved on", of: ({ entry }) => entry.approval.on },
  { head: "cost per month", of: ({ entry }) => entry.cost?.perMonth ?? null },
  { head: "currency", of: ({ entry }) => entry.cost?.currency ?? null },
  { head: "seats", of: ({ entry }) => entry.seats },
  { head: "expected return", of: ({ entry }) => entry.expectedReturn },
  { head: "fallback steps", of: ({ entry }) => join(entry.fallback?.steps ?? []) },
  { head: "fallback by", of: ({ entry }) => entry.fallback?.by ?? null },
  { head: "minutes per item", of: ({ entry }) => entry.fallback?.minutesPerItem ?? null },
  { head: "last review", of: (each) => each.reviewedOn },
  { head: "review every months", of: ({ entry }) => entry.review.everyMonths },
  { head: "review due", of: (each) => each.reviewDueOn },
  { head: "watched", of: (each) => (each.watched ? "yes" : "no") },
  { head: "checks", of: (each) => each.checks },
  { head: "golden cases", of: (each) => each.goldenCases },
  { head: "complete", of: ({ completeness: { done, of } }) => `${done} of ${of}` },
  { head: "missing", of: ({ completeness }) => join(completeness.missing.map(({ words }) => words)) },
];

/** Columns of a document that people read; a spreadsheet takes them all. */
const shown: ReadonlySet<string> = new Set([
  "title",
  "owner",
  "deputy",
  "risk",
  "vendor",
  "model",
  "data",
  "approval",
  "review due",
  "complete",
  "missing",
]);

/** The register as CSV: a heading and a line per entry, safe to open in a spreadsheet. */
export function registerCsv(entries: readonly RegisterEntry[]): readonly string[] {
  return csvLines([
    columns.map(({ head }) => head),
    ...entries.map((each) => columns.map(({ of }) => of(each))),
  ]);
}

/** The register as a Markdown table of what people ask about. */
export function registerMarkdown(entries: readonly RegisterEntry[]): readonly string[] {
  const read = columns.filter(({ head }) => shown.has(head));
  return markdownTable(
    read.map(({ head }) => head.charAt(0).toUpperCase() + head.slice(1)),
    entries.map((each) => read.map(({ of }) => String(of(each) ?? ""))),
  );
}
