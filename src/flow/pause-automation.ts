/**
 * A named person pauses or resumes an automation from its incident: the configured command or address is asked once.
 * In: which incident, who, why. Out: what it answered; what was asked, and then the answer, stand on the timeline, so
 * that a process that ends in between leaves the question behind. Slack, a page and the command line start this same
 * journey. Never tries twice: where it fails, people are told what to do by hand.
 */
import type { SwitchAction, SwitchWish } from "../automation/switch-action.js";
import { KnownError } from "../domain/errors.js";
import { isEnded } from "../domain/incident.js";
import type { IncidentRow } from "../store/incident.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { tellUntold } from "./tell.js";

/** What a person asks for. */
export interface PauseOrder {
  readonly incident: number;
  readonly wish: SwitchWish;
  readonly who: string;
  readonly why: string | null;
}

/** What came of it. */
export interface PauseReport {
  readonly incident: number;
  readonly automation: string;
  readonly wish: SwitchWish;
  readonly done: boolean;
  /** "the command stop-reader ended with exit code 0: stopped". */
  readonly said: string;
  /** What to do by hand where it was not done; null: it was. */
  readonly byHand: string | null;
}

const events = {
  pause: { asked: "pause-asked", done: "paused", failed: "pause-failed" },
  resume: { asked: "resume-asked", done: "resumed", failed: "resume-failed" },
} as const;

/** Asks once; throws KnownError where there is nothing to ask or it makes no sense now. */
export async function pauseAutomation(
  ground: Ground,
  order: PauseOrder,
  signal: AbortSignal,
): Promise<PauseReport> {
  const { row, watched, action } = allowed(ground, order);
  const { id, title } = watched.entry;
  // two people press the same button at once: it is asked once
  const busy = `${order.wish} ${id}`;
  if (ground.atWork.has(busy))
    throw new KnownError(
      "automation-busy",
      `${title}: someone has just asked for that; its answer is awaited`,
    );
  ground.atWork.add(busy);
  try {
    record(ground, row, order, { event: events[order.wish].asked, why: askedWhy(action, order) });
    const { done, said } = await action.carryOut({
      ...order,
      id: ground.random.hex(16),
      automation: watched.entry,
      incident: row.id,
      signal,
    });
    const byHand = done ? null : whatByHand(watched, order.wish);
    const why = byHand === null ? `${action.name} ${said}` : `${action.name}: ${said}. By hand: ${byHand}`;
    noteAnswer(ground, watched, row, order, {
      event: done ? events[order.wish].done : events[order.wish].failed,
      why,
    });
    return {
      incident: row.id,
      automation: id,
      wish: order.wish,
      done,
      said: `${action.name} ${said}`,
      byHand,
    };
  } finally {
    ground.atWork.delete(busy);
  }
}

function allowed(
  ground: Ground,
  order: PauseOrder,
): { row: IncidentRow; watched: Watched; action: SwitchAction } {
  const row = ground.store.incidents.get(order.incident);
  if (row === null) throw new KnownError("incident-unknown", `No incident ${order.incident}.`);
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null)
    throw new KnownError(
      "incident-unregistered",
      `Incident ${row.id} is about ${row.automation}, which the configuration no longer has`,
    );
  if (order.wish === "pause" && isEnded(row.status))
    throw new KnownError(
      "incident-move",
      `Incident ${row.id} is over (${sayStatus(row.status)}); nothing is paused for it`,
    );
  const action = watched.switches[order.wish];
  if (action === null)
    throw new KnownError(
      "pause-unknown",
      `${watched.entry.title} cannot be ${order.wish}d from here: its fallback has no ${order.wish}Action. By hand: ${whatByHand(watched, order.wish)}`,
    );
  return { row, watched, action };
}

function askedWhy(action: SwitchAction, { why }: PauseOrder): string {
  return why === null ? action.name : `${action.name}; ${why}`;
}

/** The reason that someone last gave with such an order, before a move of that number; empty: none. */
export function whyAsked(
  ground: Ground,
  row: IncidentRow,
  order: { readonly wish: SwitchWish; readonly who: string; readonly before: number },
): string {
  const { wish, who, before } = order;
  const { incidents } = ground.store;
  const last = incidents.lastMove(row.id, { who, events: [events[wish].asked], upTo: before });
  const asked = last === null ? null : incidents.move(last);
  const name = watchedOf(ground.register, row.automation)?.switches[wish]?.name;
  const prefix = `${name}; `;
  return asked?.why?.startsWith(prefix) ? asked.why.slice(prefix.length) : "";
}

/** What a person does where nothing does it for them. */
function whatByHand({ entry }: Watched, wish: SwitchWish): string {
  const pause = entry.fallback?.pause ?? null;
  const who = entry.fallback?.by ?? entry.owner;
  if (pause === null) return `ask ${who} how it is ${wish}d; nothing is written down`;
  const sentence = upperFirst(withoutStop(pause));
  return wish === "pause" ? sentence : `undo “${sentence}”`;
}

interface Noted {
  readonly event: string;
  readonly why: string;
}

/** Before it is asked, so that a question without an answer is seen. */
function record(ground: Ground, row: IncidentRow, { who }: PauseOrder, noted: Noted): void {
  const { status } = row;
  ground.store.transaction(() =>
    ground.store.incidents.record(row.id, {
      at: ground.clock.now(),
      from: status,
      to: status,
      who,
      ...noted,
    }),
  );
}

function noteAnswer(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  { who }: PauseOrder,
  noted: Noted,
): void {
  const { store, clock } = ground;
  store.transaction(() => {
    // it may have moved meanwhile
    const { status } = store.incidents.get(row.id) ?? row;
    const now = clock.now();
    store.incidents.recordToTell(row.id, { at: now, from: status, to: status, who, ...noted });
    tellUntold(ground, watched, now);
  });
}
