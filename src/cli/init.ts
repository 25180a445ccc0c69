import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { KnownError } from "../domain/errors.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { type InitOptions, initAnswers } from "./init-answers.js";
import { firstConfig, type InitAnswers } from "./init-config.js";
import { clean, type Outcome } from "./outcome.js";
import { pad, widest } from "./table.js";

type Options = CommonOptions & InitOptions & { readonly dryRun?: boolean };

/** The package's own folder, from the sources as well as from the built files. */
const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** `evenkeel init`: a first configuration, with checks for the kinds of automation there are. */
export function addInit(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("init"))
    .description("write a first configuration, with checks for your kinds of automation")
    .option("--kind <name>", "a kind of automation; may be given several times", collect)
    .option("--name <name>", "name of the business")
    .option("--owner <name>", "who looks after the automations")
    .option("--email <address>", "their e-mail address")
    .option("--time-zone <zone>", "such as Europe/Vienna; default: this computer's")
    .option("--yes", "ask nothing; what is not given stays as usual")
    .option("--dry-run", "print what would be written")
    .action((options: Options) => context.run(options, () => init(context, options)));
}

function collect(word: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), word];
}

/** A file to write. */
interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly holds: string;
}

async function init({ terminal }: CommandContext, options: Options): Promise<Outcome> {
  const config = options.config ?? "evenkeel.config.json";
  refuseExisting([config]);
  const answers = await initAnswers(terminal, options);
  const files = filesOf(config, answers);
  if (options.dryRun === true) {
    const lines = files.flatMap(({ path, text }) => [`==== ${path}`, ...text.trimEnd().split("\n"), ""]);
    const data = { written: [], files: files.map(({ path, text }) => ({ path, text })) };
    return clean(data, lines.slice(0, -1), { notes: ["nothing was written"] });
  }
  refuseExisting(files.map(({ path }) => path));
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    // "wx": what somebody else made in the meantime is not overwritten either
    writeFileSync(path, text, { flag: "wx" });
  }
  const width = widest(files.map(({ path }) => path));
  const count = sayCount(answers.kinds.length, "automation");
  return clean(
    { written: files.map(({ path }) => path) },
    [
      terminal.colors.bold(`${answers.name}: a first configuration for ${count}`),
      "",
      ...files.map(({ path, holds }) => `  ${pad(path, width)}  ${holds}`),
    ],
    {
      notes: [
        "EDIT marks what is only an example, above all where outputs are read from; ADAPT marks the lines of a check that hold something of your business",
      ],
      next: { command: "validate" },
    },
  );
}

function filesOf(config: string, answers: InitAnswers): readonly NewFile[] {
  const folder = dirname(config);
  const checks = answers.kinds.map(({ id }) => {
    const pack = readFileSync(join(packageFolder, "checks/packs", `${id}.json`), "utf8");
    const path = join(folder, "checks", `${id}.json`);
    const schema = schemaBeside(path, "checks.schema.json");
    const line = schema === null ? "" : `  "$schema": ${JSON.stringify(schema)},\n`;
    const text = pack.replace(/^ {2}"\$schema": .*\n/m, () => line);
    return { path, text, holds: sayCount(pack.match(/\/\/ why: /g)?.length ?? 0, "check") };
  });
  const text = firstConfig(answers, schemaBeside(config, "config.schema.json"));
  return [{ path: config, text, holds: "people, automations, sources" }, ...checks];
}

/** The path of a JSON Schema as a file names it; null where the package is installed elsewhere than beside it. */
function schemaBeside(file: string, name: string): string | null {
  const schema = join(packageFolder, "fixtures/schema", name);
  const isNear = !relative(process.cwd(), schema).startsWith("..");
  return isNear ? relative(dirname(resolve(file)), schema).replaceAll("\\", "/") : null;
}

function refuseExisting(paths: readonly string[]): void {
  const existing = paths.filter((path) => existsSync(path));
  if (existing.length === 0) return;
  const verb = existing.length === 1 ? "exists" : "exist";
  throw new KnownError(
    "init-exists",
    `${existing.join(", ")} ${verb} already; nothing was written\nmove ${existing.length === 1 ? "it" : "them"} away, or write elsewhere with --config FOLDER/evenkeel.config.json`,
  );
}
