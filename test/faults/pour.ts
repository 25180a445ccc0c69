import { setTimeout } from "node:timers/promises";
import type { RunningDaemon } from "./daemon-process.js";

/** What senders and people were told while a daemon lived; only what was acknowledged stands here. */
export interface Acknowledged {
  /** Outputs whose intake was answered 202, as `automation/id`. */
  readonly outputs: Set<string>;
  /** Automations of outputs among them that a zero-tolerance check must find. */
  readonly faulty: Map<string, string>;
  /** Test messages an order was answered for. */
  tests: number;
  /** Runs an order was answered for. */
  runs: number;
  /** Incidents whose ending was answered for. */
  readonly ended: Set<number>;
}

/** Nothing acknowledged yet. */
export function nothingAcknowledged(): Acknowledged {
  return { outputs: new Set(), faulty: new Map(), tests: 0, runs: 0, ended: new Set() };
}

const people = { who: "Tom Ashby", why: "worked through by hand" } as const;

/** Who does what, so that intake, runs and sends are all under way at once. */
const loops = ["push", "push", "push", "run", "end", "test"] as const;

/** The load of a working day, quickened: pushes, runs, incidents that begin and end, messages; until told to stop. */
export async function pour(
  daemon: RunningDaemon,
  automations: readonly string[],
  ports: { readonly chance: () => number; readonly acknowledged: Acknowledged; readonly over: () => boolean },
): Promise<void> {
  const { chance, acknowledged, over } = ports;
  const any = () => automations[Math.floor(chance() * automations.length)] ?? "";
  const does = {
    push: () => push(daemon, any(), chance, acknowledged),
    run: async () => {
      if (await taken(daemon.order({ do: "run", automation: any() }))) acknowledged.runs += 1;
    },
    end: () => endOne(daemon, chance, acknowledged),
    test: async () => {
      if (await taken(daemon.order({ do: "send-test", who: null }))) acknowledged.tests += 1;
      await setTimeout(20);
    },
  };
  await Promise.all(
    loops.map(async (what) => {
      while (!over()) await does[what]();
    }),
  );
}

async function push(
  daemon: RunningDaemon,
  automation: string,
  chance: () => number,
  { outputs, faulty }: Acknowledged,
): Promise<void> {
  const id = `n-${Math.floor(chance() * 2 ** 48).toString(36)}`;
  const wrong = chance() < 0.05;
  const output = wrong ? "<script>alert(1)</script>" : `answer ${id}`;
  if (!(await taken(daemon.push(automation, JSON.stringify({ id, output }))))) return;
  outputs.add(`${automation}/${id}`);
  if (wrong) faulty.set(`${automation}/${id}`, automation);
}

/** Ends some incident, so that the next fault has one to open; an incident that is not there is refused. */
async function endOne(daemon: RunningDaemon, chance: () => number, { ended }: Acknowledged): Promise<void> {
  const incident = 1 + Math.floor(chance() * (ended.size + 10));
  const order = { do: "move", incident, event: "resolve", ...people, cause: "model", waiveRest: true };
  if (await taken(daemon.order(order))) ended.add(incident);
  await setTimeout(10);
}

/** True for an answer that says yes; false for a refusal, and where the process was gone before it answered. */
async function taken(asked: Promise<Response>): Promise<boolean> {
  const answer = await asked.catch(() => null);
  if (answer === null) await setTimeout(2);
  return answer?.ok === true && (await answer.arrayBuffer().catch(() => null)) !== null;
}
