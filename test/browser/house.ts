/**
 * A daemon with much in it: the example with its silent fault, an automation whose outputs are hostile, one that was
 * mended, tools that are only listed, people's judgements, a report, a silence, unregistered activity, a digest that went
 * out by mail. In: nothing. Out: the daemon, what a real SMTP server took, and the way to every page.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { type Daemon, startDaemon } from "../../src/daemon.js";
import { dayMs, hourMs } from "../../src/domain/time.js";
import { type Command, perform } from "../../src/flow/command.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";
import { type SmtpStub, startSmtp } from "../notify/smtp-stub.js";
import { freePort } from "../peers/peer.js";
import { hostileOutputs, secrets } from "./hostile.js";
import { begunAt, configuration } from "./house-configuration.js";

const token = "a-token-of-the-sender-of-forty-characters";
const quiet = () => undefined;

/** What the tests share. */
export interface House {
  /** With a slash at its end. */
  readonly url: string;
  readonly daemon: Daemon;
  readonly smtp: SmtpStub;
  /** Sends outputs as an automation does. */
  readonly push: (automation: string, outputs: readonly object[]) => Promise<number>;
  readonly order: (command: Command) => Promise<object>;
  /** Lets the daemon's clocks go on. */
  readonly pass: (ms: number) => void;
}

let built: Promise<House> | null = null;

/** The one house of all tests; it goes with the process that runs them. */
export function house(): Promise<House> {
  built ??= build();
  return built;
}

async function build(): Promise<House> {
  const smtp = await startSmtp();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-browser-"));
  const configPath = join(folder, "config.json");
  writeFileSync(configPath, JSON.stringify(configuration(folder, { port, smtp: smtp.port })));
  const begun = realClock.monotonic();
  let aheadMs = 0;
  let ready = false;
  const daemon = await startDaemon(
    { configPath, onReady: () => (ready = true) },
    {
      clock: {
        now: () => begunAt + Math.floor(realClock.monotonic() - begun) + aheadMs,
        monotonic: () => realClock.monotonic() + aheadMs,
      },
      random: realRandom,
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      environment: { PUSH: token },
      write: quiet,
      pid: process.pid,
    },
  );
  await until("every history is read", () => ready);
  const { signal } = new AbortController();
  const made: House = {
    url: daemon.url,
    daemon,
    smtp,
    push: async (automation, outputs) => {
      const answer = await fetch(new URL(`/v1/outputs/${automation}`, daemon.url), {
        method: "POST",
        body: JSON.stringify(outputs),
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      });
      return answer.status;
    },
    order: async (command) => {
      await idle(daemon);
      return perform(daemon.ground(), daemon.levels(), command, signal);
    },
    pass: (ms) => {
      aheadMs += ms;
    },
  };
  await live(made);
  return made;
}

/** What happens in the house until Monday morning. */
async function live(house: House): Promise<void> {
  const { store } = house.daemon.ground();
  const digests = () => house.smtp.taken.filter(({ raw }) => raw.includes("List-Unsubscribe")).length;
  for (const automation of ["replies", "returns"]) await house.order({ do: "run", automation });
  house.pass(60_000);
  await sends(house.push("replies", hostileOutputs), 202);
  await sends(
    house.push("returns", [
      {
        id: "r-1",
        output: `a refund of 40 by ${secrets[0]}`,
        input: `Can I send it back? My card is ${secrets[1]}`,
      },
    ]),
    202,
  );
  await sends(house.push("quote-writer", [{ id: "q-1", output: "Our offer: € 1,140" }]), 404);
  for (const automation of ["replies", "returns"]) await house.order({ do: "run", automation });
  await until("incidents are open", () => store.incidents.open().length >= 3);
  await mend(house);
  const end = new Date(begunAt + 20 * dayMs).toISOString();
  const none = { automations: [], dependsOn: [], processes: [], checks: [], kinds: [] };
  await house.order({
    do: "silence-add",
    ...{ ...none, vendors: ["Fennel Data"], until: end, who: "Sven Okoro", confirm: true },
    why: "The vendor moves its service this week",
  });
  await house.order({
    do: "report",
    ...{ automation: "email-drafting", by: "nora.pell@example.com", urgent: false },
    what: `A draft promised a refund within a day, which we do not give, and showed ${secrets[0]}`,
  });
  // each further, so that nothing that is due is missed as a whole
  for (let day = 0; day < 5; day += 1) {
    house.pass(dayMs);
    await idle(house.daemon);
  }
  house.pass(2 * hourMs);
  // one for each owner, and for the AI owner
  await until("digests have come", () => digests() >= 3);
  const [waiting] = store.spotChecks.waiting("email-drafting", 0);
  if (waiting === undefined) throw new Error("no draft was picked");
  const judged = { do: "judge", spotCheck: waiting.id, correction: null } as const;
  await house.order({ ...judged, answer: "wrong", who: "Tom Ashby", note: "promises a day" });
  await house.order({ ...judged, answer: "right", who: "Lena Voss", note: null });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const ask = () => {
    if (!holds()) throw new Error(`not so yet: ${what}`);
  };
  await vi.waitFor(ask, { timeout: 90_000, interval: 20 });
}

function idle({ ground }: Daemon): Promise<void> {
  return until("nothing runs", () => ground().atWork.size === 0);
}

async function sends(status: Promise<number>, expected: number): Promise<void> {
  const got = await status;
  if (got !== expected) throw new Error(`outputs were answered with ${got} instead of ${expected}`);
}

/** Ends the incident of returns, as people do. */
async function mend(house: House): Promise<void> {
  const { store } = house.daemon.ground();
  const incident = store.incidents.open().find(({ automation }) => automation === "returns")?.id ?? 0;
  const who = "Lena Voss";
  await house.order({ do: "move", incident, event: "acknowledge", who, why: null });
  await house.order({
    do: "move",
    ...{ incident, event: "resolve", who, cause: "prompt", override: true, waiveRest: true },
    why: "The sentence about refunds stands in the prompt again",
    lesson: "Look at the prompt after each release",
  });
}
