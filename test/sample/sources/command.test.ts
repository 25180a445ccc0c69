import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/domain/json.js";
import type { Source } from "../../../src/sample/source.js";
import { sourceOf } from "../ports.js";
import { describeSource, type Failure, readAll, record, type World } from "../source-contract.js";

const node = (script: string, ...words: string[]): string[] => [process.execPath, "-e", script, ...words];
const printing = async (script: string, settings: JsonObject = {}): Promise<Source> =>
  sourceOf({ type: "command", argv: node(script), ...settings });

async function world(records: readonly JsonObject[]): Promise<World> {
  const kept = [...records];
  const path = join(mkdtempSync(join(tmpdir(), "evenkeel-")), "records.jsonl");
  const write = (): void => writeFileSync(path, kept.map((entry) => JSON.stringify(entry)).join("\n"));
  write();
  return {
    open: () =>
      sourceOf({
        type: "command",
        argv: node("process.stdout.write(require('node:fs').readFileSync(process.argv[1]))", path),
      }),
    append: async (more) => {
      kept.push(...more);
      write();
    },
  };
}

const failures: readonly Failure[] = [
  {
    name: "a program that hangs",
    code: "command-timeout",
    retryable: true,
    source: () => printing("setInterval(() => {}, 1000)", { timeout: "200ms" }),
  },
  {
    name: "a program that is not there",
    code: "command-missing",
    retryable: false,
    source: async () => sourceOf({ type: "command", argv: ["no-such-program-here"] }),
  },
  {
    name: "a program that fails",
    code: "source-unavailable",
    retryable: true,
    source: () => printing("process.exit(2)"),
  },
  {
    name: "text instead of JSON",
    code: "source-body",
    retryable: false,
    source: () => printing("console.log('hello')"),
  },
  {
    name: "output over the limit",
    code: "command-too-large",
    retryable: false,
    source: () => printing("console.log('x'.repeat(9999))", { maxBytes: 100 }),
  },
];

describeSource("command", { world, failures, idle: () => printing("") });

describe("the command source", () => {
  const echo =
    "console.log(JSON.stringify([{ id: process.argv[1], at: '2026-03-01T08:30:00Z', output: process.argv[2], n: 7 }]))";

  it("fills in how far it came", async () => {
    const source = sourceOf({
      type: "command",
      argv: node(echo, "{since}", "after={cursor}"),
      cursor: "n",
      overlap: "10m",
    });
    const first = await readAll(source);
    expect(first.outputs[0]).toMatchObject({ id: "1970-01-01T00:00:00.000Z", text: "after=" });
    const second = await readAll(source, first.cursor);
    expect(second.outputs[0]).toMatchObject({ id: "2026-03-01T08:20:00.000Z", text: "after=7" });
  });

  it("finds the list in a document", async () => {
    const source = await printing(
      `console.log(JSON.stringify({ page: { rows: [${JSON.stringify(record(1))}] } }))`,
      {
        items: "page.rows",
      },
    );
    expect((await readAll(source)).outputs.map((output) => output.id)).toEqual(["r1"]);
  });

  it("sets a broken line aside", async () => {
    const source = await printing(
      `console.log('{"id":"a","output":"x"}\\n{"id":\\n{"id":"b","output":"y"}')`,
    );
    const read = await readAll(source);
    expect(read.outputs.map((output) => output.id)).toEqual(["a", "b"]);
    expect(read.asides).toHaveLength(1);
    expect(read.asides[0]?.where).toMatch(/:2$/);
  });
});
