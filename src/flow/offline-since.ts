import type { Ground } from "./ground.js";

const keptUnder = "offline_since";

/** Since when Evenkeel itself has been offline; null: it is not. */
export function offlineSince({ store }: Pick<Ground, "store">): number | null {
  const kept = store.meta.get(keptUnder);
  return kept === null || kept === "" ? null : Number(kept);
}

/** True while neither a source nor a channel can be reached. */
export function isOffline(ground: Pick<Ground, "store">): boolean {
  return offlineSince(ground) !== null;
}

/** Puts on record since when it has been, or that it is over. */
export function setOffline({ store }: Pick<Ground, "store">, since: number | null): void {
  store.meta.set(keptUnder, since === null ? "" : String(since));
}
