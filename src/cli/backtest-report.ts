import type { Measured } from "../domain/finding.js";
import { dayMs } from "../domain/time.js";
import type { Backtest } from "../flow/backtest.js";
import type { BacktestFinding, BacktestIncident } from "../flow/backtest-incidents.js";
import { hang } from "../notify/plain.js";
import { sayDuration } from "../wording/durations.js";
import { sayCount, sayNumber, sayShare } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { sayDayAndTime } from "../wording/times.js";
import { checkLines } from "./backtest-checks.js";
import { bearableLines, factLines, peopleLines } from "./backtest-facts.js";
import { cut } from "./cut.js";
import { colored, isWide, pad, table, visible, widest, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Digest findings shown; the rest is in --json. */
const digestShown = 10;

/** What a backtest showed, for people. */
export function sayBacktest(
  terminal: Terminal,
  timeZone: string,
  result: Backtest,
  tookMs: number,
): readonly string[] {
  const now = terminal.outside.clock.now();
  const say = (at: number) => sayDayAndTime(at, timeZone, now);
  const { bold } = terminal.colors;
  if (result.unreadable !== null)
    return wrapped(terminal, `${result.title} cannot be read: ${result.unreadable}`).map(bold);
  if (result.from === null || result.to === null)
    return [bold(`${result.title}: no outputs in this time; nothing to replay`)];
  const span = result.from === result.to ? "" : `, ${say(result.from)} to ${say(result.to)}`;
  const size = `${sayCount(result.runs, "run")}, ${sayCount(result.outputs, "output")}`;
  return [
    ...wrapped(terminal, `${result.title}${span}: ${size}, replayed in ${sayDuration(tookMs)}`).map(bold),
    "",
    ...incidentLines(terminal, result, say),
    ...digestLines(terminal, result, say),
    "",
    ...factLines(terminal, result),
    "",
    ...checkLines(terminal, result),
    ...peopleLines(terminal, result),
    ...bearableLines(terminal, result),
    ...limitLines(terminal, result),
  ];
}

interface Told {
  readonly when: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly noticed: string;
  readonly then: string;
}

function incidentLines(terminal: Terminal, result: Backtest, say: (at: number) => string): readonly string[] {
  const times = result.incidents.length;
  if (times === 0) return ["With this config nobody would have been notified."];
  const told = result.incidents.flatMap((each) => toldOf(each, say));
  return [
    `With this config you would have been notified ${sayCount(times, "time")}:`,
    ...(isWide(terminal) ? wideIncidents(terminal, told) : narrowIncidents(terminal, told)),
  ];
}

/** The finding that notified, then those that joined it. */
function toldOf(
  incident: BacktestIncident,
  say: (at: number) => string,
): readonly (Told & { mark: string })[] {
  const lasted = sayDuration(incident.openMs);
  const end =
    incident.resolvedAt === null
      ? `${lasted} so far, still open at the end`
      : `over ${say(incident.resolvedAt)}, after ${lasted}`;
  const [first, ...others] = [
    ...incident.findings.filter((each) => each.level === "page"),
    ...incident.findings.filter((each) => each.level !== "page"),
  ];
  return [
    ...(first === undefined ? [] : [{ mark: "!", ...tellFinding(first, say, end) }]),
    ...others.map((each) => ({ mark: "+", ...tellFinding(each, say, "joined it") })),
  ];
}

function tellFinding(finding: BacktestFinding, say: (at: number) => string, then: string): Told {
  const runs = finding.runsToNotice;
  return {
    when: say(finding.foundAt),
    what: subjectOf(finding),
    before: sayMeasured(finding.baseline, ""),
    after: sayMeasured(finding.current, "about "),
    noticed: runs === null ? "at once" : `after ${sayCount(runs, "run")}`,
    then,
  };
}

/** What changed, without how: the sentence up to its verb. */
function subjectOf({ sentence }: BacktestFinding): string {
  const subject = /^(.*?) (?:rose|fell) from /u.exec(sentence)?.[1] ?? sentence;
  return upperFirst(visible(subject.replace(/^“(.*)”$/u, "$1")));
}

function sayMeasured(measured: Measured | null, about: string): string {
  if (measured === null) return "-";
  if ("median" in measured) return `${about}${sayNumber(measured.median)}`;
  const hits = Math.round(measured.share * measured.n);
  const said = sayShare({ hits, n: measured.n }).replace(/^about /, "");
  return hits === 0 || hits === measured.n ? said : `${about}${said}`;
}

function wideIncidents(terminal: Terminal, told: readonly (Told & { mark: string })[]): readonly string[] {
  const heads = ["When", "What", "Before", "After", "Noticed", "Then"];
  return table(
    terminal,
    heads.map((head) => ({ head })),
    told.map(({ mark, when, what, before, after, noticed, then }) => ({
      mark,
      state: mark === "!" ? ("incident" as const) : ("no-data" as const),
      cells: [when, what, before, after, noticed, then],
    })),
  );
}

function narrowIncidents(terminal: Terminal, told: readonly (Told & { mark: string })[]): readonly string[] {
  const whenColumn = widest(told.map((each) => each.when));
  const rest = " ".repeat(whenColumn + 4);
  return told.flatMap((each) => {
    const mark = each.mark === "!" ? colored(terminal, "incident", "!") : each.mark;
    const change = each.before === "-" ? "" : `: ${each.before} -> ${each.after}`;
    const lines = hang([`${each.what}${change}`, `noticed ${each.noticed}; ${each.then}`], {
      first: `  ${pad(each.when, whenColumn)}  `,
      rest,
      width: widthOf(terminal),
    });
    return lines.map((line, index) => (index === 0 ? `${mark}${line.slice(1)}` : line));
  });
}

function digestLines(terminal: Terminal, result: Backtest, say: (at: number) => string): readonly string[] {
  if (result.digest.length === 0) return [];
  const shown = result.digest.slice(0, digestShown);
  const more = result.digest.length - shown.length;
  const column = widest(shown.map((each) => say(each.foundAt)));
  return [
    "",
    "In the digest only:",
    ...shown.map((each) => {
      const line = `${pad(say(each.foundAt), column)}  ${upperFirst(visible(each.sentence))}`;
      return `${colored(terminal, "drifting", "/")} ${cut(line, widthOf(terminal) - 2)}`;
    }),
    ...(more > 0 ? [`  ${more} more:  --json`] : []),
  ];
}

function limitLines(terminal: Terminal, { limits }: Backtest): readonly string[] {
  const [first, ...others] = limits?.falls ?? [];
  if (limits === null || first === undefined) return [];
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const how = (fall: typeof first) =>
    `to ${percent(fall.after)} takes about ${sayCount(fall.runs, "run")} (${sayRoughly(fall.ms)}) to show`;
  const more = others.map((each) => `, ${how(each).replace(" takes", "").replace(" to show", "")}`);
  const text = `a fall from ${percent(first.before)} ${how(first)}${more.join("")}, at about ${sayCount(Math.max(1, Math.round(limits.outputsPerRun)), "output")} a run`;
  return ["", ...hang([text], { first: "Limits   ", rest: "         ", width: widthOf(terminal) })];
}

/** One unit: nobody plans by the second part of an estimate. */
function sayRoughly(ms: number): string {
  if (ms >= 21 * dayMs) return sayCount(Math.round(ms / (7 * dayMs)), "week");
  return sayDuration(ms).split(" ").slice(0, 2).join(" ");
}
