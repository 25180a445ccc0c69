import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/domain/json.js";
import type { Aside, OutputDraft } from "../../src/domain/output.js";
import type { Source } from "../../src/sample/source.js";

/** An instant that no test depends on. */
export const now = Date.UTC(2026, 2, 2, 9);

/** What a run of readings brought. */
export interface Readings {
  readonly outputs: readonly OutputDraft[];
  readonly asides: readonly Aside[];
  readonly cursor: Json;
  readonly readings: number;
}

/** Reads until the source says there is no more; every cursor goes through JSON as the store keeps it. */
export async function readAll(source: Source, from: Json | null = null, limit = 3): Promise<Readings> {
  const outputs: OutputDraft[] = [];
  const asides: Aside[] = [];
  let cursor = from;
  for (let readings = 1; readings <= 60; readings += 1) {
    const read = await source.read({ cursor, limit, now, signal: new AbortController().signal });
    expect(read.outputs.length).toBeLessThanOrEqual(limit);
    outputs.push(...read.outputs);
    asides.push(...read.asides);
    cursor = JSON.parse(JSON.stringify(read.cursor));
    if (!read.more) return { outputs, asides, cursor, readings };
  }
  throw new Error("the source never comes to an end");
}

/** A world in which a source finds records; `open` builds the source anew, as after a restart. */
export interface World {
  open(): Source;
  append(records: readonly JsonObject[]): Promise<void>;
}

/** A way in which a source cannot be read. */
export interface Failure {
  readonly name: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly source: () => Promise<Source>;
}

/** What the contract needs to know of a kind of source. */
export interface SourceUnderTest {
  /** null: its outputs do not come by reading. */
  readonly world: ((records: readonly JsonObject[]) => Promise<World>) | null;
  readonly failures: readonly Failure[];
  readonly idle: () => Promise<Source>;
}

/** A record as an automation would leave it. */
export function record(index: number): JsonObject {
  const at = new Date(Date.UTC(2026, 2, 1, 8, index)).toISOString();
  return {
    id: `r${String(index)}`,
    at,
    output: `answer ${String(index)}`,
    note: 'naïve ☂, "quoted"; and more',
  };
}

const records = (from: number, to: number): JsonObject[] =>
  Array.from({ length: to - from }, (_, offset) => record(from + offset));
const ids = (read: Readings): string[] => read.outputs.map((output) => output.id);
const expected = (from: number, to: number): string[] => records(from, to).map((entry) => String(entry.id));

/** The contract every kind of source keeps. */
export function describeSource(name: string, tested: SourceUnderTest): void {
  describe(`the ${name} source keeps the contract of sources`, () => {
    it("starts anew from a cursor it does not know", async () => {
      const source = await tested.idle();
      const read = source.read({ cursor: { odd: [1] }, limit: 3, now, signal: new AbortController().signal });
      expect((await read).outputs).toEqual([]);
    });

    it.each(tested.failures)("says so when it meets $name", async ({ source, code, retryable }) => {
      await expect(readAll(await source())).rejects.toMatchObject({ name: "SourceError", code, retryable });
    });

    const { world } = tested;
    if (world === null) return;

    it("hands everything back page by page, in order and once", async () => {
      const { open } = await world(records(0, 8));
      const read = await readAll(open());
      expect(ids(read)).toEqual(expected(0, 8));
      expect(read.asides).toEqual([]);
      expect(read.outputs[2]).toMatchObject({ at: Date.UTC(2026, 2, 1, 8, 2), text: "answer 2" });
    });

    it("gives nothing twice after a restart from the stored cursor, and then what is new", async () => {
      const { open, append } = await world(records(0, 4));
      const first = await readAll(open());
      const second = await readAll(open(), first.cursor);
      expect(ids(second)).toEqual([]);
      await append(records(4, 9));
      const third = await readAll(open(), second.cursor);
      expect(ids(third)).toEqual(expected(4, 9));
      expect(ids(await readAll(open(), third.cursor))).toEqual([]);
    });

    it("continues in the middle after a restart", async () => {
      const { open } = await world(records(0, 8));
      const signal = new AbortController().signal;
      const begun = await open().read({ cursor: null, limit: 5, now, signal });
      const rest = await readAll(open(), JSON.parse(JSON.stringify(begun.cursor)));
      expect([...begun.outputs.map((output) => output.id), ...ids(rest)]).toEqual(expected(0, 8));
    });

    it("sets aside what cannot be mapped and goes on", async () => {
      const { open } = await world([record(0), { ...record(1), at: "yesterday" }, record(2)]);
      const read = await readAll(open());
      expect(ids(read)).toEqual(["r0", "r2"]);
      expect(read.asides).toHaveLength(1);
      expect(read.asides[0]?.reason).toBe("at: yesterday is not a time such as 2026-03-01T09:30:00Z");
      expect(read.asides[0]?.where).not.toBe("");
    });

    it("leaves out what a golden run caused", async () => {
      const { open } = await world([record(0), { ...record(1), evenkeelGolden: "run-7" }, record(2)]);
      const read = await readAll(open());
      expect(ids(read)).toEqual(["r0", "r2"]);
      expect(read.asides).toEqual([]);
    });
  });
}
