import { z } from "zod";
import { type Model, textsAtOnce } from "../model/model.js";
import type { Ground } from "./ground.js";
import { type Asker, answerKey, paid } from "./paid-question.js";

const vector = z.array(z.number()).min(1);
/** Figures of a number of a vector that are kept: as many as a 32-bit float has. */
const figures = 7;

type Vector = readonly number[];

/** Vectors of texts, in order: those that are stored are read back, the rest are asked for. */
export async function embedKept(
  ground: Ground,
  asker: Asker,
  model: Model,
  texts: readonly string[],
): Promise<readonly Vector[]> {
  const all = [...new Set(texts)];
  const stored = new Map(
    all.flatMap((text) => {
      const kept = ground.store.answers.get(keyOf(asker, model, text));
      return kept === null ? [] : [[text, vector.parse(kept.answer)] as const];
    }),
  );
  const fresh = await ask(
    ground,
    asker,
    model,
    all.filter((text) => !stored.has(text)),
  );
  const known = new Map([...stored, ...fresh]);
  const lengths = new Set([...known.values()].map((each) => each.length));
  // another model answers to the name now: its vectors cannot be compared with the old ones
  const comparable = lengths.size <= 1 ? known : await ask(ground, asker, model, all);
  return texts.map((text) => comparable.get(text) ?? []);
}

function keyOf(asker: Asker, model: Model, text: string): string {
  return answerKey(asker, model.id, [model.fingerprint, "embedding", text]);
}

/** Asks part by part, and keeps each as it comes: what was paid for outlives a later part that fails. */
async function ask(
  ground: Ground,
  asker: Asker,
  model: Model,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Vector>> {
  const kept: (readonly [string, Vector])[] = [];
  for (let from = 0; from < texts.length; from += textsAtOnce)
    kept.push(...(await askPart(ground, asker, model, texts.slice(from, from + textsAtOnce))));
  return new Map(kept);
}

async function askPart(
  ground: Ground,
  asker: Asker,
  model: Model,
  texts: readonly string[],
): Promise<readonly (readonly [string, Vector])[]> {
  const { watched, check } = asker;
  const { vectors, answeredBy, costMicros } = await ground.inFlight.turn(model.id, () =>
    paid(ground, asker, model.id, (terms) => model.embed(texts, terms)),
  );
  const kept = texts.map((text, index) => [text, rounded(vectors[index] ?? [])] as const);
  ground.store.transaction(() => {
    for (const [index, [text, answer]] of kept.entries())
      ground.store.answers.add({
        key: keyOf(asker, model, text),
        automation: watched.entry.id,
        check,
        asked: model.id,
        answeredBy,
        answer,
        // what the request cost is told once
        costMicros: index === 0 ? costMicros : 0,
        at: ground.clock.now(),
      });
  });
  return kept;
}

function rounded(values: Vector): Vector {
  return values.map((value) => Number(value.toPrecision(figures)));
}
