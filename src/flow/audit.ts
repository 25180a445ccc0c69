/**
 * The audit: every minute each open incident that people know of is asked for its next step, and whoever watches
 * Evenkeel from outside hears from it only while all have one and a channel works (RELIABILITY 3.5).
 * In: the ground. Out: an incident about Evenkeel itself where a next step is missing; a request to the dead-man
 * address. A watch that stopped, hangs or reaches nobody stops asking, and the other side raises the alarm.
 */
import { messageOf } from "../domain/errors.js";
import { nextStep } from "../incident/next-step.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { sayList } from "../wording/sentences.js";
import { channelsToPeople } from "./channels-for.js";
import { type Ground, watchedOf } from "./ground.js";
import { isHeldByBlindness } from "./held-by-blindness.js";
import { isSilenced } from "./silences.js";
import { endOwn, raiseOwn } from "./watch-itself.js";

const everyMs = 60_000;
const subject = "audit";
const timeoutMs = 10_000;
const answerMaxBytes = 64 * 1024;
/** Numbers named in the message. */
const named = 5;

/** Builds the audit; whoever calls it decides how often. */
export function createAudit(present: () => Ground, signal: AbortSignal): () => Promise<void> {
  let auditedAt = Number.NEGATIVE_INFINITY;
  let pingedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const ground = present();
    const now = ground.clock.monotonic();
    if (now - auditedAt < everyMs) return;
    auditedAt = now;
    const holds = auditIncidents(ground);
    const { deadMan } = ground.register;
    if (!holds || deadMan === null || now - pingedAt < deadMan.everyMs || !oneWorks(ground)) return;
    pingedAt = now;
    await ping(ground, signal);
  };
}

/** Whether every open incident that people know of has its next step; where not, that becomes an incident itself. */
export function auditIncidents(ground: Ground): boolean {
  const lost = ground.store.incidents
    .open()
    .filter((row) => row.toldStatus !== null && stepOf(ground, row) === null)
    .map(({ id }) => String(id));
  ground.store.transaction(() => {
    if (lost.length === 0) return endOwn(ground, subject);
    const which = sayList(lost.slice(0, named));
    ground.logger.error("open incidents have no next step", { incidents: lost.slice(0, named) });
    return raiseOwn(ground, {
      subject,
      headline: `Evenkeel lost hold of ${sayCount(lost.length, "open incident")}`,
      sentence: `Nothing is owed, due or held for incident ${which}; see to ${lost.length === 1 ? "it" : "them"} yourself with evenkeel incidents show, and report this as a fault of Evenkeel`,
    });
  });
  return lost.length === 0;
}

function stepOf(ground: Ground, row: IncidentRow) {
  const { store, clock } = ground;
  const now = clock.now();
  const clocks = store.incidentClocks.get(row.id);
  const blind = row.kind === "outputs" && isHeldByBlindness(ground, row.automation);
  return nextStep({
    now,
    status: row.status,
    owed: store.outbox.owesAbout(row.id),
    heldBack: blind || isSilenced(ground, row, now),
    clocks: [
      row.acknowledgeBy,
      row.restoreBy,
      clocks?.containBy ?? null,
      clocks?.remindAt ?? null,
      clocks?.acknowledgementExpiresAt ?? null,
    ],
    holder: row.acknowledgedBy,
    watched: watchedOf(ground.register, row.automation) !== null,
  });
}

function oneWorks(ground: Ground): boolean {
  return channelsToPeople(ground).some(({ id }) => ground.store.channels.get(id).brokenSince === null);
}

/** The address is a secret: whoever knows it can speak for the watch. It stands in no log. */
async function ping({ register, logger }: Ground, signal: AbortSignal): Promise<void> {
  if (register.deadMan === null) return;
  try {
    const { status } = await register.deadMan.ask({ timeoutMs, maxBytes: answerMaxBytes, signal });
    if (status >= 400) logger.warn("the dead-man address refused the sign of life", { status });
  } catch (thrown) {
    logger.warn("the dead-man address does not answer", { reason: messageOf(thrown) });
  }
}
