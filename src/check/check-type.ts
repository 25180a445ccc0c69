import type { z } from "zod";
import type { Asking } from "../domain/asking.js";
import type { Level, PlantedOutput } from "../domain/check.js";
import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import type { ScriptRunner } from "../domain/ports.js";
import type { Verdict } from "../domain/verdict.js";

/**
 * What a check judges: an output, or with `on` one value inside it; then `text`, `fields`, `value` and
 * `reference` are that value's. `value` is undefined when a whole output is no JSON object or list; `place` is where
 * `on` found the value, such as `$.lines[0].amount`, and null for a whole output.
 */
export type Subject = Output & { readonly value: Json | undefined; readonly place: string | null };

/** What a check type may use while it is prepared. */
export interface CheckPorts {
  /** The text of a file, relative to the file that declares the check. Throws ConfigError. */
  readFile(path: string): string;
  /**
   * Reads a file at once, and hands back what reads it again whenever it has changed. Both throw KnownError; the same
   * text comes back as long as nothing changed.
   */
  followFile(path: string): () => string;
  /** The same for the values of a column in a SQLite file. */
  followColumn(
    path: string,
    place: { readonly table: string; readonly column: string },
  ): () => readonly string[];
  /** Where scripts of the user's run; absent: the configuration does not allow any. */
  readonly scripts?: ScriptRunner | undefined;
}

/**
 * A verdict that is only put into words where they are needed: a pass where the check is turned round, a fail where it
 * is not. A sentence that quotes is redacted first, which takes longer than most checks.
 */
export interface Unsaid {
  readonly status: "pass" | "fail";
  readonly score?: number;
  readonly say: () => string;
}

/** The output is as declared; `say` is what a check with `not: true` fails it with. */
export function passing(say: () => string, details: { score?: number } = {}): Unsaid {
  return { status: "pass", say, ...details };
}

/** As `fail`, for types that are often turned round. */
export function failing(say: () => string, details: { score?: number } = {}): Unsaid {
  return { status: "fail", say, ...details };
}

/** A pass of which something is worth knowing. */
export type Noted = Extract<Verdict, { status: "pass" }> & { readonly note: string };

/** The output is as declared, but for what the note says, such as "in a code fence"; kept as the verdict's reason. */
export function noted(note: string): Noted {
  return { status: "pass", note };
}

/** The note on JSON that was unwrapped. */
export const inCodeFence = "in a code fence";

/** Judges one subject; a type that declares `asks` may put questions to the outside meanwhile. */
export type Judge = (subject: Subject, asking: Asking) => Judged | Promise<Judged>;

/** What a check type says of one subject. */
export type Judged = Verdict | Unsaid | Noted;

/** The sections of the catalogue. */
export const checkGroups = ["shape", "text", "numbers", "reference", "safety", "judge", "operation"] as const;

/** A section of the catalogue. */
export type CheckGroup = (typeof checkGroups)[number];

/** An output of an example: its text, or its text with what else matters of it. */
export type ExampleOutput = string | (Partial<Output> & Pick<Output, "text">);

/** How a check type is used: settings, an output that passes and one that fails. A test runs it. */
export interface CheckExample {
  /** As written in a check file, without `id` and `type`. */
  readonly settings: Readonly<Record<string, Json>>;
  readonly good: ExampleOutput;
  readonly bad: ExampleOutput;
  /** Files that the settings name, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** For a type that asks the outside: what it answers about the good and about the bad output, in turn. */
  readonly answers?: { readonly good: readonly Json[]; readonly bad: readonly Json[] };
}

/** A kind of check, as the registry holds it. */
export interface CheckType {
  /** kebab-case; its file's name. */
  readonly type: string;
  readonly group: CheckGroup;
  /** What it says of a good output, after its name: "is JSON". */
  readonly says: string;
  readonly example: CheckExample;
  /** Its own settings, without the options that all checks share. */
  readonly settings: z.ZodObject;
  /** True when it also judges outputs that carry an error of their automation instead of a text. */
  readonly judgesErrors: boolean;
  /** True when it asks a model or service: then it sees the sample only, in its stored form, under a spend cap. */
  readonly asks: boolean;
  /** How loud it may become by itself: `digest` where a fail alone is too weak to wake someone. */
  readonly loudest: Extract<Level, "page" | "digest">;
  /** Outputs with known verdicts, put to it with every batch to see whether it can be trusted. */
  planted(settings: unknown): readonly PlantedOutput[];
  /** What is wrong with settings that are right one by one, or null; also null where one is not. */
  complaint(settings: unknown): string | null;
  /** Compiles it once; options of the check beside the type's own settings are ignored. */
  prepare(settings: unknown, ports: CheckPorts): Promise<Judge>;
}

interface Definition<Shape extends z.ZodRawShape> {
  readonly type: string;
  readonly group: CheckGroup;
  readonly says: string;
  readonly example: CheckExample;
  readonly settings: z.ZodObject<Shape, z.core.$strict>;
  readonly judgesErrors?: true;
  readonly asks?: true;
  /** Default: page. With `digest`, level page is refused, and the default level is digest. */
  readonly loudest?: "digest";
  planted?(settings: z.output<z.ZodObject<Shape, z.core.$strip>>): readonly PlantedOutput[];
  complaint?(settings: z.output<z.ZodObject<Shape, z.core.$strip>>): string | null;
  prepare(settings: z.output<z.ZodObject<Shape, z.core.$strip>>, ports: CheckPorts): Judge | Promise<Judge>;
}

/** Declares a check type: its name, its strict settings, and how it judges once they are known. */
export function defineCheckType<Shape extends z.ZodRawShape>(definition: Definition<Shape>): CheckType {
  const own = definition.settings.strip();
  return {
    type: definition.type,
    group: definition.group,
    says: definition.says,
    example: definition.example,
    settings: definition.settings,
    judgesErrors: definition.judgesErrors ?? false,
    asks: definition.asks ?? false,
    loudest: definition.loudest ?? "page",
    planted: (settings) => definition.planted?.(own.parse(settings)) ?? [],
    complaint: (settings) => {
      const parsed = own.safeParse(settings);
      return parsed.success ? (definition.complaint?.(parsed.data) ?? null) : null;
    },
    prepare: async (settings, ports) => definition.prepare(own.parse(settings), ports),
  };
}
