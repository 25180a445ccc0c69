/**
 * Markers from edits of the configuration and of the golden set, noticed at a start or when the files are read again.
 * In: the register. Out: markers. An automation met for the first time has not been edited.
 */
import { sayListUpTo } from "../../wording/sentences.js";
import type { Ground, Watched } from "../ground.js";
import { noteMarker } from "./note-marker.js";

const partsNamed = 4;

/** Compares every automation with how it was declared before. */
export function noteEdits(ground: Ground): void {
  ground.store.transaction(() => {
    for (const watched of ground.register.automations) noteEdit(ground, watched);
  });
}

function noteEdit(ground: Ground, watched: Watched): void {
  const { declared } = ground.store;
  const before = declared.of(watched.entry.id);
  const now = watched.declared;
  const edited = [...new Set([...before.keys(), ...now.keys()])].filter(
    (part) => before.get(part) !== now.get(part),
  );
  if (edited.length === 0) return;
  declared.replace(watched.entry.id, now);
  if (before.size === 0) return;
  const at = ground.clock.now();
  const common = { at, who: "evenkeel" };
  if (edited.includes("golden cases"))
    noteMarker(ground, watched, { ...common, kind: "golden-set", from: null, to: null, note: null });
  const settings = edited.filter((part) => part !== "golden cases");
  if (settings.length === 0) return;
  const model = settings.includes("model");
  noteMarker(ground, watched, {
    ...common,
    kind: "config",
    from: model ? (before.get("model") ?? null) : null,
    to: model ? (now.get("model") ?? null) : null,
    note: sayListUpTo(settings, partsNamed),
  });
}
