import type { Aside, Output } from "../domain/output.js";
import type { Ground, Watched } from "./ground.js";
import { readSource } from "./read-source.js";

/** Pages read before the newest outputs are taken. */
const mostPages = 200;

/** The newest outputs of a source, and what kept it from being read to the end. */
export interface NewestOutputs {
  readonly outputs: readonly Output[];
  readonly asides: readonly Aside[];
  readonly unreadable: string | null;
}

/** Reads a source from its beginning and keeps the last so many outputs; stores nothing. */
export async function newestOutputs(
  ground: Ground,
  watched: Watched,
  last: number,
  signal: AbortSignal,
): Promise<NewestOutputs> {
  let outputs: Output[] = [];
  const asides: Aside[] = [];
  let cursor = null;
  for (let page = 0; page < mostPages; page += 1) {
    const result = await readSource(ground, watched, cursor, { signal, patient: false });
    if (!result.ok) return { outputs, asides, unreadable: result.reason };
    const now = ground.clock.now();
    outputs = [...outputs, ...result.read.outputs.map((draft) => ({ ...draft, at: draft.at ?? now }))].slice(
      -last,
    );
    asides.push(...result.read.asides);
    cursor = result.read.cursor;
    if (!result.read.more) break;
  }
  return { outputs, asides, unreadable: null };
}
