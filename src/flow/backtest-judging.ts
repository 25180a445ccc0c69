/**
 * What judging this history would cost, without asking anybody: the questions that the checks would put to models
 * about outputs of the sample are composed and priced, and none is sent. In: the ground of a backtest that is done.
 * Out: requests and the most they may cost, for this history and for a month like it.
 */
import type { Asking } from "../domain/asking.js";
import type { Check } from "../domain/check.js";
import { KnownError } from "../domain/errors.js";
import type { Output } from "../domain/output.js";
import type { Ground, Watched } from "./ground.js";
import { askingChecks } from "./judge-outputs.js";
import { countedRuns } from "./replay-metric.js";

/** Outputs whose questions are composed; the others are taken to be like them. */
const outputsPriced = 50;

/** What judging would come to. */
export interface JudgingEstimate {
  readonly checks: readonly string[];
  /** Outputs of the sample. */
  readonly outputs: number;
  /** First requests; what a check asks on after an answer is not in it. */
  readonly requests: number;
  /** The most they may cost, in millionths of a US dollar; planted outputs are in it. */
  readonly mostMicros: number;
  /** The same for a month like this history; null: it covers no time. */
  readonly monthMostMicros: number | null;
  /** The automation's limit of a day. */
  readonly dailyCapMicros: number;
}

/** The estimate; null where no check asks. */
export async function estimateJudging(
  ground: Ground,
  watched: Watched,
  months: number,
  signal: AbortSignal,
): Promise<JudgingEstimate | null> {
  const checks = askingChecks(watched);
  if (checks.length === 0) return null;
  const runs = countedRuns(ground, watched.entry.id);
  const outputs = runs.flat();
  const step = Math.max(1, outputs.length / outputsPriced);
  const sample = Array.from(
    { length: Math.min(outputsPriced, outputs.length) },
    (_, index) => outputs[Math.floor(index * step)],
  ).flatMap((each) => (each === undefined ? [] : [each.output]));
  const priced = await Promise.all(checks.map((check) => priceOf(ground, check, sample, signal)));
  const scale = sample.length === 0 ? 0 : outputs.length / sample.length;
  const total = (of: "requests" | "mostMicros") =>
    Math.round(
      priced.reduce((sum, each) => sum + each.sample[of] * scale + each.planted[of] * runs.length, 0),
    );
  const mostMicros = total("mostMicros");
  return {
    checks: checks.map(({ id }) => id),
    outputs: outputs.length,
    requests: total("requests"),
    mostMicros,
    monthMostMicros: months > 0 ? Math.round(mostMicros / months) : null,
    dailyCapMicros: watched.judging.dailyMicros,
  };
}

interface Price {
  readonly requests: number;
  readonly mostMicros: number;
}

async function priceOf(ground: Ground, check: Check, sample: readonly Output[], signal: AbortSignal) {
  const ofSample = pricing(ground, signal);
  for (const output of sample) await check.judge(output, ofSample.asking);
  const ofPlanted = pricing(ground, signal);
  // put anew in every run
  for (const planted of check.planted) await planted.judge(ofPlanted.asking);
  return { sample: ofSample.price(), planted: ofPlanted.price() };
}

/** A port that prices each question and sends none. */
function pricing({ register }: Ground, signal: AbortSignal): { asking: Asking; price: () => Price } {
  let [requests, mostMicros] = [0, 0];
  const terms = {
    signal,
    reserve: (most: number): never => {
      requests += 1;
      mostMicros += most;
      throw new KnownError("spend-cap", "only priced, not asked");
    },
  };
  const modelOf = (id: string) => {
    const model = register.asking.models.get(id);
    if (model === undefined) throw new KnownError("model-unknown", `no model "${id}"`);
    return model;
  };
  const never = () => {
    throw new KnownError("spend-cap", "only priced, not asked");
  };
  return {
    asking: {
      ask: async (question) => {
        await modelOf(question.model).complete(question, terms);
        return never();
      },
      embed: async (model, texts) => {
        await modelOf(model).embed(texts.slice(0, 64), terms);
        return never();
      },
      // a service of the user's costs nothing here
      post: async () => {
        requests += 1;
        return never();
      },
    },
    price: () => ({ requests, mostMicros }),
  };
}
