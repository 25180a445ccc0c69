import { dayMs } from "../domain/time.js";
import type { Backtest } from "../flow/backtest.js";
import type { BearableMetric } from "../flow/backtest-bearable.js";
import type { Judged } from "../flow/backtest-people.js";
import { hang } from "../notify/plain.js";
import { sayCount, sayDollars, sayNumber, sayOf } from "../wording/numbers.js";
import { pad, padLeft, visible, widest, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

/** What the replay says about time to come: alarms to expect, days, what chance gives, what judging would cost. */
export function factLines(terminal: Terminal, result: Backtest): readonly string[] {
  const days = Math.max(1, Math.round(result.spanMs / dayMs));
  const facts: (readonly [string, string])[] = [
    ["To expect", sayExpected(result)],
    ...sayDays(result, days),
    [
      `Expected by chance in ${sayCount(days, "day")}`,
      `${sayRate(result.expectedByChance)} notifications from this automation`,
    ],
    ...sayJudging(result),
  ];
  if (result.limits !== null) {
    const points = sayCount(Math.round(100 * result.limits.minimumEffect), "point");
    facts.push(["Would go unnoticed", `falls under ${points}; see "Limits" below`]);
  }
  return labelled(terminal, facts);
}

function labelled(terminal: Terminal, facts: readonly (readonly [string, string])[]): readonly string[] {
  const column = widest(facts.map(([name]) => name)) + 3;
  return facts.flatMap(([name, text]) =>
    hang([text], { first: pad(name, column), rest: " ".repeat(column), width: widthOf(terminal) }),
  );
}

function sayExpected({ alarmsAMonth: rate, from, to }: Backtest): string {
  if (rate === null) return "not known: in this history no check has learned yet what is usual";
  const { incidents, months, perMonth, low, high } = rate;
  const timeless = from === to ? "; the outputs have no times, so the schedule tells how long that is" : "";
  return `about ${sayRate(perMonth)} notifications a month (${sayRate(low)} to ${sayRate(high)}, 95% sure), from ${sayNumber(incidents)} in ${sayMonths(months)} of watching, true faults included${timeless}`;
}

function sayMonths(months: number): string {
  const days = months * (365.25 / 12);
  return days < 45
    ? sayCount(Math.max(1, Math.round(days)), "day")
    : `${sayNumber(Math.round(10 * months) / 10)} months`;
}

/** One figure after the point: an estimate has no more. */
function sayRate(rate: number): string {
  if (rate === 0) return "0";
  return rate < 0.05 ? "under 0.1" : sayNumber(Number(rate.toFixed(1)));
}

function sayDays({ days, from, to }: Backtest, of: number): readonly (readonly [string, string])[] {
  if (days.length === 0 || from === to) return [];
  const opened = days.filter((each) => each.opened > 0).length;
  return [
    [
      "Days with something open",
      `${sayOf({ hits: days.length, n: Math.max(of, days.length) })}; on ${sayCount(opened, "day")} something new`,
    ],
  ];
}

function sayJudging({ judging }: Backtest): readonly (readonly [string, string])[] {
  if (judging === null) return [];
  const { requests, mostMicros, monthMostMicros, outputs, dailyCapMicros } = judging;
  const month = monthMostMicros === null ? "" : `, ${sayDollars(monthMostMicros)} a month like this`;
  const aDay = (monthMostMicros ?? 0) / (365.25 / 12);
  const capped =
    aDay > dailyCapMicros
      ? `; more than today's limit of ${sayDollars(dailyCapMicros)} a day lets through, the rest would not be judged`
      : "";
  return [
    [
      "Judging it would cost",
      `at most ${sayDollars(mostMicros)} for ${sayCount(requests, "request")} about ${sayCount(outputs, "output")}${month}${capped}; nothing was asked`,
    ],
  ];
}

/** Checks beside what people did with the same outputs. */
export function peopleLines(terminal: Terminal, { agreement }: Backtest): readonly string[] {
  const { approved, edited, rejected, checks } = agreement;
  const n = approved + edited + rejected;
  const say = (text: string) =>
    hang([text], { first: "People   ", rest: "         ", width: widthOf(terminal) });
  if (n === 0)
    return [
      "",
      ...say("no output here was approved, edited or rejected, so no check can be held against people"),
    ];
  const head = say(
    `${sayNumber(approved)} approved, ${sayNumber(edited)} edited, ${sayNumber(rejected)} rejected; edited and rejected count as wrong`,
  );
  if (checks.length === 0) return ["", ...head];
  const rows = checks.map(({ title, precision, recall }) => ({
    right: sayJudged(precision),
    caught: sayJudged(recall),
    title: visible(title),
  }));
  const heads = { right: "right when it fails", caught: "of the wrong it finds", title: "check" };
  const width = (key: "right" | "caught") => widest([heads, ...rows].map((row) => row[key]));
  return [
    "",
    ...head,
    ...[heads, ...rows].flatMap((row) =>
      hang([row.title], {
        first: `   ${padLeft(row.right, width("right"))}  ${padLeft(row.caught, width("caught"))}  `,
        rest: " ".repeat(width("right") + width("caught") + 7),
        width: widthOf(terminal),
      }),
    ),
  ];
}

/** "12 of 15 (55-93%)". */
function sayJudged(judged: Judged | null): string {
  if (judged === null) return "-";
  return `${sayOf(judged)} (${Math.floor(100 * judged.low)}-${Math.ceil(100 * judged.high)}%)`;
}

/** Floors and levels that would have been quiet enough. */
export function bearableLines(terminal: Terminal, { bearable, alarmsAMonth }: Backtest): readonly string[] {
  if (bearable === null || alarmsAMonth === null) return [];
  return [
    "",
    ...hang(
      [
        `For at most ${sayCount(bearable.perMonth, "alarm")} a month on this history, true faults included, each by itself:`,
      ],
      { first: "", rest: "  ", width: widthOf(terminal) },
    ),
    ...bearable.metrics.flatMap((metric) =>
      hang([`${visible(metric.title)}: ${sayBearable(metric)}`], {
        first: "  ",
        rest: "    ",
        width: widthOf(terminal),
      }),
    ),
  ];
}

function sayBearable({ now, level, floor }: BearableMetric): string {
  const present = `${sayCount(now.alarms, "alarm")} as it is`;
  const quieter =
    level === null
      ? "; no alarm level is quiet enough, the changes are too strong for chance"
      : level.alarmLevel === now.alarmLevel
        ? ", which is few enough"
        : `; ${sayNumber(level.alarms)} at alarm level ${sayNumber(level.alarmLevel)} instead of ${sayNumber(now.alarmLevel)}, the one of a budget of ${sayNumber(level.falseAlarmsPerMonth)} false alarms a month`;
  const stated =
    floor === null ? "" : `; ${sayNumber(floor.alarms)} with a floor of ${Math.round(100 * floor.share)}%`;
  return present + quieter + stated;
}
