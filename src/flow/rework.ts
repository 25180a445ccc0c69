/**
 * What people did about the outputs that went out while something was wrong.
 * In: which outputs of which incident, what became of them, who says so. Out: on record, with a line of the timeline.
 * Resolving an incident asks for this list to be worked or waived; false alarm and accepted change answer for all of it.
 */
import { KnownError } from "../domain/errors.js";
import type { ExposedOutput, ReworkCounts, SaidReworkState } from "../domain/rework.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { sayReworkState } from "../wording/rework.js";
import { decideRest, exposedOutputs, reworkCounts } from "./exposure.js";
import type { Ground } from "./ground.js";

/** What someone says became of outputs. */
export interface ReworkOrder {
  readonly incident: number;
  /** By the ids of their automation, by their keys here, or all that are still to be checked. */
  readonly of: { readonly ids: readonly string[] } | { readonly keys: readonly number[] } | "all";
  readonly state: SaidReworkState;
  readonly who: string;
  readonly why: string | null;
}

/** What came of it. */
export interface Reworked {
  readonly incident: number;
  readonly marked: number;
  readonly counts: ReworkCounts;
}

/** Records what became of outputs; throws KnownError where one is not on the list, or a waiver has no reason. */
export function markOutputs(ground: Ground, order: ReworkOrder): Reworked {
  const { store } = ground;
  return store.transaction(() => {
    const row = store.incidents.get(order.incident);
    if (row === null) throw new KnownError("incident-unknown", `No incident ${order.incident}.`);
    const why = order.why === null || order.why.trim() === "" ? null : order.why.trim();
    if (order.state === "waived" && why === null)
      throw new KnownError("rework-reason", "Nothing was recorded: waived outputs need a reason.");
    const said = { state: order.state, who: order.who, why };
    const marked = order.of === "all" ? markRest(ground, row, said) : markSome(ground, row, order.of, said);
    return {
      incident: row.id,
      marked,
      counts: reworkCounts(ground, row) ?? { "to-check": 0, fine: 0, redone: 0, waived: 0 },
    };
  });
}

interface Said {
  readonly state: SaidReworkState;
  readonly who: string;
  readonly why: string | null;
}

function markSome(
  ground: Ground,
  row: IncidentRow,
  of: Exclude<ReworkOrder["of"], "all">,
  { state, who, why }: Said,
): number {
  const outputs = meant(exposedOutputs(ground, row), of, row.id);
  const at = ground.clock.now();
  ground.store.rework.decide(row.id, outputs, { state, who, at, note: why });
  record(ground, row, outputs.length, { state, who, why });
  return outputs.length;
}

function markRest(ground: Ground, row: IncidentRow, { state, who, why }: Said): number {
  const marked = decideRest(ground, row, { state, who, at: ground.clock.now(), note: why });
  record(ground, row, marked, { state, who, why });
  return marked;
}

function meant(
  list: readonly ExposedOutput[],
  of: Exclude<ReworkOrder["of"], "all">,
  incident: number,
): readonly ExposedOutput[] {
  const byKey = "keys" in of;
  const known = new Map(list.map((each) => [byKey ? String(each.key) : each.id, each]));
  const wanted = [...new Set(byKey ? of.keys.map(String) : of.ids)];
  const unknown = wanted.filter((each) => !known.has(each));
  if (unknown.length > 0)
    throw new KnownError(
      "rework-unknown",
      `Incident ${incident}: ${unknown.slice(0, 5).join(", ")} ${unknown.length === 1 ? "is" : "are"} not on its list, so nothing was recorded; evenkeel incidents outputs ${incident} shows what is.`,
    );
  return wanted.flatMap((each) => known.get(each) ?? []);
}

function record(ground: Ground, row: IncidentRow, outputs: number, { state, who, why }: Said): void {
  if (outputs === 0) return;
  const what = `${sayCount(outputs, "output")} ${sayReworkState(state)}`;
  ground.store.incidents.record(row.id, {
    at: ground.clock.now(),
    event: "rework",
    from: row.status,
    to: row.status,
    who,
    why: why === null ? what : `${what}: ${why}`,
  });
}

/** What a person does who ends an incident, as far as its outputs are concerned. */
export interface Ending {
  readonly event: PersonalEvent;
  readonly who: string;
  readonly why: string | null;
  /** Leaves the outputs that are still to be checked as they are, for the reason given. */
  readonly waiveRest?: boolean | undefined;
}

/** How many outputs hold an ending up: only a person who resolves is asked, and can waive them. */
export function reworkOwed(
  ground: Ground,
  row: IncidentRow,
  ending: Pick<Ending, "event" | "waiveRest">,
): number {
  if (ending.event !== "resolve" || ending.waiveRest === true) return 0;
  return reworkCounts(ground, row)?.["to-check"] ?? 0;
}

/**
 * What an ending by a person says about the outputs that went out; throws KnownError while some are still to be checked.
 * A false alarm says that nothing was wrong with them, an accepted change that they are as they should be: neither asks
 * anything more. A switch back is about the automation, proven by a fresh sample; what went out before stays owed.
 */
export function settleOutputs(ground: Ground, row: IncidentRow, ending: Ending): void {
  const owed = reworkOwed(ground, row, ending);
  if (owed > 0)
    throw new KnownError(
      "incident-rework",
      `Incident ${row.id}: ${sayOwed(owed)}. evenkeel incidents outputs ${row.id} lists them; say what was done with evenkeel incidents rework ${row.id} <output...> --state fine|redone, or end it without: --waive-rest`,
    );
  const state = verdicts[ending.event];
  if (state !== undefined) markRest(ground, row, { state, who: ending.who, why: ending.why });
}

const verdicts: Readonly<Partial<Record<PersonalEvent, SaidReworkState>>> = {
  resolve: "waived",
  "false-alarm": "fine",
  "accept-change": "fine",
};

/** "12 outputs that went out are still to check". */
export function sayOwed(owed: number): string {
  return owed === 1
    ? "1 output that went out is still to check"
    : `${sayCount(owed, "output")} that went out are still to check`;
}
