/**
 * What every source is: it hands back outputs after a cursor, and the next cursor. A page of at most
 * `limit` records is read at a time; the cursor alone, stored and given back, continues where it ended.
 * A source never judges, never stores, never waits beyond its time-out.
 */
import type { z } from "zod";
import type { Json } from "../domain/json.js";
import type { Aside, ForeignRow, OutputDraft } from "../domain/output.js";
import type { CommandRunner, HttpClient, SecretReader } from "../domain/ports.js";
import type { Mapping } from "./mapping.js";

/** One reading. */
export interface SourceRequest {
  /** What the last committed reading returned; null: from the beginning. */
  readonly cursor: Json | null;
  /** Most records to hand back. */
  readonly limit: number;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** What a reading brought. */
export interface SourceRead {
  readonly outputs: readonly OutputDraft[];
  readonly asides: readonly Aside[];
  /** Records that name another automation; absent: none. */
  readonly foreign?: readonly ForeignRow[];
  readonly cursor: Json;
  /** True when another reading would bring more at once. */
  readonly more: boolean;
}

/** A configured source. Rejects with SourceError when it cannot be read. */
export interface Source {
  read(request: SourceRequest): Promise<SourceRead>;
}

/** What sources may use of the outside. */
export interface SourcePorts {
  readonly http: HttpClient;
  readonly command: CommandRunner;
  readonly secret: SecretReader;
  /** Relative paths start here: the folder of the configuration file. */
  readonly baseDir: string;
}

/** A kind of source, with its own settings hidden behind their schema. */
export interface SourceType {
  readonly type: string;
  readonly settings: z.ZodObject;
  readonly prepare: (settings: unknown, ports: SourcePorts, map: Mapping) => Source;
}

/** Declares a kind of source: one file in `sources/`, one line in `sources/all.ts`. */
export function defineSourceType<Shape extends z.core.$ZodLooseShape>(declared: {
  readonly type: string;
  readonly settings: z.ZodObject<Shape, z.core.$strict>;
  readonly prepare: (
    settings: z.output<z.ZodObject<Shape, z.core.$strict>>,
    ports: SourcePorts,
    map: Mapping,
  ) => Source;
}): SourceType {
  return {
    type: declared.type,
    settings: declared.settings,
    prepare: (settings, ports, map) => declared.prepare(declared.settings.parse(settings), ports, map),
  };
}
