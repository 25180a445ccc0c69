import type { z } from "zod";
import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import type { Verdict } from "../domain/verdict.js";

/**
 * What a check judges: an output, or with `on` one value inside it; then `text`, `fields`, `value` and
 * `reference` are that value's. `value` is undefined when a whole output is no JSON object or list.
 */
export type Subject = Output & { readonly value: Json | undefined };

/** What a check type may use while it is prepared. */
export interface CheckPorts {
  /** The text of a file, relative to the file that declares the check. Throws ConfigError. */
  readFile(path: string): string;
}

/** Judges one subject. */
export type Judge = (subject: Subject) => Verdict | Promise<Verdict>;

/** A kind of check, as the registry holds it. */
export interface CheckType {
  /** kebab-case; its file's name. */
  readonly type: string;
  /** What it says of a good output, after its name: "is JSON". */
  readonly says: string;
  /** Its own settings, without the options that all checks share. */
  readonly settings: z.ZodObject;
  /** True when it also judges outputs that carry an error of their automation instead of a text. */
  readonly judgesErrors: boolean;
  /** What is wrong with settings that are right one by one, or null; also null where one is not. */
  complaint(settings: unknown): string | null;
  /** Compiles it once; options of the check beside the type's own settings are ignored. */
  prepare(settings: unknown, ports: CheckPorts): Promise<Judge>;
}

interface Definition<Shape extends z.ZodRawShape> {
  readonly type: string;
  readonly says: string;
  readonly settings: z.ZodObject<Shape, z.core.$strict>;
  readonly judgesErrors?: true;
  complaint?(settings: z.output<z.ZodObject<Shape, z.core.$strip>>): string | null;
  prepare(settings: z.output<z.ZodObject<Shape, z.core.$strip>>, ports: CheckPorts): Judge | Promise<Judge>;
}

/** Declares a check type: its name, its strict settings, and how it judges once they are known. */
export function defineCheckType<Shape extends z.ZodRawShape>(definition: Definition<Shape>): CheckType {
  const own = definition.settings.strip();
  return {
    type: definition.type,
    says: definition.says,
    settings: definition.settings,
    judgesErrors: definition.judgesErrors ?? false,
    complaint: (settings) => {
      const parsed = own.safeParse(settings);
      return parsed.success ? (definition.complaint?.(parsed.data) ?? null) : null;
    },
    prepare: async (settings, ports) => definition.prepare(own.parse(settings), ports),
  };
}
