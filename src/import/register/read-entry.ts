/**
 * One row of a sheet as a register entry. In: its cells, which column is what, who is known. Out: the entry with what it
 * still lacks, or every cell that cannot be taken, each with what to do. It invents nothing: what the row does not say is
 * left out.
 */
import type { JsonObject } from "../../domain/json.js";
import { idFrom } from "../../text/id-from.js";
import type { DateOrder } from "./cell-numbers.js";
import type { CellRead } from "./cell-text.js";
import type { ColumnPart, Columns } from "./columns.js";
import type { KnownPeople, NewPerson } from "./people.js";
import { approvalOf, costOf, fallbackOf, personsOf, reviewOf, riskOf, seatsOf, stated } from "./row-parts.js";
import { type CellProblem, createRowReader, type RowReader } from "./row-reader.js";

/** What a row came to. */
export interface RowEntry {
  readonly entry: JsonObject;
  readonly id: string;
  readonly title: string;
  /** What only a person can add before the configuration takes it. */
  readonly lacks: readonly string[];
  /** People it names whom the configuration does not know yet. */
  readonly people: readonly NewPerson[];
  /** Said of it, though it was taken. */
  readonly remarks: readonly string[];
  /** Cells of columns that say nothing we know. */
  readonly more: readonly string[];
}

/** An entry, or what is wrong with the row. */
export type RowRead =
  | { readonly ok: true; readonly row: RowEntry }
  | { readonly ok: false; readonly problems: readonly CellProblem[] };

/** What the reader of a row knows beside it. */
export interface RowContext {
  readonly columns: Columns;
  readonly people: KnownPeople;
  readonly dates: ReadonlyMap<ColumnPart, DateOrder>;
  /** Currency of amounts that name none; null: nobody said. */
  readonly currency: string | null;
  /** Local date: nothing was reviewed after it. */
  readonly today: string;
}

const longestTitle = 200;

/** Reads one row. */
export function readEntry(cells: readonly string[], context: RowContext): RowRead {
  const { columns, people, today } = context;
  const days = { orders: context.dates, today };
  const row = createRowReader(cells, columns);
  const name = nameOf(row);
  const { owner, deputy, fallbackBy, unknown } = personsOf(row, people);
  const does = row.text("does");
  const risk = riskOf(row);
  const fallback = fallbackOf(row, fallbackBy);
  const details = detailsOf(row);
  const cost = costOf(row, context.currency, columns.currency);
  const approval = approvalOf(row, days);
  const review = reviewOf(row, days);
  const more = row.more();
  const problems = row.problems();
  if (problems.length > 0 || name === null) return { ok: false, problems };
  const { id, title } = name;
  const said = stated({ owner, deputy, ...details, risk, cost, approval, fallback, review });
  return {
    ok: true,
    row: {
      entry: { id, title, does: does ?? title, ...said },
      ...name,
      lacks: lacksOf(risk, fallback),
      people: unknown,
      remarks: does === null ? ["it does not say what it does; its name stands there"] : [],
      more,
    },
  };
}

/** What it is called; null where that is a problem by now. */
function nameOf(row: RowReader): { id: string; title: string } | null {
  const title = row.take("title", (value) =>
    [...value].length > longestTitle
      ? {
          ok: false,
          reason: `is longer than ${longestTitle} characters`,
          fix: "give it a short name; the rest is its description",
        }
      : { ok: true, value },
  );
  const written = row.take("id", idOf);
  if (row.failed("title") || row.failed("id")) return null;
  if (title === null) {
    row.problem("title", "has no name", "give the automation a name");
    return null;
  }
  const id = written ?? idFrom(title);
  if (id === null) {
    const fix = 'add a column "id" with a name such as support-triage';
    row.problem("title", "holds no letter or digit an id can be made of", fix);
    return null;
  }
  return { id, title };
}

function idOf(value: string): CellRead<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 80) return { ok: true, value };
  const fix = `write lower-case letters, digits and hyphens, such as ${idFrom(value) ?? "support-triage"}`;
  return { ok: false, reason: "is no id", fix };
}

function detailsOf(row: RowReader) {
  return {
    vendor: row.text("vendor"),
    tool: row.text("tool"),
    model: row.text("model"),
    processes: row.list("processes"),
    dataClasses: row.list("data"),
    tags: row.list("tags"),
    dependsOn: row.list("dependsOn"),
    seats: seatsOf(row),
    expectedReturn: row.text("expectedReturn"),
  };
}

/** What the configuration asks of such an entry and only a person knows. */
function lacksOf(risk: string | null, fallback: JsonObject | null): readonly string[] {
  if (risk === null) return ['"risk": "high", "medium" or "low"; high and medium need a "fallback" too'];
  if (risk === "low" || fallback !== null) return [];
  return [`"fallback": { "steps": ["..."] }: what people do by hand meanwhile, needed for risk ${risk}`];
}
