/**
 * Puts outputs to the checks that ask models and services, in the form in which they are stored. First each check is
 * put its planted outputs, whose verdicts are known: a judge that is wrong about one, or gives no verdict, is asked
 * nothing further, its verdicts of this batch are all "could not tell", and the finding is about the judge.
 * In: outputs and the run's name. Out: verdicts and findings. A batch has a deadline, and a judge that gives no answer
 * is left alone for a while.
 */
import pLimit from "p-limit";
import type { Check, PlantedTrial } from "../domain/check.js";
import type { Output } from "../domain/output.js";
import { dayMs } from "../domain/time.js";
import { error, type Verdict } from "../domain/verdict.js";
import { findingKey } from "../incident/finding-key.js";
import { startDeadline } from "../platform/deadline.js";
import { redactVerdict } from "../text/redact.js";
import { shown } from "../text/shown.js";
import { askingFor } from "./asking.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";
import type { Asker } from "./paid-question.js";
import { judgingDay } from "./spend.js";

/** Longest time for one run's questions. */
const batchWithinMs = 10 * 60_000;
/** Outputs whose questions wait for their turn at once. */
const outputsAtOnce = 16;
/** No run is repeated so late; the answers are forgotten. */
const answersKeptMs = 100 * dayMs;

/** The outputs of one run, and who judges them. */
export interface Batch {
  /** Names the run, the same when it is repeated. */
  readonly run: string;
  readonly at: number;
  readonly outputs: readonly Output[];
  readonly checks: readonly Check[];
  readonly signal: AbortSignal;
}

/** What the judges said. */
export interface Judged {
  /** Verdicts by output id, then by check id. */
  readonly verdicts: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
  /** Judges that cannot be trusted. */
  readonly found: readonly Found[];
  /** Findings about judges that are right again. */
  readonly endedKeys: readonly string[];
  /** Questions put that got no answer. */
  readonly unanswered: number;
}

/** Nobody was asked. */
export const nobodyAsked: Judged = { verdicts: new Map(), found: [], endedKeys: [], unanswered: 0 };

/** The checks of an automation that ask. */
export function askingChecks(watched: Watched): readonly Check[] {
  return watched.checks.filter((check) => check.asks);
}

/** Judges a batch of outputs. A caller whose own signal was aborted must not use what this returns. */
export async function judgeOutputs(ground: Ground, watched: Watched, batch: Batch): Promise<Judged> {
  if (batch.outputs.length === 0 || batch.checks.length === 0) return nobodyAsked;
  const deadline = startDeadline(batchWithinMs, batch.signal);
  try {
    let refused = 0;
    const onRefused = () => {
      refused += 1;
    };
    const within = { ...batch, signal: deadline.signal, onRefused };
    const judged = await Promise.all(batch.checks.map((check) => judgeWith(ground, watched, within, check)));
    ground.store.transaction(() => {
      const { answers } = ground.store;
      answers.forgetBefore(ground.clock.now() - answersKeptMs);
      // once for all of them: each would wait for the disk
      if (refused > 0) answers.spend(judgingDay(ground), watched.entry.id, { refused });
    });
    const verdicts = batch.outputs.map((output) => {
      const said = judged.flatMap((each) => {
        const verdict = each.verdicts.get(output.id);
        return verdict === undefined
          ? []
          : [[each.check, redactVerdict(verdict, watched.storeMode)] as const];
      });
      return [output.id, new Map(said)] as const;
    });
    return {
      verdicts: new Map(verdicts),
      found: judged.flatMap((each) => each.found),
      endedKeys: judged.flatMap((each) => each.endedKeys),
      unanswered: judged.reduce((sum, each) => sum + each.unanswered, 0),
    };
  } finally {
    deadline.end();
  }
}

interface CheckJudged {
  readonly check: string;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly found: readonly Found[];
  readonly endedKeys: readonly string[];
  readonly unanswered: number;
}

/** A batch under way. */
type Judging = Batch & Pick<Asker, "onRefused">;

async function judgeWith(
  ground: Ground,
  watched: Watched,
  batch: Judging,
  check: Check,
): Promise<CheckJudged> {
  const answeredBy = new Set<string>();
  const unanswered = { count: 0 };
  const asker: Asker = {
    watched,
    check: check.id,
    run: batch.run,
    planted: false,
    signal: batch.signal,
    onAnswer: (name) => void answeredBy.add(name),
    onNoAnswer: () => {
      unanswered.count += 1;
    },
    onRefused: batch.onRefused,
  };
  const proof = await proofOf(ground, asker, check.planted);
  const key = findingKey({ rule: "judge", metric: null, check: check.id });
  if (proof.kind === "wrong") {
    const verdict = error(`could not tell: ${proof.why}, so its verdicts of this run do not count`);
    return {
      check: check.id,
      verdicts: new Map(batch.outputs.map((output) => [output.id, verdict])),
      found: [judgeFound(check, proof.why, { answeredBy: [...answeredBy], at: batch.at })],
      endedKeys: [],
      unanswered: unanswered.count,
    };
  }
  const limit = pLimit(outputsAtOnce);
  const asking = askingFor(ground, asker);
  const said = await Promise.all(
    batch.outputs.map((output) => limit(async () => [output.id, await check.judge(output, asking)] as const)),
  );
  return {
    check: check.id,
    verdicts: new Map(said),
    found: [],
    unanswered: unanswered.count,
    endedKeys: proof.kind === "right" && check.planted.length > 0 ? [key] : [],
  };
}

/** What the planted outputs say of a judge; "unproven": it could not be asked in time, or for want of money. */
type Proof =
  | { readonly kind: "right" }
  | { readonly kind: "unproven" }
  /** Without the judge's name. */
  | { readonly kind: "wrong"; readonly why: string };

async function proofOf(ground: Ground, asker: Asker, planted: readonly PlantedTrial[]): Promise<Proof> {
  const asking = askingFor(ground, { ...asker, planted: true });
  const said = await Promise.all(
    planted.map(async (each): Promise<Proof> => {
      const verdict = await each.judge(asking);
      // our own time was over: that says nothing about the judge
      if (verdict.status === "skipped" || (verdict.status === "error" && asker.signal.aborted))
        return { kind: "unproven" };
      if (verdict.status === "error")
        return {
          kind: "wrong",
          why: `the judge gave no verdict on ${each.name} (${shown(verdict.reason.replace(/^could not tell: /, ""), 200)})`,
        };
      if ((verdict.status === "pass") === each.passes) return { kind: "right" };
      const called = verdict.status === "pass" ? "good" : "bad";
      return { kind: "wrong", why: `the judge called ${each.name} ${called}` };
    }),
  );
  const first = (kind: Proof["kind"]) => said.find((each) => each.kind === kind);
  return first("wrong") ?? first("unproven") ?? { kind: "right" };
}

function judgeFound(
  check: Check,
  wrong: string,
  about: { answeredBy: readonly string[]; at: number },
): Found {
  const by = about.answeredBy.length === 0 ? "" : ` (${about.answeredBy.join(", ")})`;
  const headline = wrong.replace(/^the judge/, () => `the judge of “${check.title}”${by}`);
  return {
    headline,
    finding: {
      rule: "judge",
      metric: null,
      check: check.id,
      level: "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: null,
      foundAt: about.at,
      chanceMonths: null,
      sentence: `${headline}; its verdicts of this run do not count`,
      improvement: false,
    },
  };
}
