/**
 * Incidents about Evenkeel itself: a channel that cannot deliver, an incident without a next step. In: what is wrong or
 * in order again. Out: findings, moves and messages in the store, like those about any automation; call inside a
 * transaction. What is wrong with one channel is told on the others.
 */
import type { Finding } from "../domain/finding.js";
import { findingKey } from "../incident/finding-key.js";
import { excerpt } from "../text/excerpt.js";
import { redactText } from "../text/redact.js";
import type { Ground } from "./ground.js";
import { itself, itselfId } from "./itself.js";
import { raise } from "./raise.js";
import { tellAlso, tellUntold } from "./tell.js";

/** One thing about Evenkeel itself that is not in order. */
export interface OwnTrouble {
  /** What it is about: "channel:ops-slack", "audit". The same subject is the same trouble. */
  readonly subject: string;
  /** What is wrong, in a few words: the incident is called after it. */
  readonly headline: string;
  /** The same with its cause, and what to do. */
  readonly sentence: string;
}

/** Something is not in order: opens the incident about Evenkeel itself, or joins it. */
export function raiseOwn(ground: Ground, trouble: OwnTrouble): void {
  const now = ground.clock.now();
  const joined = raise(ground, {
    automation: itselfId,
    kind: "outputs",
    at: now,
    found: [{ headline: trouble.headline, finding: findingOf(trouble, now) }],
    endedKeys: [],
  });
  tell(ground, now);
  for (const { incident, finding } of joined)
    if (incident !== null) tellAlso(ground, itself(ground.register), incident, finding, now);
}

/** True while it is known not to be in order. */
export function ownTroubleStands({ store }: Ground, subject: string): boolean {
  const key = keyOf(subject);
  return store.findings.active(itselfId).some((each) => each.key === key);
}

/** It is in order again. Nothing happens where it was before. */
export function endOwn(ground: Ground, subject: string): void {
  if (!ownTroubleStands(ground, subject)) return;
  const key = keyOf(subject);
  const at = ground.clock.now();
  raise(ground, { automation: itselfId, kind: "outputs", at, found: [], endedKeys: [key], overBecause });
  tell(ground, at);
}

/** An incident stays open for a while though its cause is gone; call at every beat, outside a transaction, so that it ends. */
export function settleOwn(ground: Ground): void {
  const { incidents, findings } = ground.store;
  const row = incidents.openOf(itselfId, "outputs");
  // one that people see to by hand waits for them
  if (row === null || row.status === "recovering" || findings.active(itselfId).length > 0) return;
  const at = ground.clock.now();
  ground.store.transaction(() => {
    raise(ground, { automation: itselfId, kind: "outputs", at, found: [], endedKeys: [], overBecause });
    tell(ground, at);
  });
}

const overBecause = "what was wrong is in order again";

function tell(ground: Ground, now: number): void {
  tellUntold(ground, itself(ground.register), now);
}

function keyOf(subject: string): string {
  return findingKey({ rule: "itself", metric: subject, check: null });
}

function findingOf({ subject, sentence }: OwnTrouble, now: number): Finding {
  return {
    rule: "itself",
    metric: subject,
    check: null,
    level: "page",
    baseline: null,
    current: null,
    evidence: null,
    changedAt: now,
    foundAt: now,
    chanceMonths: null,
    sentence: excerpt(redactText(sentence), 400),
    improvement: false,
  };
}
