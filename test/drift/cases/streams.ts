import type { CasesChange } from "../../../src/drift/explanation.js";
import type { CaseResult, Metric, Observed } from "../../../src/drift/metric.js";
import type { MetricSettings } from "../../../src/drift/settings.js";
import { begin, type Chance, metricSettings, seeded } from "../streams.js";

/** How often each case fails. */
export type FailRates = Readonly<Record<string, number>>;

/** So many cases, c0, c1, ..., that fail at this rate, over those there are. */
export function cases(count: number, failRate: number, beside: FailRates = {}, name = "c"): FailRates {
  const rates = Array.from({ length: count }, (_, i) => [`${name}${i}`, failRate] as const);
  return { ...Object.fromEntries(rates), ...beside };
}

/** One run of these cases. */
export function resultsOf(chance: Chance, rates: FailRates): CaseResult[] {
  return Object.entries(rates).map(([id, failRate]) => ({
    case: id,
    fingerprint: "first",
    pass: chance() >= failRate,
  }));
}

/** Results by hand: `+` passed, `-` failed, `?` could not be told. */
export function told(said: Readonly<Record<string, "+" | "-" | "?">>, edited: readonly string[] = []) {
  return Object.entries(said).map(
    ([id, result]): CaseResult => ({
      case: id,
      fingerprint: edited.includes(id) ? "second" : "first",
      pass: result === "?" ? null : result === "+",
    }),
  );
}

/** The settings of a golden metric. */
export function goldenSettings(changed: Partial<MetricSettings> = {}): MetricSettings {
  return metricSettings({ id: "golden:agreement", kind: "golden-cases", baselineRuns: 10, ...changed });
}

/** A golden set that is asked run by run. */
export interface GoldenStream {
  readonly settings: MetricSettings;
  readonly chance: Chance;
  readonly alarmLevel: number;
  metric: Metric;
  runs: number;
}

/** A golden set never asked. */
export function startGolden(seed: number, changed: Partial<MetricSettings> = {}, alarmLevel = 1_000) {
  const settings = goldenSettings(changed);
  const stream: GoldenStream = {
    settings,
    chance: seeded(seed),
    alarmLevel,
    metric: begin(settings),
    runs: 0,
  };
  return stream;
}

/** Observes one run. */
export function ask(stream: GoldenStream, values: readonly CaseResult[]): Observed {
  const at = Date.UTC(2026, 0, 5) + stream.runs * 86_400_000;
  const observed = stream.metric.observe({ runId: stream.runs, at, values }, stream.alarmLevel);
  stream.metric = observed.metric;
  stream.runs += 1;
  return observed;
}

/** Observes up to so many runs; the run that alarmed, counted from 1, and what it said. */
export function askUntilAlarm(
  stream: GoldenStream,
  values: () => readonly CaseResult[],
  runs: number,
): { readonly runs: number; readonly alarm: CasesChange | null } {
  for (let run = 1; run <= runs; run += 1) {
    const { alarm } = ask(stream, values());
    if (alarm?.what === "cases") return { runs: run, alarm };
  }
  return { runs, alarm: null };
}
