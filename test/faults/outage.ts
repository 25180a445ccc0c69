import { setTimeout } from "node:timers/promises";
import { type RunningDaemon, start, until } from "./daemon-process.js";
import { count, rows } from "./folder.js";
import type { Received, Receiver } from "./receiver.js";

/** What became of the messages of an outage. */
export interface OutageResult {
  /** From the receiver's recovery until it had everything. */
  readonly deliveredAfterMs: number;
  /** Messages accepted more than once. */
  readonly repeated: number;
  /** Names of the messages accepted about the problem that lasts, in order. */
  readonly lasting: readonly string[];
  /** The same for the problem that opened and closed meanwhile. */
  readonly passed: readonly string[];
  /** Tries while the receiver was down. */
  readonly triesMeanwhile: number;
}

/** The automations it needs, one for each problem. */
export const outageAutomations = ["lasting", "passing"] as const;

/** Takes the receiver down (500) for a while, in which one problem opens and another opens and is closed. */
export async function outage(folder: string, receiver: Receiver, downMs: number): Promise<OutageResult> {
  const daemon = await start(folder);
  // what is there before is history, of which nobody is told
  for (const automation of outageAutomations) await ordered(daemon, { do: "run", automation });
  receiver.behave(500);
  const downAt = performance.now();
  for (const automation of outageAutomations) await problem(daemon, automation);
  await until("the receiver refuses", 10_000, () => receiver.received.length > 0);
  const [row] = rows<{ id: number }>(folder, "SELECT id FROM incident WHERE automation = 'passing'");
  const ending = { event: "resolve", who: "Tom Ashby", why: "mended", cause: "model", waiveRest: true };
  await ordered(daemon, { do: "move", incident: row?.id ?? 0, ...ending });
  await setTimeout(Math.max(0, downMs - (performance.now() - downAt)));
  const triesMeanwhile = receiver.received.length;
  receiver.behave(200);
  const backAt = performance.now();
  const owed = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'ambiguous')";
  await until("all is delivered", 60_000, () => count(folder, owed) === 0);
  // a beat later nothing more has come
  const deliveredAfterMs = (receiver.received.at(-1)?.at ?? Number.NaN) - backAt;
  await setTimeout(1_500);
  const accepted = receiver.received.slice(triesMeanwhile);
  await daemon.stop();
  return {
    ...{ deliveredAfterMs, triesMeanwhile },
    repeated: accepted.length - new Set(accepted.map(({ delivery }) => delivery)).size,
    lasting: kindsAbout(accepted, "lasting"),
    passed: kindsAbout(accepted, "passing"),
  };
}

async function problem(daemon: RunningDaemon, automation: string): Promise<void> {
  const answer = await daemon.push(automation, '{"id":"bad","output":"<script>alert(1)</script>"}');
  if (answer.status !== 202) throw new Error(`the push was refused: ${await answer.text()}`);
  await ordered(daemon, { do: "run", automation });
}

async function ordered(daemon: RunningDaemon, order: object): Promise<void> {
  const answer = await daemon.order(order);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(order)}: ${await answer.text()}`);
}

function kindsAbout(accepted: readonly Received[], automation: string): readonly string[] {
  return accepted
    .filter(({ body }) => body.includes(`Replies ${automation}`))
    .map(({ body }) => String(JSON.parse(body).type));
}
