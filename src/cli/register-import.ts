import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { automationSettings } from "../config/settings.js";
import { KnownError, messageOf } from "../domain/errors.js";
import { type ColumnPart, columnParts, nameKey } from "../import/register/columns.js";
import { readSheet, type SheetRead, type TakenRow } from "../import/register/read-sheet.js";
import type { CellProblem } from "../import/register/row-reader.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import { meantHint } from "../text/nearest.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import type { Outcome } from "./outcome.js";
import { reportImport } from "./register-import-report.js";
import { writeEntries } from "./register-write.js";
import type { Terminal } from "./terminal.js";
import { openWorkplace, type Workplace } from "./workplace.js";

interface ImportOptions extends CommonOptions {
  readonly write?: boolean;
  readonly map?: readonly string[];
  readonly currency?: string;
  readonly dates?: string;
}

/** `evenkeel register import <file.csv>`: the spreadsheet people keep today as entries of the register. */
export function addRegisterImport(register: Command, context: CommandContext): void {
  withCommonOptions(register.command("import <file>"))
    .description("take over the list of tools you keep as CSV; writes nothing without --write")
    .option("--write", "put the entries into the configuration; comments and layout of it stay")
    .option("--map <heading=part...>", `what a heading means; parts: ${columnParts.join(", ")}`)
    .option("--currency <currency>", "currency of amounts that name none, such as EUR")
    .option("--dates <order>", "day-first or month-first, where figures leave it open")
    .action((file: string, options: ImportOptions) =>
      context.run(options, () => importSheet(context.terminal, file, options)),
    );
}

async function importSheet(terminal: Terminal, file: string, options: ImportOptions): Promise<Outcome> {
  const settings = {
    map: mapOf(options.map ?? []),
    currency: currencyOf(options.currency),
    dates: datesOf(options.dates),
  };
  const workplace = await openWorkplace(terminal, options.config);
  const read = readSheet(bytesOf(file), { ...settings, ...knownOf(terminal, workplace) });
  if (!read.ok) throw new KnownError("import-unreadable", `${file}: ${read.reason}`);
  const sheet = checked(read);
  const written = await writeEntries(terminal, workplace, { file, sheet, write: options.write === true });
  return reportImport(terminal, { file, sheet, written, configPath: workplace.configPath });
}

function knownOf(terminal: Terminal, { config, configPath }: Workplace) {
  return {
    people: { people: config.people.map(({ name, email }) => ({ name, email })) },
    ids: new Set([...config.automations.map(({ automation }) => automation.id), ...draftedIn(configPath)]),
    today: dateOf(wallTime(terminal.outside.clock.now(), config.timeZone)),
  };
}

/** Ids of entries that stand in the configuration commented out: an import before this one put them there. */
function draftedIn(configPath: string): readonly string[] {
  const text = readFileSync(configPath, "utf8");
  return [...text.matchAll(/^\s*(?:\/\/|#)[\s{-]*"id":\s*"([^"]+)"/gm)].flatMap((match) => match[1] ?? []);
}

/** What the configuration would refuse all the same is a bad row, not a configuration that no longer starts. */
function checked(sheet: SheetRead): SheetRead {
  const refused = new Map<number, CellProblem>();
  for (const { line, entry, lacks } of sheet.taken) {
    const parsed = automationSettings.safeParse(entry);
    const issue = parsed.success || lacks.length > 0 ? undefined : parsed.error.issues[0];
    if (issue !== undefined)
      refused.set(line, {
        column: null,
        found: "",
        reason: `${issue.path.join(".")}: ${issue.message}`,
        fix: "write it as the configuration reference says",
      });
  }
  const isKept = ({ line }: TakenRow): boolean => !refused.has(line);
  const bad = [...refused].map(([line, problem]) => ({ line, problems: [problem] }));
  return {
    ...sheet,
    taken: sheet.taken.filter(isKept),
    bad: [...sheet.bad, ...bad].sort((left, right) => left.line - right.line),
  };
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new KnownError("import-unreadable", `${file}: cannot be read (${messageOf(thrown)})`);
  }
}

function mapOf(pairs: readonly string[]): ReadonlyMap<string, ColumnPart> {
  return new Map(
    pairs.map((pair) => {
      const [heading = "", name = ""] = pair.split(/=(?=[^=]*$)/);
      const part = columnParts.find((each) => each === name.trim());
      if (part === undefined)
        throw new KnownError(
          "usage",
          `--map ${pair}: no part "${name}"; ${meantHint(name, columnParts, "parts:")}`,
        );
      return [nameKey(heading), part] as const;
    }),
  );
}

function currencyOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^[A-Z]{3}$/.test(text))
    throw new KnownError("usage", `--currency ${text}: expected three capital letters, such as EUR`);
  return text;
}

function datesOf(text: string | undefined): "day-first" | "month-first" | null {
  if (text === undefined || text === "day-first" || text === "month-first") return text ?? null;
  throw new KnownError("usage", `--dates ${text}: expected day-first or month-first`);
}
