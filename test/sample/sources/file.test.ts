import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/domain/json.js";
import type { Source } from "../../../src/sample/source.js";
import { sourceOf } from "../ports.js";
import {
  describeSource,
  type Failure,
  now,
  type Readings,
  readAll,
  record,
  type World,
} from "../source-contract.js";

interface Folder {
  readonly path: string;
  write(name: string, content: string | Buffer): void;
  append(name: string, content: string): void;
  source(settings: JsonObject): Source;
}

function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "evenkeel-"));
  return {
    path,
    write: (name, content) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    },
    append: (name, content) => appendFileSync(join(path, name), content),
    source: (settings) => sourceOf({ type: "file", ...settings }, { baseDir: path }),
  };
}

const line = (entry: Json): string => `${JSON.stringify(entry)}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, offset) => line(record(from + offset))).join("");
const ids = (read: Readings): string[] => read.outputs.map((output) => output.id);
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, offset) => `r${String(from + offset)}`);

const quoted = (value: Json | undefined): string => `"${String(value ?? "").replaceAll('"', '""')}"`;
const csvRow = (entry: JsonObject): string =>
  `${["id", "at", "output", "note", "evenkeelGolden"].map((name) => quoted(entry[name])).join(",")}\r\n`;

const failures: readonly Failure[] = [
  {
    name: "a file that is not there",
    code: "file-missing",
    retryable: true,
    source: async () => folder().source({ path: "nowhere.jsonl" }),
  },
  {
    name: "a pattern that matches nothing",
    code: "file-missing",
    retryable: true,
    source: async () => folder().source({ path: "exports/*.jsonl" }),
  },
  {
    name: "a folder instead of a file",
    code: "file-missing",
    retryable: true,
    source: async () => folder().source({ path: "." }),
  },
  {
    name: "a name that tells no format",
    code: "file-format",
    retryable: false,
    source: async () => {
      const { write, source } = folder();
      write("outputs.xlsx", "PK");
      return source({ path: "outputs.xlsx" });
    },
  },
];

async function idle(): Promise<Source> {
  const { write, source } = folder();
  write("empty.jsonl", "");
  return source({ path: "empty.jsonl" });
}

async function jsonlWorld(records: readonly JsonObject[]): Promise<World> {
  const { write, append, source } = folder();
  write("log.jsonl", records.map(line).join(""));
  return {
    open: () => source({ path: "*.jsonl" }),
    append: async (more) => append("log.jsonl", more.map(line).join("")),
  };
}

async function listWorld(records: readonly JsonObject[]): Promise<World> {
  const { write, source } = folder();
  const kept = [...records];
  const save = (): void => write("export.json", JSON.stringify(kept, null, 1));
  save();
  return {
    open: () => source({ path: "export.json" }),
    append: async (more) => {
      kept.push(...more);
      save();
    },
  };
}

async function csvWorld(records: readonly JsonObject[]): Promise<World> {
  const { write, append, source } = folder();
  write("export.csv", `\uFEFFid,at,output,note,evenkeelGolden\r\n${records.map(csvRow).join("")}`);
  return {
    open: () => source({ path: "export.csv" }),
    append: async (more) => append("export.csv", more.map(csvRow).join("")),
  };
}

async function manyFilesWorld(records: readonly JsonObject[]): Promise<World> {
  const { write, source } = folder();
  let files = 0;
  const save = (some: readonly JsonObject[]): void => {
    for (const entry of some) {
      files += 1;
      write(`day/${String(files).padStart(3, "0")}/part.jsonl`, line(entry));
    }
  };
  save(records);
  return { open: () => source({ path: "day/**/*.jsonl" }), append: async (more) => save(more) };
}

describeSource("file (JSONL)", { world: jsonlWorld, failures, idle });
describeSource("file (JSON list)", { world: listWorld, failures: [], idle });
describeSource("file (CSV)", { world: csvWorld, failures: [], idle });
describeSource("file (many files)", { world: manyFilesWorld, failures: [], idle });

describe("the file source follows files", () => {
  it("waits for the rest of a half-written last line", async () => {
    const { write, append, source } = folder();
    const half = JSON.stringify(record(1));
    write("log.jsonl", lines(0, 1) + half.slice(0, 20));
    const first = await readAll(source({ path: "log.jsonl" }));
    expect(ids(first)).toEqual(["r0"]);
    expect(first.asides).toEqual([]);
    append("log.jsonl", `${half.slice(20)}\n`);
    const second = await readAll(source({ path: "log.jsonl" }), first.cursor);
    expect(ids(second)).toEqual(["r1"]);
  });

  it("takes a last line without line break once its object closes, and only once", async () => {
    const { write, append, source } = folder();
    write("log.jsonl", lines(0, 2).trimEnd());
    const first = await readAll(source({ path: "log.jsonl" }));
    expect(ids(first)).toEqual(["r0", "r1"]);
    append("log.jsonl", `\n${lines(2, 3)}`);
    expect(ids(await readAll(source({ path: "log.jsonl" }), first.cursor))).toEqual(["r2"]);
  });

  it("sets a broken last line aside when nothing more is expected", async () => {
    const { write, source } = folder();
    write("log.jsonl", `${lines(0, 1)}{"id": "r1", "out`);
    const read = await readAll(source({ path: "log.jsonl", complete: true }));
    expect(ids(read)).toEqual(["r0"]);
    expect(read.asides).toHaveLength(1);
  });

  it.each(["log.jsonl", "log.jsonl*"])(
    "reads a renamed file to its end, then the new one (%s)",
    async (path) => {
      const { path: root, write, append, source } = folder();
      write("log.jsonl", lines(0, 4));
      const first = await readAll(source({ path }));
      append("log.jsonl", lines(4, 6));
      renameSync(join(root, "log.jsonl"), join(root, "log.jsonl.1"));
      write("log.jsonl", lines(6, 8));
      const second = await readAll(source({ path }), first.cursor);
      expect(ids(second)).toEqual(numbered(4, 8));
      append("log.jsonl.1", lines(20, 21));
      append("log.jsonl", lines(8, 9));
      const third = await readAll(source({ path }), second.cursor);
      expect(ids(third).sort()).toEqual(["r20", "r8"]);
      expect(ids(await readAll(source({ path }), third.cursor))).toEqual([]);
    },
  );

  it("finds every file again after a chain of renames", async () => {
    const { path: root, write, append, source } = folder();
    write("log.jsonl.1", lines(0, 2));
    write("log.jsonl", lines(2, 4));
    const first = await readAll(source({ path: "log.jsonl*" }));
    append("log.jsonl", lines(4, 5));
    renameSync(join(root, "log.jsonl.1"), join(root, "log.jsonl.2"));
    renameSync(join(root, "log.jsonl"), join(root, "log.jsonl.1"));
    write("log.jsonl", lines(5, 7));
    const second = await readAll(source({ path: "log.jsonl*" }), first.cursor);
    expect(ids(second)).toEqual(numbered(4, 7));
    expect(second.asides).toEqual([]);
  });

  it("reads on where a renamed file has no successor yet", async () => {
    const { path: root, write, append, source } = folder();
    write("log.jsonl", lines(0, 2));
    const first = await readAll(source({ path: "log.jsonl" }));
    append("log.jsonl", lines(2, 3));
    renameSync(join(root, "log.jsonl"), join(root, "log.jsonl.1"));
    expect(ids(await readAll(source({ path: "log.jsonl" }), first.cursor))).toEqual(["r2"]);
  });

  it("reads the copy to its end when a file is copied and truncated", async () => {
    const { path: root, write, append, source } = folder();
    write("log.jsonl", lines(0, 4));
    const first = await readAll(source({ path: "log.jsonl" }));
    append("log.jsonl", lines(4, 6));
    copyFileSync(join(root, "log.jsonl"), join(root, "log.jsonl.1"));
    truncateSync(join(root, "log.jsonl"));
    append("log.jsonl", lines(6, 8));
    const second = await readAll(source({ path: "log.jsonl" }), first.cursor);
    expect(ids(second)).toEqual(numbered(4, 8));
    expect(ids(await readAll(source({ path: "log.jsonl" }), second.cursor))).toEqual([]);
  });

  it("says what was lost when a file went away half read", async () => {
    const { path: root, write, source } = folder();
    write("a.jsonl", lines(0, 6));
    write("b.jsonl", lines(6, 7));
    const signal = new AbortController().signal;
    const first = await source({ path: "*.jsonl" }).read({ cursor: null, limit: 2, now, signal });
    rmSync(join(root, "a.jsonl"));
    const second = await readAll(source({ path: "*.jsonl" }), first.cursor);
    expect(ids(second)).toEqual(["r6"]);
    expect(second.asides[0]).toMatchObject({ where: "a.jsonl" });
    expect(second.asides[0]?.reason).toContain("went away before its end was read");
  });

  it("reads listed files in listed order", async () => {
    const { write, source } = folder();
    write("march.jsonl", lines(0, 2));
    write("june.jsonl", lines(2, 4));
    expect(ids(await readAll(source({ path: ["march.jsonl", "june.jsonl"] })))).toEqual(numbered(0, 4));
    expect(ids(await readAll(source({ path: ["june.jsonl", "march.jsonl"] })))).toEqual([
      "r2",
      "r3",
      "r0",
      "r1",
    ]);
  });

  it("stops when it is cancelled", async () => {
    const { write, source } = folder();
    write("log.jsonl", lines(0, 2));
    const signal = AbortSignal.abort();
    await expect(
      source({ path: "log.jsonl" }).read({ cursor: null, limit: 9, now, signal }),
    ).rejects.toMatchObject({
      code: "file-timeout",
      retryable: true,
    });
  });

  it("reads a JSON list from its beginning when it was not just continued", async () => {
    const { write, source } = folder();
    write("export.json", JSON.stringify({ rows: [record(0), record(1)] }));
    const settings = { path: "export.json", items: "rows" };
    const first = await readAll(source(settings));
    write("export.json", JSON.stringify({ rows: [record(9), record(0), record(1)] }));
    expect(ids(await readAll(source(settings), first.cursor))).toEqual(["r9", "r0", "r1"]);
  });
});

describe("the file source sets aside what it cannot read, and reads the rest", () => {
  it.each([
    ["a broken line", '{"id": "x", "output": "y', "breaks off"],
    ["a NUL", '{"id": "x", "output": "a\0b"}', "holds a NUL at byte 25"],
    [
      "Latin-1 bytes",
      Buffer.from('{"id": "x", "output": "café!"}', "latin1"),
      "is not UTF-8 (0xE9 at byte 27)",
    ],
    ["a line of 20 MB", `{"id":"x","output":"${"z".repeat(20_000_000)}"}`, "is 20000023 bytes long"],
    ["JSON nested too deep", "[".repeat(9_000) + "]".repeat(9_000), "nested deeper than 64"],
    ["a record without an output", '{"id": "x", "said": "y"}', "no output: none of output, response"],
    ["a bad number", '{"id": "x", "output": "y", "latency_ms": "fast"}', "latencyMs: fast is not a number"],
    ["a bad approval", '{"id": "x", "output": "y", "approval": "maybe"}', "approval: maybe is not approved"],
  ])("%s", async (_name, content, reason) => {
    const { write, source } = folder();
    const middle = Buffer.isBuffer(content) ? content : Buffer.from(content);
    write("log.jsonl", Buffer.concat([Buffer.from(lines(0, 2)), middle, Buffer.from(`\n${lines(2, 4)}`)]));
    const read = await readAll(source({ path: "log.jsonl" }));
    expect(ids(read)).toEqual(numbered(0, 4));
    expect(read.asides).toHaveLength(1);
    expect(read.asides[0]?.where).toBe("log.jsonl:3");
    expect(read.asides[0]?.reason).toContain(reason);
    expect([...(read.asides[0]?.excerpt ?? "")].length).toBeLessThanOrEqual(120);
  });

  it("reads past a byte order mark, empty lines and Windows line ends", async () => {
    const { write, source } = folder();
    write("log.jsonl", `\uFEFF${lines(0, 1)}\r\n\r\n${lines(1, 2).trimEnd()}\r\n\uFEFF${lines(2, 3)}`);
    const read = await readAll(source({ path: "log.jsonl" }));
    expect(ids(read)).toEqual(numbered(0, 3));
    expect(read.asides).toEqual([]);
  });

  it("a CSV row with too many cells", async () => {
    const { write, source } = folder();
    write(
      "a.csv",
      'id;output;model\nr0;fine, really;m\nr1;one;two;three\nr2;"two\nlines; and ""quotes""";m\n',
    );
    const read = await readAll(source({ path: "a.csv" }));
    expect(ids(read)).toEqual(["r0", "r2"]);
    expect(read.outputs.map((output) => output.text)).toEqual(["fine, really", 'two\nlines; and "quotes"']);
    expect(read.asides[0]).toMatchObject({ where: "a.csv:3", reason: "has 4 cells, the header has 3" });
  });

  it("a CSV row that opens a quote and never closes it, in a file nobody writes any more", async () => {
    const { write, source } = folder();
    write("a.csv", 'id,output\nr0,fine\nr2,5" screen\nr1,"broken\nr3,fine\n');
    const read = await readAll(source({ path: "a.csv", complete: true }));
    expect(ids(read)).toEqual(["r0", "r2", "r3"]);
    expect(read.asides[0]).toMatchObject({ where: "a.csv:4", reason: "opens a quote that never closes" });
  });

  it("a JSON list that is broken, one of many, once per version", async () => {
    const { write, source } = folder();
    write("export.json", '[{"id": "r0"');
    const first = await readAll(source({ path: "*.json" }));
    expect(first.asides[0]?.reason).toContain("breaks off");
    const second = await readAll(source({ path: "*.json" }), first.cursor);
    expect(second.asides).toEqual([]);
    write("export.json", JSON.stringify([record(0)]));
    expect(ids(await readAll(source({ path: "*.json" }), second.cursor))).toEqual(["r0"]);
  });

  it("keeps keys of prototypes harmless", async () => {
    const { write, source } = folder();
    write(
      "log.jsonl",
      '{"id":"r0","output":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}\n',
    );
    const read = await readAll(source({ path: "log.jsonl" }));
    expect(read.outputs).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("a JSON list that the configuration names", () => {
  it.each([
    ["broken", '[{"id": "r0"', /^export\.json: .*breaks off/],
    ["a page of HTML", "<!doctype html><p>Signed out</p>", /^export\.json: is not JSON/],
    ["without a list", '{"message": "no rights"}', /^export\.json: holds no list of records/],
  ])(
    "makes the source unreadable when it is %s, and is read on once it is whole",
    async (_, text, reason) => {
      const { write, source } = folder();
      const open = (): Source => source({ path: "export.json" });
      write("export.json", JSON.stringify([record(0)]));
      const first = await readAll(open());
      write("export.json", text);
      await expect(readAll(open(), first.cursor)).rejects.toThrow(reason);
      write("export.json", JSON.stringify([record(0), record(1)]));
      expect(ids(await readAll(open(), first.cursor))).toEqual(["r1"]);
    },
  );

  it("says when the path is a folder", async () => {
    const { write, source } = folder();
    write("exports/log.jsonl", lines(0, 1));
    await expect(readAll(source({ path: "exports" }))).rejects.toThrow(
      'exports: there is no such file, it is a folder; for the files in it write "exports/*.jsonl"',
    );
  });
});

describe("the file source takes odd text as it is", () => {
  it.each([
    ["bidirectional controls", "safe \u202eexe.txt\u202c"],
    ["control characters", "a\u0000b\u001b[31m\u0007"],
    ["half a surrogate pair", "broken \ud83d end"],
    ["a megabyte without a line break", "x".repeat(1_000_000)],
    ["many emoji", "🙂".repeat(200_000)],
    ["markup", '<script>alert("x")</script> <!channel> =1+1'],
  ])("%s", async (_name, text) => {
    const { write, source } = folder();
    write("log.jsonl", line({ id: "a", output: text }));
    const read = await readAll(source({ path: "log.jsonl" }));
    expect(read.asides).toEqual([]);
    expect(read.outputs[0]?.text === text).toBe(true);
  });
});

describe("times: end-now", () => {
  it("moves every time by one amount, fixed at the first reading", async () => {
    const { write, append, source } = folder();
    write("log.jsonl", lines(0, 7));
    const open = (): Source => source({ path: "log.jsonl", times: "end-now" });
    const first = await readAll(open());
    expect(first.outputs.at(-1)?.at).toBe(now);
    expect(first.outputs[0]?.at).toBe(now - 6 * 60_000);
    append("log.jsonl", lines(7, 8));
    const later = await open().read({
      cursor: first.cursor,
      limit: 9,
      now: now + 86_400_000,
      signal: new AbortController().signal,
    });
    expect(later.outputs[0]?.at).toBe(now + 60_000);
  });

  it("leaves records without times without times", async () => {
    const { write, source } = folder();
    write("log.jsonl", line({ id: "a", output: "x" }));
    const read = await readAll(source({ path: "log.jsonl", times: "end-now" }));
    expect(read.outputs[0]?.at).toBeNull();
  });
});
