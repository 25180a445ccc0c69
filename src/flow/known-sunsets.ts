/**
 * What is known about ends of models: the configuration, the lists of the configured APIs as they last answered, and the
 * table. In: the ground. Out: all three, the most trusted first. The lists are asked once a day and kept in the store, so
 * that a restart asks nobody again and an API that does not answer for a day takes no finding back.
 */
import { z } from "zod";
import { messageOf } from "../domain/errors.js";
import type { KnownSunsets, ModelSunset } from "../domain/model-sunset.js";
import { findSunset, platformIn } from "../model/find-sunset.js";
import type { ListedEnds } from "../model/listed-models.js";
import type { Ground, Watched } from "./ground.js";

/** Ends of models kept of all APIs together. */
const mostKept = 2_000;
const keptUnder = "listed_models";
const kept = z.array(z.object({ host: z.string(), model: z.string(), shutsDownOn: z.iso.date() }));

/** Asks every configured API that lists its models, each address once; one that does not answer keeps its last word. */
export async function refreshListed(ground: Ground, signal: AbortSignal): Promise<void> {
  const asked = new Map<string, ListedEnds>();
  for (const { id, listing } of ground.register.asking.models.values()) {
    if (listing === null || signal.aborted) continue;
    try {
      const read = await listing(signal);
      asked.set(new URL(read.url).host, read);
    } catch (thrown) {
      ground.logger.warn("the API of a model did not say when its models end", {
        model: id,
        reason: messageOf(thrown),
      });
    }
  }
  const before = keptRows(ground).filter((row) => !asked.has(row.host));
  const now = [...asked].flatMap(([host, { ends }]) =>
    [...ends].map(([model, shutsDownOn]) => ({ host, model, shutsDownOn })),
  );
  ground.store.meta.set(keptUnder, JSON.stringify([...now, ...before].slice(0, mostKept)));
}

/** What is known now, without asking anybody. */
export function knownSunsets(ground: Ground): KnownSunsets {
  const { own, table } = ground.register.sunset;
  const { platforms, rows } = table();
  const listed = keptRows(ground).map(
    ({ host, model, shutsDownOn }): ModelSunset => ({
      models: [model],
      vendor: host,
      platform: platformIn(host, platforms),
      shutsDownOn,
      replacement: replacementIn(rows, model),
    }),
  );
  return { own, listed, table: rows, platforms };
}

/** An API says when, not what comes instead. */
function replacementIn(rows: readonly ModelSunset[], model: string): string | null {
  return rows.find((row) => row.platform === null && row.models.includes(model))?.replacement ?? null;
}

/** The announced end of a model that an automation uses; null: none is known. */
export function sunsetOf({ entry }: Watched, model: string, known: KnownSunsets): ModelSunset | null {
  return findSunset(model, [entry.vendor, entry.tool, ...entry.dependsOn].join(" "), known);
}

function keptRows({ store }: Ground): z.infer<typeof kept> {
  const text = store.meta.get(keptUnder);
  return text === null ? [] : kept.parse(JSON.parse(text));
}
