import { knownPassShare } from "../drift/known-pass-share.js";
import { type Sight, sightOf } from "../drift/sight.js";

/** How long a fall of a passing share takes to show. */
export interface FallLimit {
  readonly before: number;
  readonly after: number;
  readonly runs: number;
  readonly ms: number;
}

/** What would go unnoticed, and how long the rest takes. */
export interface BacktestLimits {
  /** Falls under so much of a share never notify: too small to tell, or too small to show with what is known. */
  readonly minimumEffect: number;
  readonly outputsPerRun: number;
  readonly falls: readonly FallLimit[];
}

/** The limits of a watch that saw `outputs` in `runs` over `spanMs`, for a check that usually passes at `share`. */
export function limitsOf(
  seen: { outputs: number; runs: number; spanMs: number; sampleSize: number | "all" },
  usual: { share: number; minimumEffect: number },
  alarmLevel: number,
): BacktestLimits {
  const arriving = seen.outputs / Math.max(1, seen.runs);
  const outputsPerRun = seen.sampleSize === "all" ? arriving : Math.min(arriving, seen.sampleSize);
  const n = outputsPerRun * seen.runs;
  const share = knownPassShare({ hits: usual.share * n, n }, null);
  const watching = { level: alarmLevel, outputsPerRun, minimumEffect: usual.minimumEffect };
  const sight: Sight | null = share === null ? null : sightOf(share, watching, "less");
  const nearest = sight?.nearest ?? 0;
  return {
    minimumEffect: usual.share - nearest,
    outputsPerRun,
    falls: (sight?.changes ?? []).flatMap(({ after, outputs }) => {
      if (outputs === null) return [];
      const runs = Math.max(1, Math.ceil(outputs / Math.max(1, outputsPerRun)));
      return [{ before: usual.share, after, runs, ms: (runs * seen.spanMs) / Math.max(1, seen.runs) }];
    }),
  };
}
