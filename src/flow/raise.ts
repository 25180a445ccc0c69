/**
 * From findings to incidents, inside the run's transaction.
 * In: what one run found and what is over. Out: the findings and moves in the store. Never sends anything: telling
 * people is the next step, and only where the run is not a silent one.
 */
import { type IncidentKind, isEnded } from "../domain/incident.js";
import { decideIncident, type IncidentPlan } from "../incident/decide.js";
import { findingKey } from "../incident/finding-key.js";
import { swingsOf } from "../incident/flapping.js";
import { type IncidentEvent, nextStatus } from "../incident/transitions.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import { sayLeft } from "../wording/states.js";
import type { Found } from "./describe.js";
import { endSnoozes } from "./end-snoozes.js";
import { keepExposed } from "./exposure.js";
import type { Ground } from "./ground.js";
import { attach, joinQuietly, recordAlso } from "./join-incident.js";
import { noteFlapping, noteLate } from "./note-swing.js";
import { lesserOf } from "./story-life.js";

/** Evenkeel's own name in the book of moves. */
export const self = "evenkeel";

/** What a run says about one automation. */
export interface Raised {
  readonly automation: string;
  readonly kind: IncidentKind;
  /** Evidence time: the slot. */
  readonly at: number;
  readonly found: readonly Found[];
  readonly endedKeys: readonly string[];
  /** Those of them that are over because what they rest on is gone, not because it is well again. */
  readonly outlived?: readonly string[];
  /** Why an incident that ends by this ends; default: it is back at its usual level, where nothing of it is left. */
  readonly overBecause?: string;
}

/** Stores findings and moves the incident they belong to. Returns the page findings that joined an incident people know. */
export function raise(ground: Ground, raised: Raised): readonly StoredFinding[] {
  const { store } = ground;
  const before = new Map(activeOf(ground, raised).map((each) => [each.key, each]));
  const fresh = new Set<string>();
  for (const found of raised.found) {
    const { finding } = found;
    const key = findingKey(finding);
    const known = before.get(key);
    if (known === undefined) {
      store.findings.insert(raised.automation, key, found);
      fresh.add(key);
    } else {
      store.findings.seenAgain(known.id, found);
      if (known.finding.level !== finding.level) store.findings.setLevel(known.id, finding.level);
      if (known.finding.level !== "page" && finding.level === "page") fresh.add(key);
    }
  }
  for (const key of raised.endedKeys) {
    const known = before.get(key);
    if (known !== undefined) store.findings.end(known.id, raised.at);
  }
  const joined = moveIncident(ground, raised, fresh);
  nameIncident(ground, raised);
  return joined;
}

function activeOf(ground: Ground, raised: Pick<Raised, "automation" | "kind">): readonly StoredFinding[] {
  return ground.store.findings
    .active(raised.automation)
    .filter((each) => (each.finding.rule === "blind") === (raised.kind === "blind"));
}

function moveIncident(ground: Ground, raised: Raised, fresh: ReadonlySet<string>): readonly StoredFinding[] {
  const { store } = ground;
  const active = activeOf(ground, raised);
  const open = store.incidents.openOf(raised.automation, raised.kind);
  const plan = decideIncident({
    kind: raised.kind,
    now: raised.at,
    clockAt: ground.clock.now(),
    open: open === null ? null : { ...open, ...lately(ground, open) },
    latest: latestEnded(ground, raised),
    paging: active
      .filter((each) => each.finding.level === "page")
      .map((each) => ({
        key: each.key,
        finding: each.finding,
        headline: each.headline,
        isNew: fresh.has(each.key) || (open !== null && each.incident !== open.id),
      })),
  });
  return carryOut(ground, raised, plan, active);
}

/** An open incident is called after the oldest page finding that is still true, in its latest words. */
function nameIncident(ground: Ground, raised: Raised): void {
  const open = ground.store.incidents.openOf(raised.automation, raised.kind);
  if (open === null) return;
  const leading = activeOf(ground, raised).find(
    (each) => each.finding.level === "page" && each.incident === open.id,
  );
  if (leading !== undefined && leading.headline !== open.title)
    ground.store.incidents.setTitle(open.id, leading.headline);
}

function latestEnded(ground: Ground, raised: Raised) {
  const { store } = ground;
  const latest = store.incidents.latestOf(raised.automation, raised.kind);
  if (latest === null || latest.endedAt === null) return null;
  const keys = store.findings.ofIncident(latest.id).map((each) => each.key);
  return {
    id: latest.id,
    status: latest.status,
    endedAt: latest.endedAt,
    keys,
    swings: swingsOf(store.incidents.swings(latest.id)),
  };
}

/** When it was opened the last time, how it changed since, and since when nothing of it is wrong. */
function lately({ store }: Ground, { id, openedAt }: IncidentRow) {
  const moves = store.incidents.swings(id);
  const again = moves.find(({ event }) => event === "reopen");
  return {
    openedAt: again?.at ?? openedAt,
    swings: swingsOf(moves),
    lastWrongAt: store.findings.lastEndedAt(id),
  };
}

function carryOut(
  ground: Ground,
  raised: Raised,
  plan: IncidentPlan,
  active: readonly StoredFinding[],
): readonly StoredFinding[] {
  const { store } = ground;
  switch (plan.do) {
    case "nothing":
      joinQuietly(ground, raised, active, self);
      return [];
    case "open": {
      const id = store.incidents.insert(raised.automation, raised.kind, plan.title, raised.at);
      store.incidents.record(id, {
        at: raised.at,
        event: "open",
        from: null,
        to: "open",
        who: self,
        why: plan.title,
      });
      attach(ground, id, active);
      return [];
    }
    case "reopen": {
      const row = store.incidents.get(plan.incident);
      if (row !== null)
        applyEvent(ground, row, "reopen", { at: raised.at, who: self, why: "the same problem came back" });
      store.incidents.beginAgain(plan.incident);
      attach(ground, plan.incident, active);
      if (plan.flaps) noteFlapping(ground, plan.incident, { at: raised.at, who: self });
      return [];
    }
    case "join": {
      const joined = attach(ground, plan.incident, active)
        .filter((each) => each.finding.level === "page")
        .filter((each) => !plan.quietly || !store.findings.isKnownTo(plan.incident, each.key, each.id));
      const row = store.incidents.get(plan.incident);
      if (row === null) return [];
      if (plan.worsened)
        applyEvent(ground, row, "worsen", { at: raised.at, who: self, why: "it is bad again" });
      if (plan.flaps) noteFlapping(ground, plan.incident, { at: raised.at, who: self });
      for (const each of joined) recordAlso(ground, row, each, { at: raised.at, who: self });
      return joined;
    }
    case "recover": {
      const row = store.incidents.get(plan.incident);
      const left = lesserOf(active.filter((each) => each.incident === plan.incident));
      if (row !== null) endByItself(ground, row, raised, left);
      return [];
    }
    case "hold":
      noteFlapping(ground, plan.incident, { at: raised.at, who: self });
      return [];
    case "note-late":
      for (const each of active) noteLate(ground, plan.incident, each, { at: raised.at, who: self });
      return [];
  }
}

/** Nothing of it pages any more: it is well again, unless something is left, or nobody can say because its ground is gone. */
function endByItself(
  ground: Ground,
  row: IncidentRow,
  { at, outlived = [], overBecause }: Raised,
  left: readonly string[],
): void {
  if (outlived.length === 0) {
    const usual = row.kind === "blind" ? "can be read again" : "back at its usual level";
    const why = overBecause ?? (left.length > 0 ? sayLeft(left) : usual);
    applyEvent(ground, row, "recover", { at, who: self, why });
    return;
  }
  const why = "the check it rests on was taken out or edited";
  applyEvent(ground, row, "resolve", { at, who: self, why });
}

/** Makes one legal move and records it; returns the row after it, or null when the table does not allow it. */
export function applyEvent(
  ground: Ground,
  row: IncidentRow,
  event: IncidentEvent,
  move: { at: number; who: string; why: string | null },
): IncidentRow | null {
  const to = nextStatus(row.status, event);
  if (to === null) return null;
  const { incidents } = ground.store;
  if (isEnded(to)) keepExposed(ground, row);
  const acknowledges = to === "acknowledged" || to === "fallback";
  incidents.setStatus(row.id, {
    status: to,
    endedAt: isEnded(to) ? move.at : null,
    acknowledgedBy: acknowledges && move.who !== self ? move.who : null,
  });
  incidents.record(row.id, { ...move, event, from: row.status, to });
  if (isEnded(to)) endSnoozes(ground, { ...row, status: to }, move.at);
  return incidents.get(row.id);
}
