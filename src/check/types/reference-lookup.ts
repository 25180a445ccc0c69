import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { ConfigError, messageOf } from "../../domain/errors.js";
import { fail } from "../../domain/verdict.js";
import { foldText, withoutDiacritics } from "../../text/fold.js";
import { textOfJson } from "../../text/json-value.js";
import { nearest } from "../../text/nearest.js";
import { quoted, shown } from "../../text/shown.js";
import { type CheckPorts, defineCheckType, passing } from "../check-type.js";
import { seenIn } from "../subject.js";
import { comparable, ignoreCaseSetting } from "../wording-match.js";

const longestValue = 1_000;
const longestCompared = 100;

interface Place {
  readonly file: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly delimiter: string | undefined;
}

/**
 * The value is an entry of a list: a column of a CSV file or of a table in a SQLite file. The list is read again when
 * its file changes; while it cannot be read, the check cannot tell.
 */
export const referenceLookup = defineCheckType({
  type: "reference-lookup",
  group: "numbers",
  says: "is on its list",
  example: {
    settings: { on: "supplier", file: "suppliers.csv", column: "name", ignoreCase: true },
    good: '{"supplier":"ALDER GMBH"}',
    bad: '{"supplier":"Aldr GmbH"}',
    files: { "suppliers.csv": "number,name\n70001,Alder GmbH\n70002,Birch & Sons Ltd\n" },
  },
  settings: z.strictObject({
    file: z.string().min(1).describe("A CSV or SQLite file, relative to the check file"),
    table: z.string().min(1).optional().describe("For SQLite: the table or view; without it the file is CSV"),
    column: z
      .string()
      .min(1)
      .optional()
      .describe("The column, by its name in the first line; default: the only column of a CSV file"),
    delimiter: z
      .string()
      .length(1)
      .optional()
      .describe(
        "What separates the columns of a CSV file; default: comma, semicolon, tab or bar, whichever the first line has most of",
      ),
    ignoreCase: ignoreCaseSetting,
    ignoreSpace: z.boolean().default(false).describe("Treats `AB 12` and `AB12` as the same"),
    ignoreDiacritics: z.boolean().default(false).describe("Treats `é` and `e` as the same"),
  }),
  complaint: ({ table, column, delimiter }) => {
    if (table !== undefined && column === undefined) return "reference-lookup needs column beside table";
    return table !== undefined && delimiter !== undefined ? "delimiter means nothing beside table" : null;
  },
  prepare: async ({ file, table, column, delimiter, ignoreCase, ignoreSpace, ignoreDiacritics }, ports) => {
    const key = (text: string) => {
      const plain = ignoreDiacritics ? withoutDiacritics(text) : text;
      const cased = comparable(plain, ignoreCase);
      return ignoreSpace ? cased.replace(/\s+/gu, "") : cased.trim().replace(/\s+/gu, " ");
    };
    const entriesOf = await follow({ file, table, column, delimiter }, key, ports);
    entriesOf();
    return (subject) => {
      const seen = seenIn(subject);
      if (typeof seen === "object" || typeof seen === "boolean") {
        return fail(`is ${quoted(seen)}, expected an entry of ${shown(file)}`);
      }
      const entries = entriesOf();
      const text = textOfJson(seen);
      if (text.length <= longestValue && entries.has(key(text))) {
        return passing(() => `is ${quoted(seen)}, which is in ${shown(file)}`);
      }
      const near = nearestEntry(text, entries);
      return fail(
        `is ${quoted(seen)}, which is not in ${shown(file)}${near === null ? "" : `; nearest: ${quoted(near)}`}`,
      );
    };
  },
});

interface Entry {
  readonly written: string;
  /** Its beginning, as misspelt values are compared with it. */
  readonly folded: string;
}

type Entries = ReadonlyMap<string, Entry>;

/** Entries by their key, made anew only when the list is another. */
async function follow(
  place: Place,
  key: (text: string) => string,
  ports: CheckPorts,
): Promise<() => Entries> {
  const { file, table, column } = place;
  if (table !== undefined) {
    const values = ports.followColumn(file, { table, column: column ?? "" });
    return whenChanged(values, (list) => entriesFrom(list, key, `${table}.${column} of ${file}`));
  }
  const { parse } = await import("csv-parse/sync");
  const rowsOf = (text: string): readonly (readonly string[])[] => {
    try {
      return parse(text, {
        bom: true,
        delimiter: place.delimiter ?? likelyDelimiter(text),
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
      });
    } catch (thrown) {
      throw new ConfigError("csv", `${shown(file)} cannot be read as CSV: ${messageOf(thrown)}`);
    }
  };
  return whenChanged(ports.followFile(file), (text) => {
    const [head = [], ...rows] = rowsOf(text);
    const index = columnIndex(file, head, column);
    return entriesFrom(
      rows.map((row) => row[index] ?? ""),
      key,
      file,
    );
  });
}

function whenChanged<Content>(read: () => Content, make: (content: Content) => Entries): () => Entries {
  let last: { readonly content: Content; readonly entries: Entries } | null = null;
  return () => {
    const content = read();
    if (last === null || last.content !== content) last = { content, entries: make(content) };
    return last.entries;
  };
}

function columnIndex(file: string, head: readonly string[], column: string | undefined): number {
  const names = head.map((name) => name.trim());
  if (names.every((name) => name === "")) {
    throw new ConfigError("column", `${shown(file)} is empty; its first line must name the columns`);
  }
  if (column === undefined) {
    if (names.length === 1) return 0;
    throw new ConfigError(
      "column",
      `${shown(file)} has ${names.length} columns; name one: ${shown(names.join(", "), 200)}`,
    );
  }
  const index = names.indexOf(column);
  if (index >= 0) return index;
  const meant = nearest(column, names);
  const hint = meant === null ? "" : `did you mean "${shown(meant)}"? `;
  throw new ConfigError(
    "column",
    `${shown(file)} has no column "${column}" in its first line; ${hint}there are ${shown(names.join(", "), 200)}`,
  );
}

/** An empty list would fail every output: rather the file is at fault. */
function entriesFrom(values: readonly string[], key: (text: string) => string, where: string): Entries {
  const entries = new Map<string, Entry>();
  for (const value of values) {
    const written = value.trim();
    if (written !== "") entries.set(key(value), { written, folded: folded(written) });
  }
  if (entries.size === 0) throw new ConfigError("empty-list", `${shown(where)} has no entries`);
  return entries;
}

function likelyDelimiter(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const counted = [",", ";", "\t", "|"].map((mark) => ({ mark, count: line.split(mark).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

function nearestEntry(text: string, entries: Entries): string | null {
  const wanted = folded(text);
  const farthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: { written: string; apart: number } | null = null;
  for (const { written, folded } of entries.values()) {
    if (Math.abs(folded.length - wanted.length) > farthest) continue;
    const apart = distance(wanted, folded);
    if (apart <= farthest && (best === null || apart < best.apart)) best = { written, apart };
  }
  return best?.written ?? null;
}

function folded(text: string): string {
  return foldText(text.slice(0, longestCompared));
}
