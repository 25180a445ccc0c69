import type { MetricKindName } from "./kinds/registry.js";

/** How one metric is followed. */
export interface MetricSettings {
  /** Unique within the automation: `check:valid-json`, `number:latency`. */
  readonly id: string;
  readonly kind: MetricKindName;
  /** A stated rate that makes a baseline unnecessary ("at least 90%" is 0.9); for pass shares only. */
  readonly floor: number | null;
  /** Usually 100. */
  readonly baselineOutputs: number;
  /** Usually 5. */
  readonly baselineRuns: number;
  /** The smallest difference of shares worth telling; usually 0.03. */
  readonly minimumEffect: number;
  /** In which hours of the day and days of the week are told apart, by metrics that follow a weekly or daily pattern. */
  readonly timeZone: string;
}
