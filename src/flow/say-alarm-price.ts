import { sayCount, sayNumber } from "../wording/numbers.js";
import { sayOdds } from "../wording/odds.js";
import type { AlarmPrice } from "./alarm-levels.js";

/** "3 measures may notify, 2,190 metric-runs a month, at most 1 false alarm a month: alarm level 2,190, ...". */
export function sayAlarmPrice(price: AlarmPrice): string {
  const { level, metrics, metricRunsPerMonth, budget, chanceMonths } = price;
  const what = level === "page" ? "may notify" : "only in the digest";
  if (chanceMonths === null)
    return `no measure is ${level === "page" ? "allowed to notify" : "for the digest only"}`;
  const wanted = `at most ${sayCount(budget, level === "page" ? "false alarm" : "finding by chance", level === "page" ? "false alarms" : "findings by chance")} a month`;
  const runs = `${sayCount(Math.round(metricRunsPerMonth), "metric-run")} a month`;
  return `${sayCount(metrics, "measure")} ${what}, ${runs}, ${wanted}: ${sayLevels(price)}; by chance each ${sayOdds(chanceMonths)}`;
}

function sayLevels({ byRun, byHour, byGolden, byJudgement }: AlarmPrice): string {
  const levels = [
    { level: byRun, fed: "" },
    { level: byHour, fed: " for what is counted hour by hour" },
    { level: byGolden, fed: " for known answers" },
    { level: byJudgement, fed: " for what people judge" },
  ].flatMap(({ level, fed }) => (level === null ? [] : [`${sayNumber(Number(level.toPrecision(3)))}${fed}`]));
  const [first = "none", ...others] = levels;
  return `alarm level ${first}${others.length === 0 ? "" : ` (${others.join(", ")})`}`;
}
