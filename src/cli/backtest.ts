import type { Command } from "commander";
import { KnownError } from "../domain/errors.js";
import { type Backtest, backtest } from "../flow/backtest.js";
import { requireWatched } from "../flow/command.js";
import type { Watched } from "../flow/ground.js";
import type { Progress } from "../flow/run.js";
import { withSpan } from "../flow/with-span.js";
import { sayNumber } from "../wording/numbers.js";
import { sayBacktest } from "./backtest-report.js";
import { instantIn } from "./backtest-span.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { findingData, isoOf } from "./incident-data.js";
import type { Outcome } from "./outcome.js";
import { storedHistory } from "./stored-history.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { inMemory, openWorkplace, type Workplace } from "./workplace.js";

interface BacktestOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly alarms?: string;
}

/** `evenkeel backtest [<automation>]`: what this configuration would have said about the past. */
export function addBacktest(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("backtest [automation]"))
    .description("replay the history through this configuration; stores nothing, notifies nobody")
    .option("--from <date>", "only outputs from this day or instant on, such as 2026-09-19")
    .option("--to <date>", "only outputs before this day or instant")
    .option("--alarms <number>", "also find the floors and alarm levels that give at most so many a month")
    .action((automation: string | undefined, options: BacktestOptions) =>
      context.run(options, () => replayAll(context, automation, options)),
    );
}

async function replayAll(
  { terminal }: CommandContext,
  automation: string | undefined,
  options: BacktestOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const span = spanOf(options, workplace.config.timeZone);
  const alarmsPerMonth = options.alarms === undefined ? null : alarmsIn(options.alarms);
  const ids =
    automation === undefined
      ? workplace.config.automations.filter((each) => each.source !== null).map((each) => each.automation.id)
      : [requireEntry(workplace, automation).automation.id];
  if (ids.length === 0)
    throw new KnownError("nothing-watched", `${workplace.configPath}: no automation has a source to replay`);
  const results: Backtest[] = [];
  const lines: string[] = [];
  for (const id of ids) {
    const begunAt = terminal.outside.clock.monotonic();
    const result = await replay(terminal, workplace, id, { ...span, alarmsPerMonth });
    const tookMs = terminal.outside.clock.monotonic() - begunAt;
    results.push(result);
    lines.push(
      ...(lines.length === 0 ? [] : [""]),
      ...sayBacktest(terminal, workplace.config.timeZone, result, tookMs),
    );
  }
  return {
    exitCode: results.some((each) => each.incidents.length > 0 || each.unreadable !== null) ? 1 : 0,
    data: { automations: results.map(dataOf) },
    lines,
    notes: notesOf(workplace, ids),
    next: { command: "validate", after: "then restart to use this config" },
  };
}

/** Each automation in a database of its own: what one gives does not depend on which others were replayed. */
function replay(
  terminal: Terminal,
  workplace: Workplace,
  id: string,
  wanted: { from: number | null; to: number | null; alarmsPerMonth: number | null },
): Promise<Backtest> {
  return inMemory(terminal, workplace, (ground) => {
    const watched = withSpan(historyOf(workplace, requireWatched(ground, id)), wanted);
    const { signal } = new AbortController();
    return backtest(ground, watched, signal, {
      onProgress: (progress) => terminal.progress(sayProgress(progress)),
      alarmsPerMonth: wanted.alarmsPerMonth,
    });
  });
}

function sayProgress({ automation, doing, done, of }: Progress): string {
  return doing === "reading"
    ? `${automation}: ${sayNumber(done)} outputs read`
    : `${automation}: run ${sayNumber(done)} of ${sayNumber(of ?? done)}`;
}

/** A file is read again from its beginning; other sources are replayed from what was stored of them. */
function historyOf(workplace: Workplace, watched: Watched): Watched {
  if (watched.sourceType === "file") return watched;
  return { ...watched, source: storedHistory(workplace, watched.entry.id) };
}

function spanOf({ from, to }: BacktestOptions, zone: string): { from: number | null; to: number | null } {
  const span = {
    from: from === undefined ? null : instantIn(from, zone, "--from"),
    to: to === undefined ? null : instantIn(to, zone, "--to"),
  };
  if (span.from !== null && span.to !== null && span.from >= span.to)
    throw new KnownError("usage", `--from ${from} is not before --to ${to}`);
  return span;
}

function alarmsIn(text: string): number {
  const alarms = Number(text);
  if (text.trim() === "" || !Number.isFinite(alarms) || alarms < 0)
    throw new KnownError(
      "usage",
      `--alarms ${text}: expected how many alarms a month are bearable, such as 1`,
    );
  return alarms;
}

function notesOf({ config }: Workplace, ids: readonly string[]): readonly string[] {
  const stored = config.automations
    .filter(({ automation, source }) => ids.includes(automation.id) && source?.settings.type !== "file")
    .map(({ automation }) => automation.id);
  return [
    ...(stored.length === 0
      ? []
      : [
          `${stored.join(", ")}: replayed from the stored outputs, in the form they were stored in (redacted unless store is "full")`,
        ]),
    ...config.automations
      .filter(
        ({ automation, checks }) => ids.includes(automation.id) && checks.some(({ check }) => check.asks),
      )
      .map(
        ({ automation, checks }) =>
          `${automation.id}: ${checks.flatMap(({ check }) => (check.asks ? [check.id] : [])).join(", ")} not replayed: they ask models or services, and history is never put to those, for it costs money`,
      ),
    "replayed in memory; nothing stored, nobody notified",
  ];
}

function dataOf(result: Backtest): object {
  return {
    ...result,
    from: isoOf(result.from),
    to: isoOf(result.to),
    incidents: result.incidents.map((each) => ({
      ...each,
      openedAt: isoOf(each.openedAt),
      resolvedAt: isoOf(each.resolvedAt),
      findings: each.findings.map(findingData),
    })),
    digest: result.digest.map(findingData),
    metrics: result.metrics.map((each) => ({ ...each, firstAlarmAt: isoOf(each.firstAlarmAt) })),
  };
}
