import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Exported, exportsOf, takenBy, withoutComments } from "./exports.js";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** Layers from the ground up; a room imports only from layers below its own, or from itself. */
const layers: readonly (readonly string[])[] = [
  ["domain"],
  ["measure", "text", "wording", "chart", "token"],
  [
    "automation",
    "schedule",
    "sample",
    "check",
    "golden",
    "import",
    "model",
    "drift",
    "incident",
    "notify",
    "review",
    "value",
    "report",
    "store",
    "platform",
  ],
  ["config", "flow"],
  ["http"],
  ["daemon.ts", "assembly.ts", "pulse.ts"],
  ["cli"],
];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function walk(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name !== "node_modules");
  return names.flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
}

const roomOf = (path: string) => path.split("/")[0] ?? path;
const importPattern = /(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)|^import "([^"]+)"/gm;

const files: readonly SourceFile[] = walk(src).map((path) => {
  const text = readFileSync(path, "utf8");
  const imports = [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return { path: relative(src, path), room: roomOf(relative(src, path)), text, imports };
});

const tests = walk(fileURLToPath(new URL(".", import.meta.url))).map(
  (path) => [path, readFileSync(path, "utf8")] as const,
);

const speaksOf = (exported: Exported, name: string) =>
  exported.name !== name && new RegExp(`\\b${name}\\b`).test(exported.signature);

const layerOf = (room: string) => layers.findIndex((rooms) => rooms.includes(room));
/** The code alone: no comments, no strings, no imports (which may rename with "as"). */
function codeOf(file: SourceFile): string {
  return withoutComments(file.text)
    .replace(/^(import|export)\s[^;]*?from\s+"[^"]+";/gm, "")
    .replace(/`[^`]*`|"[^"\n]*"/g, '""');
}

describe("the rooms", () => {
  it("holds only rooms that are on the map", () => {
    expect([...new Set(files.map((file) => file.room))].filter((room) => layerOf(room) < 0)).toEqual([]);
  });

  it("imports one way, and never between rooms of one layer", () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter((target) => target.startsWith("."))
        .map((target) =>
          roomOf(relative(src, resolve(src, dirname(file.path), target))).replace(/\.js$/, ".ts"),
        )
        .filter((room) => room !== file.room)
        // the files of the joining layer know each other
        .filter((room) => !(layerOf(room) === 5 && layerOf(file.room) === 5))
        .filter((room) => layerOf(room) >= layerOf(file.room))
        .map((room) => `${file.path} imports ${room}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets only the joining layer and the command line read configuration", () => {
    const wrong = files.filter(
      (file) =>
        !["config", "daemon.ts", "assembly.ts", "cli"].includes(file.room) &&
        file.imports.some((target) => /(^|\/)config\//.test(target)),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it.each([
    ["@slack/web-api", /^notify\/slack|^notify\/channels\/slack/],
    ["@slack/socket-mode", /^notify\/slack-socket/],
    ["nodemailer", /^notify\/channels\/email\.ts$/],
    ["ajv", /^check\/types\/json-schema/],
    ["node-sql-parser", /^check\/sql-reader\.ts$/],
    ["better-sqlite3", /^store\/|^sample\/sources\/sqlite/],
    ["undici", /^platform\//],
    ["node-cron", /^platform\/|^schedule\//],
  ])("gives %s one owner", (sdk, owner) => {
    const users = files.filter((file) =>
      file.imports.some((target) => target === sdk || target.startsWith(`${sdk}/`)),
    );
    expect(users.map((file) => file.path).filter((path) => !owner.test(path))).toEqual([]);
  });

  it("opens SQLite files in one place, which keeps what Node must not collect", () => {
    const code = [...files.map((file) => [file.path, codeOf(file)] as const), ...tests];
    const opens = /\bnew Database\(/;
    const wrong = code.filter(([path, text]) => !/[/\\]bench[/\\]/.test(path) && opens.test(text));
    expect(wrong.map(([path]) => path)).toEqual(["store/connect.ts"]);
  });

  it("keeps clock, chance, network, environment and console in platform and cli", () => {
    const effects =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(env|argv|stdout|stderr|exit)|\bconsole\.|(?<![.\w])fetch\(/;
    const wrong = files.filter(
      (file) => !["platform", "cli"].includes(file.room) && effects.test(codeOf(file)),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});

describe("how it is written", () => {
  it.each([
    ["any", /:\s*any\b|<any>|\bas any\b/],
    [
      "a cast other than as const",
      /\)\s+as\s+(?!const\b)[A-Z{]|\w\s+as\s+(?!const\b)(unknown|[A-Z]\w*)\b(?![^{}]*\}\s*from)/,
    ],
    ["a default export", /^export default/m],
    ["raw HTML", /dangerouslySetInnerHTML|\braw\(/],
    ["a note to do it later", /\b(TODO|FIXME|XXX)\b/],
  ])("holds no %s", (_, pattern) => {
    expect(files.filter((file) => pattern.test(codeOf(file))).map((file) => file.path)).toEqual([]);
  });

  it("swallows nothing: a catch that does nothing says why", () => {
    expect(
      files.filter((file) => /catch\s*(\([^)]*\))?\s*\{\s*\}/.test(file.text)).map((file) => file.path),
    ).toEqual([]);
  });

  it("exports only what another file takes, and the types its own exports speak of", () => {
    const texts = [...files.map((file) => [join(src, file.path), file.text] as const), ...tests];
    const taken = new Set(
      texts.flatMap(([path, text]) =>
        takenBy(text).map(({ from, name }) => `${resolve(dirname(path), from).replace(/\.js$/, "")} ${name}`),
      ),
    );
    const idle = files.flatMap((file) => {
      const path = join(src, file.path).replace(/\.tsx?$/, "");
      if (taken.has(`${path} *`)) return [];
      const exported = exportsOf(file.text);
      return exported
        .filter(({ name }) => !taken.has(`${path} ${name}`))
        .filter(({ name, isType }) => !isType || !exported.some((other) => speaksOf(other, name)))
        .map(({ name }) => `${file.path}: ${name}`);
    });
    expect(idle).toEqual([]);
  });

  it("keeps files readable in one sitting: at most 250 lines", () => {
    const long = files
      .map((file) => [file.path, file.text.split("\n").length] as const)
      .filter(([, lines]) => lines > 250);
    expect(long).toEqual([]);
  });

  it("says in a sentence what every exported function, class and type is for", () => {
    const bare = files.flatMap((file) => {
      const lines = file.text.split("\n");
      return lines.flatMap((line, index) => {
        const named = /^export (?:async )?(?:function|class|interface|type|const) (\w+)/.exec(line);
        if (named === null) return [];
        const before = lines[index - 1] ?? "";
        return before.trimEnd().endsWith("*/") ? [] : [`${file.path}: ${named[1]}`];
      });
    });
    expect(bare).toEqual([]);
  });
});
