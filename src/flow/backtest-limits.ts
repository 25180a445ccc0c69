import { outputsToNotice } from "../drift/outputs-to-notice.js";

/** Falls of a passing share that people ask about. */
const falls = [0.1, 0.05] as const;

/** How long a fall of a passing share takes to show. */
export interface FallLimit {
  readonly before: number;
  readonly after: number;
  readonly runs: number;
  readonly ms: number;
}

/** What would go unnoticed, and how long the rest takes. */
export interface BacktestLimits {
  /** Falls under so much of a share never notify. */
  readonly minimumEffect: number;
  readonly outputsPerRun: number;
  readonly falls: readonly FallLimit[];
}

/** The limits of a watch that sees `outputs` in `runs` over `spanMs`, for a check that usually passes at `share`. */
export function limitsOf(
  seen: { outputs: number; runs: number; spanMs: number; sampleSize: number | "all" },
  usual: { share: number; minimumEffect: number },
  alarmLevel: number,
): BacktestLimits {
  const arriving = seen.outputs / Math.max(1, seen.runs);
  const outputsPerRun = seen.sampleSize === "all" ? arriving : Math.min(arriving, seen.sampleSize);
  return {
    minimumEffect: usual.minimumEffect,
    outputsPerRun,
    falls: falls
      .filter((fall) => fall >= usual.minimumEffect && usual.share > fall)
      .map((fall) => {
        const change = { before: usual.share, after: usual.share - fall };
        const runs = Math.max(1, Math.ceil(outputsToNotice(change, alarmLevel) / Math.max(1, outputsPerRun)));
        return { ...change, runs, ms: (runs * seen.spanMs) / Math.max(1, seen.runs) };
      }),
  };
}
