import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Command } from "commander";
import { checkTypes } from "../check/registry.js";
import { checkSettings } from "../check/settings.js";
import { KnownError } from "../domain/errors.js";
import { isJsonObject, type JsonObject } from "../domain/json.js";
import { assemble } from "../import/assemble.js";
import type { Found, Imported } from "../import/imported.js";
import { kebab } from "../import/names.js";
import { readOpenAiEvals } from "../import/openai-evals.js";
import { readPromptfoo } from "../import/promptfoo.js";
import { hang } from "../notify/plain.js";
import { checkFileText } from "../text/check-file-text.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { findConfig } from "./find-config.js";
import { createImportFiles, type ImportFiles } from "./import-files.js";
import { clean, type Outcome } from "./outcome.js";
import { visible, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

interface ImportOptions extends CommonOptions {
  readonly name?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly items?: string;
  readonly eval?: string;
}

/** `evenkeel import promptfoo|openai-evals <file>`: another system's checks and cases as ours. */
export function addImport(program: Command, context: CommandContext): void {
  const group = program
    .command("import")
    .description("take over checks and known answers from another system");
  withPlace(group.command("promptfoo <file>"))
    .description("a promptfoo configuration: its asserts as checks, its tests as a golden set")
    .action((file: string, options: ImportOptions) =>
      context.run(options, async () => importPromptfoo(context.terminal, file, options)),
    );
  withPlace(group.command("openai-evals <file>"))
    .description("an eval of the OpenAI Evals API: its graders as checks, its items as a golden set")
    .option("--items <file>", "where the items of its data source are, if not in the file")
    .option("--eval <name>", "which eval, where the file holds several")
    .action((file: string, options: ImportOptions) =>
      context.run(options, async () => importOpenAiEvals(context.terminal, file, options)),
    );
}

function withPlace(command: Command): Command {
  return withCommonOptions(command)
    .option("--name <name>", "name of the written files; default: from what is imported")
    .option("--out <folder>", "where to write; default: beside the configuration")
    .option("--dry-run", "print the files instead of writing them");
}

function importPromptfoo(terminal: Terminal, file: string, options: ImportOptions): Outcome {
  const files = createImportFiles();
  const source = files.open(file);
  const description = isJsonObject(source.value) ? source.value.description : undefined;
  const name = kebab(options.name ?? (typeof description === "string" ? description : ""), "promptfoo");
  return finish(terminal, { found: readPromptfoo(source), name, file, files, options });
}

function importOpenAiEvals(terminal: Terminal, file: string, options: ImportOptions): Outcome {
  const files = createImportFiles();
  const sources = [file, ...(options.items === undefined ? [] : [options.items])].map(files.open);
  const found = readOpenAiEvals(sources, options.eval ?? null);
  const name = kebab(options.name ?? found.name, "openai-evals");
  return finish(terminal, { found, name, file, files, options });
}

interface Job {
  readonly found: Found;
  readonly name: string;
  readonly file: string;
  readonly files: ImportFiles;
  readonly options: ImportOptions;
}

function finish(terminal: Terminal, job: Job): Outcome {
  const imported = assemble(job.found, complaintAbout);
  const left = imported.notCarried.map(({ place, what, why }) => ({
    where: job.files.placeOf(place),
    what,
    why,
  }));
  const written = filesOf(job, imported);
  const folder = job.options.out ?? besideConfig(terminal, job.options);
  const paths = written.map(({ path }) => relative(process.cwd(), join(folder, path)) || path);
  if (job.options.dryRun !== true) write(folder, written);
  const active = imported.checks.filter((check) => check.active).length;
  const drafts = imported.checks.length - active;
  const lines = [
    terminal.colors.bold(`${visible(job.file)}: ${headOf(active, drafts, imported.goldenCases.length)}.`),
    ...(job.options.dryRun === true
      ? written.flatMap(({ text }, at) => ["", `${paths[at]}:`, text.trimEnd()])
      : paths.map((path) => `  ${path}`)),
    ...leftLines(terminal, left),
  ];
  const notes = notesOf(written, paths, drafts, job.options.dryRun === true);
  const data = {
    checks: imported.checks,
    goldenCases: imported.goldenCases.length,
    notCarried: left,
    files: paths,
  };
  if (written.length === 0 || job.options.dryRun === true) return clean(data, lines, { notes });
  return clean(data, lines, {
    notes,
    next: { command: "validate", why: "once the configuration names them" },
  });
}

/** What a check file may not hold, in one sentence; null when it may. */
function complaintAbout(settings: JsonObject): string | null {
  if (!checkTypes.has(String(settings.type))) return `this version has no check type "${settings.type}"`;
  const checked = checkSettings.safeParse(settings);
  if (checked.success) return null;
  return checked.error.issues
    .slice(0, 2)
    .map(({ path, message }) =>
      path.length === 0 || message.startsWith(`${path.join(".")} `)
        ? message
        : `${path.join(".")}: ${message}`,
    )
    .join("; ");
}

interface WrittenFile {
  readonly path: string;
  readonly text: string;
}

function filesOf({ name, file }: Job, { checks, goldenCases }: Imported): readonly WrittenFile[] {
  const drafts = checks.some(({ active }) => !active);
  const head = [
    `Taken over from ${file}. Read it through before it counts.`,
    ...(drafts ? ["What is commented out lacks something that only you know."] : []),
  ];
  const ready = checks.some(({ active }) => active) ? checks : [...checks, answerCame];
  const golden = goldenCases.map((each) => `${JSON.stringify(each)}\n`).join("");
  return [
    ...(checks.length === 0
      ? []
      : [{ path: join("checks", `${name}.json`), text: checkFileText(head, ready) }]),
    ...(goldenCases.length === 0 ? [] : [{ path: join("golden", `${name}.jsonl`), text: golden }]),
  ];
}

/** A check file holds at least one check. */
const answerCame = {
  settings: { id: "answer-came", title: "An answer came back", type: "not-empty" },
  comments: ["Not taken over: a check file needs one check that is not commented out."],
  active: true,
};

function besideConfig(terminal: Terminal, { config }: CommonOptions): string {
  try {
    return dirname(findConfig(config, terminal.outside.environment));
  } catch (thrown) {
    // without a configuration, here
    if (thrown instanceof KnownError && config === undefined) return ".";
    throw thrown;
  }
}

function write(folder: string, files: readonly WrittenFile[]): void {
  const there = files.map(({ path }) => join(folder, path)).filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new KnownError(
      "import-exists",
      `${there.join(" and ")}: there already; name others with --name, or write elsewhere with --out`,
    );
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: "wx" });
  }
}

function headOf(active: number, drafts: number, cases: number): string {
  const parts = [
    sayCount(active, "check"),
    ...(drafts === 0 ? [] : [`${sayCount(drafts, "draft")} to fill in`]),
    sayCount(cases, "golden case"),
  ];
  return parts.join(", ");
}

function leftLines(
  terminal: Terminal,
  left: readonly { where: string; what: string; why: string }[],
): readonly string[] {
  if (left.length === 0) return [];
  return [
    "",
    `Not carried over (${left.length})`,
    ...left.flatMap(({ where, what, why }) =>
      hang([visible(`${where}  ${what}: ${why}`)], { first: "  ", rest: "    ", width: widthOf(terminal) }),
    ),
  ];
}

function notesOf(
  written: readonly WrittenFile[],
  paths: readonly string[],
  drafts: number,
  dryRun: boolean,
): readonly string[] {
  if (written.length === 0) return ["nothing could be carried over, nothing was written"];
  const checks = paths.find((path) => path.endsWith(".json"));
  const golden = paths.find((path) => path.endsWith(".jsonl"));
  return [
    ...(dryRun ? ["nothing was written"] : []),
    ...(drafts === 0
      ? []
      : [
          `${sayCount(drafts, "check")} ${drafts === 1 ? "is" : "are"} commented out in ${checks}; the comment says what to fill in`,
        ]),
    `the configuration names them: ${[
      ...(checks === undefined ? [] : [`"checks": ["${checks}"]`]),
      ...(golden === undefined ? [] : [`"golden": { "cases": "${golden}", "probe": ... }`]),
    ].join(" and ")}`,
  ];
}
