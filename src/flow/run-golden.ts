/**
 * A golden run: the known inputs go to the automation, the answers are judged against the known-good ones, the cases
 * that turned are named. In: the golden set and its probe. Out: results, the agreement as a metric, a finding when it
 * fell. A case whose probe fails is "could not tell", never wrong.
 */
import pLimit from "p-limit";
import { KnownError, messageOf } from "../domain/errors.js";
import type { GoldenCase } from "../domain/golden-case.js";
import type { OutputDraft } from "../domain/output.js";
import type { Verdict, VerdictStatus } from "../domain/verdict.js";
import { compareGolden, type GoldenFlips } from "../golden/compare.js";
import type { NewOutput } from "../store/output.js";
import { redactText, storedId } from "../text/redact.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { followMetrics } from "./follow-metrics.js";
import { goldenMetric } from "./golden-metric.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";
import { judgeDrafts } from "./judge-drafts.js";
import { askingChecks, type Judged, judgeOutputs } from "./judge-outputs.js";
import { openBook } from "./metric-book.js";
import { raise } from "./raise.js";
import { tellAlso, tellUntold } from "./tell.js";

/** Cases asked at once. */
const casesAtOnce = 2;

/** How a golden run is made. */
export interface GoldenRunOptions {
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

interface Answer {
  readonly golden: GoldenCase;
  readonly draft: OutputDraft | null;
  readonly failure: string | null;
}

/** Runs the golden set once. Throws KnownError when there is none, or when it would act for real without an override. */
export async function runGolden(
  ground: Ground,
  watched: Watched,
  options: GoldenRunOptions,
): Promise<GoldenReport> {
  const { store, clock } = ground;
  const { golden, entry } = watched;
  if (golden === null)
    throw new KnownError(
      "golden-none",
      `${entry.id} has no golden set; add "golden" to it in the configuration`,
    );
  const run = begin(ground, watched, golden, options);
  const answers = await askAll(golden, run, options.signal);
  // cut off by the stop: what could not be asked says nothing, and the run is due again
  if (options.signal.aborted) throw brokenOff(watched);
  const plain = await judgeAnswers(watched, answers, run, clock.now());
  const asked = await judgeOutputs(ground, watched, {
    run: `golden ${run}`,
    at: options.slotAt,
    outputs: plain.map((each) => each.output),
    checks: askingChecks(watched).filter((check) => golden.checks.includes(check.id)),
    signal: options.signal,
  });
  if (options.signal.aborted) throw brokenOff(watched);
  const judged = plain.map((each) => ({
    ...each,
    verdicts: new Map([...each.verdicts, ...(asked.verdicts.get(each.output.id) ?? [])]),
  }));
  const report = store.transaction(() =>
    record(ground, watched, golden, { run, answers, judged, asked, options }),
  );
  return report;
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
    const part = options.slotAt;
    const run = store.runs.begin({ automation: id, kind: "golden", slotAt: part, part: 0 }, clock.now());
    if (run === null)
      throw new KnownError("golden-done", `the golden run of ${id} at this instant has been made already`);
    return run;
  });
}

function askAll(golden: WatchedGolden, run: number, signal: AbortSignal): Promise<readonly Answer[]> {
  const limit = pLimit(casesAtOnce);
  return Promise.all(
    golden.cases.map((each) =>
      limit(async (): Promise<Answer> => {
        try {
          return {
            golden: each,
            draft: await golden.probe.ask(each, { runId: String(run), signal }),
            failure: null,
          };
        } catch (thrown) {
          return { golden: each, draft: null, failure: redactText(messageOf(thrown)) };
        }
      }),
    ),
  );
}

/** The answers as outputs of their own kind, with the known-good answer as reference. */
function judgeAnswers(
  watched: Watched,
  answers: readonly Answer[],
  run: number,
  now: number,
): Promise<readonly NewOutput[]> {
  const drafts = answers.flatMap(({ golden, draft }) =>
    draft === null ? [] : [{ ...draft, id: `${run}:${golden.id}`, at: now, reference: golden.expected }],
  );
  return judgeDrafts(watched, drafts, "golden", now);
}

function record(
  ground: Ground,
  watched: Watched,
  golden: WatchedGolden,
  done: {
    run: number;
    answers: readonly Answer[];
    judged: readonly NewOutput[];
    asked: Judged;
    options: GoldenRunOptions;
  },
): GoldenReport {
  const { store, clock } = ground;
  const { run, options } = done;
  const byId = new Map(done.judged.map((each) => [each.output.id, each]));
  const cases = done.answers.map(({ golden: each, draft, failure }) => {
    const answer = byId.get(storedId(`${run}:${each.id}`, watched.storeMode));
    const output = answer === undefined ? null : store.outputs.add(answer);
    const verdict = agreement(golden, answer, failure);
    const result = {
      caseId: each.id,
      status: verdict.status,
      output,
      reason: verdict.reason ?? null,
      receivedId: draft === null ? null : storedId(draft.id, watched.storeMode),
    };
    store.golden.add(run, result);
    return { id: each.id, status: verdict.status, reason: result.reason };
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

/** A case agrees when every deciding check passes; one that could not tell makes the case "could not tell". */
function agreement(golden: WatchedGolden, answer: NewOutput | undefined, failure: string | null): Verdict {
  if (answer === undefined) return { status: "error", reason: failure ?? "the automation gave no answer" };
  const verdicts = golden.checks.map(
    (check) => answer.verdicts.get(check) ?? { status: "skipped" as const, reason: "no such check" },
  );
  const failed = verdicts.find((each) => each.status === "fail");
  if (failed !== undefined) return failed;
  const unsure = verdicts.find((each) => each.status === "error");
  if (unsure !== undefined) return unsure;
  return verdicts.some((each) => each.status === "pass")
    ? { status: "pass" }
    : { status: "skipped", reason: "no check of this automation compares with the known answer" };
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
  const drawn = seen.told.map((each) => ({ observed: { [goldenMetric]: each.status === "pass" } }));
  const followed = followMetrics(
    watched,
    book,
    { runId: seen.run, at: seen.at, drawn, replay: false, nameOf: () => null },
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
