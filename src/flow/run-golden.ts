/**
 * A golden run: the known inputs go to the automation, the answers are judged against the known-good ones, the cases
 * that turned are named. In: the golden set and its probe. Out: results, the agreement as a metric, a finding when it
 * fell. A case whose probe fails is "could not tell", never wrong.
 */
import { KnownError } from "../domain/errors.js";
import type { VerdictStatus } from "../domain/verdict.js";
import type { Steadiness } from "../drift/cases/steadiness.js";
import type { CaseResult } from "../drift/metric.js";
import { compareGolden, type GoldenFlips } from "../golden/compare.js";
import { fingerprintOf } from "../golden/fingerprint.js";
import type { Counts } from "../measure/counts.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { followMetrics } from "./follow-metrics.js";
import { goldenMetric } from "./golden-metric.js";
import { reviewGolden } from "./golden-review.js";
import { askRounds, type RoundsDone } from "./golden-rounds.js";
import { steadinessOf } from "./golden-steadiness.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";
import { withPromoted } from "./learning/promoted-cases.js";
import { openBook } from "./metric-book.js";
import { outlivedKeys } from "./outlived.js";
import { raise } from "./raise.js";
import { tellAlso, tellUntold } from "./tell.js";

/** How a golden run is made. */
export interface GoldenRunOptions {
  /** The slot it is made for, and the time of its evidence; a run that was broken off keeps its own slot. */
  readonly slotAt: number;
  readonly signal: AbortSignal;
  readonly levels: AlarmLevels;
  /** Who decided, and why, to let the probe act for real. */
  readonly override?: { readonly who: string; readonly why: string };
}

/** What a golden run found. */
export interface GoldenReport {
  readonly run: number;
  readonly cases: readonly {
    readonly id: string;
    readonly status: VerdictStatus;
    readonly reason: string | null;
    /** How often it was asked in this run. */
    readonly asked: number;
    /** Of a case that was never steady: the runs it was learned from, and those in which it agreed. */
    readonly flickers: Counts | null;
  }[];
  readonly flips: GoldenFlips;
}

/** Runs the golden set once. Throws KnownError when there is none, or when it would act for real without an override. */
export async function runGolden(
  ground: Ground,
  watched: Watched,
  options: GoldenRunOptions,
): Promise<GoldenReport> {
  const { store } = ground;
  const { entry } = watched;
  if (watched.golden === null)
    throw new KnownError(
      "golden-none",
      `${entry.id} has no golden set; add "golden" to it in the configuration`,
    );
  const golden = withPromoted(ground, watched, watched.golden);
  const run = begin(ground, watched, golden, options);
  const steadiness = steadinessOf(ground, watched, golden);
  const flickering = new Set(
    [...steadiness.values()].flatMap((each) => (each.flickering ? [each.case] : [])),
  );
  const { signal, slotAt } = options;
  const asked = await askRounds(ground, watched, { run, golden, signal, slotAt, flickering });
  // cut off by the stop: what could not be asked says nothing, and the run is due again
  if (asked === null) throw brokenOff(watched);
  return store.transaction(() => record(ground, watched, golden, { run, asked, steadiness, options }));
}

function brokenOff({ entry }: Watched): KnownError {
  return new KnownError("golden-broken-off", `the golden run of ${entry.id} was broken off by a stop`);
}

function begin(ground: Ground, watched: Watched, golden: WatchedGolden, options: GoldenRunOptions): number {
  const { store, clock } = ground;
  const { id } = watched.entry;
  return store.transaction(() => {
    if (golden.effects === "real") {
      const { override } = options;
      if (override === undefined) {
        throw new KnownError(
          "golden-real",
          `the golden set of ${id} acts for real (effects: "real"); run it with --override and --why`,
        );
      }
      store.decisions.record({
        at: clock.now(),
        ...override,
        what: "golden-override",
        automation: id,
        subject: "golden run",
      });
    }
    // broken off by a stop, it is taken up again: its answers may have cost money, or have been acted upon
    const latest = store.runs.latest(id, "golden");
    const slotAt = latest?.state === "started" ? latest.slotAt : options.slotAt;
    const run = store.runs.begin({ automation: id, kind: "golden", slotAt, part: 0 }, clock.now());
    if (run === null)
      throw new KnownError("golden-done", `the golden run of ${id} at this instant has been made already`);
    return run;
  });
}

function record(
  ground: Ground,
  watched: Watched,
  golden: WatchedGolden,
  done: {
    run: number;
    asked: RoundsDone;
    steadiness: ReadonlyMap<string, Steadiness>;
    options: GoldenRunOptions;
  },
): GoldenReport {
  const { store, clock } = ground;
  const { run, asked, steadiness, options } = done;
  for (const { key, verdicts } of asked.judged) store.outputs.addGoldenVerdicts(key, verdicts);
  const cases = asked.outcomes.map(({ id, verdict, asked: times, output }) => {
    store.golden.decide(run, id, verdict, output);
    const known = steadiness.get(id);
    const flickers = known?.flickering ? known.learned : null;
    return { id, status: verdict.status, reason: verdict.reason ?? null, asked: times, flickers };
  });
  const told = cases.filter((each) => each.status === "pass" || each.status === "fail");
  follow(ground, watched, { run, asked, options, results: resultsOf(golden, cases) });
  store.runs.finish(run, {
    state: "done",
    at: clock.now(),
    reason: null,
    outputs: cases.length,
    drawn: told.length,
  });
  const flips = compareGolden(
    store.golden.accepted(watched.entry.id),
    new Map(cases.map((each) => [each.id, each.status])),
  );
  return { run, cases, flips };
}

/** Every case of the set, for its metric: what could not be told is neither right nor wrong. */
function resultsOf(
  golden: WatchedGolden,
  cases: readonly { id: string; status: VerdictStatus }[],
): readonly CaseResult[] {
  const statuses = new Map(cases.map((each) => [each.id, each.status]));
  return golden.cases.map((each) => {
    const status = statuses.get(each.id);
    const pass = status === "pass" ? true : status === "fail" ? false : null;
    return { case: each.id, fingerprint: fingerprintOf(each), pass };
  });
}

function follow(
  ground: Ground,
  watched: Watched,
  seen: { run: number; asked: RoundsDone; options: GoldenRunOptions; results: readonly CaseResult[] },
): void {
  const now = ground.clock.now();
  const { run, asked, options, results } = seen;
  const at = options.slotAt;
  const book = openBook(ground, watched);
  const followed = followMetrics(
    watched,
    book,
    {
      runId: run,
      at,
      valuesOf: (metric) => (metric === goldenMetric ? results : []),
      replay: false,
      nameOf: () => null,
    },
    options.levels,
  );
  const ended = new Set(followed.endedKeys);
  // every case that turned was edited or taken out, or what decides was: the change is about nothing any more
  const outlived = outlivedKeys(ground, watched, book).filter((key) => !ended.has(key));
  book.save(now);
  const review = reviewGolden(watched, at);
  const joined = raise(ground, {
    automation: watched.entry.id,
    kind: "outputs",
    at,
    found: [...followed.found, ...asked.found, ...review.found],
    endedKeys: [...followed.endedKeys, ...asked.endedKeys, ...review.endedKeys, ...outlived],
    outlived,
  });
  for (const each of joined)
    if (each.incident !== null) tellAlso(ground, watched, each.incident, each.finding, now);
  tellUntold(ground, watched, now);
}
