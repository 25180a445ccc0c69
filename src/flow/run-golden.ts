/**
 * A golden run: the known inputs go to the automation, the answers are judged against the known-good ones, the cases
 * that turned are named. In: the golden set and its probe. Out: results, the agreement as a metric, a finding when it
 * fell. A case whose probe fails is "could not tell", never wrong.
 */
import { KnownError } from "../domain/errors.js";
import type { Verdict, VerdictStatus } from "../domain/verdict.js";
import { compareGolden, type GoldenFlips } from "../golden/compare.js";
import type { GoldenAnswer } from "../store/golden.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { askGolden } from "./ask-golden.js";
import { followMetrics } from "./follow-metrics.js";
import { agreement } from "./golden-agreement.js";
import { goldenMetric } from "./golden-metric.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";
import { askingChecks, type Judged, judgeOutputs } from "./judge-outputs.js";
import { openBook } from "./metric-book.js";
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
  const { golden, entry } = watched;
  if (golden === null)
    throw new KnownError(
      "golden-none",
      `${entry.id} has no golden set; add "golden" to it in the configuration`,
    );
  const run = begin(ground, watched, golden, options);
  await askGolden(ground, watched, { run, golden, signal: options.signal });
  // cut off by the stop: what could not be asked says nothing, and the run is due again
  if (options.signal.aborted) throw brokenOff(watched);
  const answers = store.golden.answers(run);
  const asked = await judgeOutputs(ground, watched, {
    run: `golden ${run}`,
    at: options.slotAt,
    outputs: golden.cases.flatMap((each) => answers.get(each.id)?.output ?? []),
    checks: askingChecks(watched).filter((check) => golden.checks.includes(check.id)),
    signal: options.signal,
  });
  if (options.signal.aborted) throw brokenOff(watched);
  return store.transaction(() => record(ground, watched, golden, { run, answers, asked, options }));
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

const noAnswer = "the automation gave no answer";

function record(
  ground: Ground,
  watched: Watched,
  golden: WatchedGolden,
  done: {
    run: number;
    answers: ReadonlyMap<string, GoldenAnswer>;
    asked: Judged;
    options: GoldenRunOptions;
  },
): GoldenReport {
  const { store, clock } = ground;
  const { run, answers, options } = done;
  const results = new Map(store.golden.results(run).map((each) => [each.caseId, each]));
  const cases = golden.cases.map(({ id }) => {
    const answer = answers.get(id);
    if (answer === undefined)
      return { id, status: "error" as const, reason: results.get(id)?.reason ?? noAnswer };
    const later = done.asked.verdicts.get(answer.output.id) ?? new Map<string, Verdict>();
    store.outputs.addGoldenVerdicts(answer.key, later);
    const verdict = agreement(golden.checks, new Map([...answer.verdicts, ...later]));
    store.golden.decide(run, id, verdict);
    return { id, status: verdict.status, reason: verdict.reason ?? null };
  });
  const told = cases.filter((each) => each.status === "pass" || each.status === "fail");
  follow(ground, watched, { run, at: options.slotAt, told, asked: done.asked, levels: options.levels });
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

function follow(
  ground: Ground,
  watched: Watched,
  seen: {
    run: number;
    at: number;
    told: readonly { status: VerdictStatus }[];
    asked: Judged;
    levels: AlarmLevels;
  },
): void {
  const now = ground.clock.now();
  const book = openBook(ground, watched);
  const passes = seen.told.map((each) => each.status === "pass");
  const followed = followMetrics(
    watched,
    book,
    {
      runId: seen.run,
      at: seen.at,
      valuesOf: (metric) => (metric === goldenMetric ? passes : []),
      replay: false,
      nameOf: () => null,
    },
    seen.levels,
  );
  book.save(now);
  const joined = raise(ground, {
    automation: watched.entry.id,
    kind: "outputs",
    at: seen.at,
    found: [...followed.found, ...seen.asked.found],
    endedKeys: [...followed.endedKeys, ...seen.asked.endedKeys],
  });
  for (const each of joined)
    if (each.incident !== null) tellAlso(ground, watched, each.incident, each.finding, now);
  tellUntold(ground, watched, now);
}
