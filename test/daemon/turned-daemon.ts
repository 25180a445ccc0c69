import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { type Daemon, startDaemon } from "../../src/daemon.js";
import { perform } from "../../src/flow/command.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";

const pushToken = "a-token-of-the-sender-of-forty-characters";
const minute = 60_000;
const quiet = () => undefined;
const soon = { timeout: 20_000 };

/** People who are called one after the other. */
const people = ["Priya Raman", "Jonas Feld", "Marta Quill", "Ines Calder"];

/** A daemon on its own folder and the real network of this computer, whose clock a test turns; it can be started again. */
export function turnedDaemon(settings: object) {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-turned-"));
  const configPath = join(folder, "config.json");
  const automation = {
    id: "replies",
    title: "Replies",
    does: "Drafts replies",
    owner: "Marta Quill",
    deputy: "Jonas Feld",
    onCall: "Priya Raman",
    risk: "high",
    // looked at when asked
    schedule: "0 6 * * 1",
    source: { type: "push", token: { env: "PUSH" } },
    checks: [{ id: "no-refund", type: "not-contains", any: ["refund"], rule: "zeroTolerance" }],
    fallback: { steps: ["Answer by hand."], by: "Priya Raman" },
    sla: { acknowledge: "1h", contain: "12h", restore: "24h", remind: "24h" },
  };
  const configuration = {
    name: "Harbour & Lane",
    timeZone: "UTC",
    dataDir: "data",
    listen: { host: "127.0.0.1", port: 4310 },
    network: { allowPrivate: ["127.0.0.0/8"] },
    aiOwner: "Ines Calder",
    people: people.map((name) => ({ name, email: `${name.replace(" ", ".").toLowerCase()}@example.com` })),
    automations: [automation],
    ...settings,
  };
  writeFileSync(configPath, JSON.stringify(configuration));
  const begun = { wall: Date.UTC(2026, 10, 18, 6), monotonic: realClock.monotonic() };
  let aheadMs = 0;
  let daemon: Daemon | null = null;
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const clock = {
    now: () => begun.wall + Math.floor(realClock.monotonic() - begun.monotonic) + aheadMs,
    monotonic: () => realClock.monotonic() + aheadMs,
  };
  const outside = {
    clock,
    random: realRandom,
    logger: { debug: quiet, info: quiet, warn: log, error: log },
    environment: { PUSH: pushToken, HOOK: "shared-secret-of-the-hook", SLACK: "token-of-slack" },
    write: quiet,
    pid: process.pid,
  };
  const running = () => {
    if (daemon === null) throw new Error("it is not running");
    return daemon;
  };
  const run = async () => {
    await expect.poll(() => running().ground().atWork.size, soon).toBe(0);
    const { signal } = new AbortController();
    return perform(running().ground(), running().levels(), { do: "run", automation: "replies" }, signal);
  };
  const settled = async () => {
    const { outbox } = running().ground().store;
    await expect.poll(() => outbox.counts().pending ?? 0, soon).toBe(0);
    await expect.poll(() => outbox.counts().sending ?? 0, soon).toBe(0);
  };
  return {
    logged,
    store: () => running().ground().store,
    start: async () => {
      daemon = await startDaemon({ configPath, port: 0 }, outside);
    },
    stop: async () => {
      await daemon?.close();
      daemon = null;
    },
    /** Time goes on by so many minutes, for every clock of the daemon, whether it runs or not. */
    pass: (minutes: number) => {
      aheadMs += minutes * minute;
    },
    /** Until nothing is owed any more. */
    settled,
    /** Opens incident 1: a reply that promises a refund. */
    open: async () => {
      // what was there before it was watched is history, and opens nothing
      await run();
      const answer = await fetch(new URL("/v1/outputs/replies", running().url), {
        method: "POST",
        body: JSON.stringify([{ id: "1", output: "a refund of 40" }]),
        headers: { authorization: `Bearer ${pushToken}`, "content-type": "application/json" },
      });
      expect(answer.status).toBe(202);
      await run();
      expect(running().ground().store.incidents.open()).toHaveLength(1);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
