import type { Json, JsonObject } from "../domain/json.js";

/** Where something stands: a file, and the way to it or its line. */
export interface Place {
  readonly file: string;
  /** Names and list positions from the file's top. */
  readonly path: readonly (string | number)[];
  /** In files of rows; otherwise null. */
  readonly line: number | null;
}

/** Something that stays behind, and why. */
export interface NotCarried {
  readonly place: Place;
  readonly what: string;
  readonly why: string;
}

/** A case as it was found; what is known of it comes from the asserts. */
export interface FoundCase {
  readonly name: string;
  readonly input: Json;
  readonly tags: readonly string[];
}

/** The input of a case: its values of these names, or the value itself where there is but one. */
export function inputOf(values: JsonObject, names: readonly string[]): Json {
  const [only, ...more] = names;
  if (only !== undefined && more.length === 0) return values[only] ?? null;
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

/** What one assert or grader became. */
export interface Mapped {
  /** Of a check, without `id` and `title`. */
  readonly settings: JsonObject;
  /** The known-good answer that it compares with. */
  readonly known?: Json;
  /** The settings where the known answer is not that of a case; default: these, with the answer as `expected`. */
  readonly fixed?: JsonObject;
  /** What is different here, for the comment above it. */
  readonly remarks?: readonly string[];
  /** What only a person can add; then it is written commented out. */
  readonly fillIn?: string;
}

/** A demand on the output of some cases. */
export interface Demand extends Mapped {
  readonly place: Place;
  /** Words that name it. */
  readonly named: string;
  readonly title: string | null;
  /** Positions of the cases; null: every output. */
  readonly cases: readonly number[] | null;
}

/** Everything that was found, before it is put together. */
export interface Found {
  readonly cases: readonly FoundCase[];
  readonly demands: readonly Demand[];
  readonly notCarried: readonly NotCarried[];
}

/** A check to write. */
export interface ImportedCheck {
  readonly settings: JsonObject;
  readonly comments: readonly string[];
  /** False: commented out, until a person has added what the comments name. */
  readonly active: boolean;
}

/** A line of a golden set. */
export interface ImportedCase {
  readonly id: string;
  readonly input: Json;
  readonly expected: Json;
  readonly tags: readonly string[];
}

/** What an import comes to. */
export interface Imported {
  readonly checks: readonly ImportedCheck[];
  readonly goldenCases: readonly ImportedCase[];
  readonly notCarried: readonly NotCarried[];
}

/** A file beside the imported one, read. */
export type LocalFile =
  | {
      readonly ok: true;
      readonly file: string;
      readonly value: Json;
      /** For a file of rows, the line of each. */
      readonly lines: readonly number[] | null;
    }
  | { readonly ok: false; readonly reason: string };

/** The document that is imported, and how files that it names are read. */
export interface ImportSource {
  readonly file: string;
  readonly value: Json;
  readonly read: (reference: string) => LocalFile;
}

/** What is wrong with the settings of a check, or null. */
export type ComplaintAbout = (settings: JsonObject) => string | null;
