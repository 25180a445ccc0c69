import type { Backtest, BacktestMetric } from "../flow/backtest.js";
import { sayNumber, sayShare } from "../wording/numbers.js";
import { checkTitle } from "./check-title.js";
import { padLeft, widest, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

interface CheckRow {
  readonly passing: string;
  readonly usually: string;
  readonly runs: string;
  /** In so many columns. */
  readonly title: (columns: number) => string;
  /** Said of the check behind its title, which is cut before it. */
  readonly remark: string;
}

/** One line per check: how it passed, where that usually lies, over how many runs. */
export function checkLines(terminal: Terminal, result: Backtest): readonly string[] {
  const rows = result.checks.map((check) =>
    rowOf(
      check,
      result.metrics.find((each) => each.check === check.id),
    ),
  );
  const heads = { passing: "passing", usually: "usually", runs: "runs", title: () => "check", remark: "" };
  const width = (key: "passing" | "usually" | "runs") => widest([heads, ...rows].map((row) => row[key]));
  return [heads, ...rows].map((row) => {
    const before = [
      padLeft(row.passing, Math.max(10, width("passing"))),
      padLeft(row.usually, width("usually")),
      padLeft(row.runs, width("runs")),
      "",
    ].join("  ");
    return before + row.title(widthOf(terminal) - before.length - row.remark.length) + row.remark;
  });
}

function rowOf(check: Backtest["checks"][number], metric: BacktestMetric | undefined): CheckRow {
  const title = (columns: number) => checkTitle(check, columns);
  if (check.judged === 0 || metric === undefined)
    return { passing: "-", usually: "-", runs: "0", title, remark: ": applies to none of them" };
  const passing = sayShare({ hits: check.pass, n: check.judged }).replace(/^about /, "");
  return {
    passing,
    usually: check.rule === "zero-tolerance" ? "no fail" : usuallyOf(metric),
    runs: sayNumber(metric.runs),
    title,
    remark: check.rule === "zero-tolerance" ? "" : remarkOf(metric),
  };
}

function usuallyOf(metric: BacktestMetric): string {
  if (metric.floor !== null) return `at least ${Math.round(100 * metric.floor)}%`;
  if (metric.usual === null)
    return `${sayNumber(metric.baselineOutputs)} of ${sayNumber(metric.neededOutputs)}`;
  return `${Math.floor(100 * metric.usual.low)}-${Math.ceil(100 * metric.usual.high)}%`;
}

function remarkOf(metric: BacktestMetric): string {
  if (metric.phase === "learning") return ": too new, digest only";
  if (metric.level === "page" && metric.standing === "probation")
    return `: on probation, digest only${metric.standingWhy === null ? "" : ` (${metric.standingWhy})`}`;
  if (metric.level === "record") return ": only recorded";
  return metric.level === "digest" ? ": digest only" : "";
}
