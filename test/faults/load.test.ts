import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { endAll, pushToken, type RunningDaemon, start } from "./daemon-process.js";
import { look, pushFolder, removeFolders, rows } from "./folder.js";

afterEach(() => {
  endAll();
  removeFolders();
});

const senders = Array.from({ length: 20 }, (_, index) => `sender-${index}`);
const authorization = `Bearer ${pushToken}`;
const megabyte = 1024 * 1024;

/** Resident memory of a process, in bytes. */
function residentBytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}

interface Outcome {
  readonly id: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly retryAfter: number;
}

/** Pushes as fast as answers come, many at once; an answer that never came is status 0. */
async function pour(daemon: RunningDaemon, requests: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let number = next++; number < requests; number = next++) {
      const id = `n-${number}`;
      const body = JSON.stringify({ id, output: `answer number ${number}` });
      const answer = await daemon.push(senders[number % senders.length] ?? "", body).catch(() => null);
      await answer?.arrayBuffer().catch(() => null);
      const retryAfter = Number(answer?.headers.get("retry-after") ?? 0);
      outcomes.push({ id, status: answer?.status ?? 0, retryAfter });
    }
  };
  await Promise.all(Array.from({ length: 64 }, one));
  return outcomes;
}

/** A body in pieces that never says how long it is. */
function endless(bytes: number): ReadableStream<Uint8Array> {
  let given = 0;
  const piece = new Uint8Array(64 * 1024).fill(0x61);
  return new ReadableStream({
    pull: (controller) => {
      given += piece.byteLength;
      controller.enqueue(piece);
      if (given >= bytes) controller.close();
    },
  });
}

/** The status of the answer to a body; 0 where the connection ended without one. */
async function send(
  daemon: RunningDaemon,
  body: NonNullable<RequestInit["body"]>,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const init = { method: "POST", body, duplex: "half", headers: { authorization, ...headers } } as const;
  const answer = await daemon.ask("v1/outputs/sender-1", init).catch(() => null);
  return answer?.status ?? 0;
}

const idsWith = (outcomes: readonly Outcome[], status: number) =>
  outcomes.filter((each) => each.status === status).map(({ id }) => id);

function storedIds(folder: string): ReadonlySet<string> {
  return new Set(rows<{ id: string }>(folder, "SELECT output_id AS id FROM output").map(({ id }) => id));
}

describe("a producer without bounds", () => {
  it("gets 429 with Retry-After; what was answered 202 is stored, and memory stays where it was", async () => {
    const folder = pushFolder({ automations: senders });
    const daemon = await start(folder);
    await pour(daemon, 500);
    const before = residentBytes(daemon.pid);
    let slowestHealthMs = 0;
    const accepted = new Set<string>();
    const flood = pour(daemon, 5_000);
    let over = false;
    void flood.finally(() => {
      over = true;
    });
    while (!over) {
      const askedAt = performance.now();
      expect((await daemon.ask("healthz")).status).toBe(200);
      slowestHealthMs = Math.max(slowestHealthMs, performance.now() - askedAt);
    }
    const outcomes = await flood;
    for (const id of idsWith(outcomes, 202)) accepted.add(id);
    const refused = outcomes.filter(({ status }) => status === 429);
    expect(accepted.size).toBeGreaterThan(100);
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.every(({ retryAfter }) => retryAfter >= 1)).toBe(true);
    expect(outcomes.filter(({ status }) => ![200, 202, 429].includes(status))).toEqual([]);
    const stored = storedIds(folder);
    expect([...accepted].filter((id) => !stored.has(id))).toEqual([]);
    expect(residentBytes(daemon.pid) - before).toBeLessThan(80 * megabyte);
    expect(slowestHealthMs).toBeLessThan(1_000);
    expect(await daemon.stop()).toMatchObject({ code: 0 });
  });

  it("of bodies without end, bombs and deep nesting changes neither memory nor the rest", async () => {
    const folder = pushFolder({ automations: senders });
    const daemon = await start(folder);
    await pour(daemon, 200);
    const before = residentBytes(daemon.pid);
    const bomb = gzipSync(Buffer.alloc(200 * megabyte));
    const deep = "[".repeat(100_000);
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([
        send(daemon, endless(100 * megabyte)),
        send(daemon, JSON.stringify({ id: "large", output: "x".repeat(20 * megabyte) })),
        send(daemon, bomb, { "content-encoding": "gzip" }),
        send(daemon, deep),
      ]);
      const [stream, large, inflated, nested] = answers;
      // a sender still writing may see the connection end before it sees the answer
      expect([413, 0]).toContain(stream);
      expect([413, 0]).toContain(large);
      expect([inflated, nested]).toEqual([413, 400]);
    }
    expect(residentBytes(daemon.pid) - before).toBeLessThan(80 * megabyte);
    expect((await daemon.push("sender-0", '{"id":"after","output":"still here"}')).status).toBe(202);
    expect(storedIds(folder).has("large")).toBe(false);
    expect(daemon.stderr()).not.toMatch(/error/i);
  });

  it("loses nothing that was acknowledged to kill -9 in the middle", async () => {
    const folder = pushFolder({ automations: senders });
    const daemon = await start(folder);
    const flood = pour(daemon, 400);
    const acknowledged = 60;
    let seen = 0;
    while (seen < acknowledged) {
      seen = storedIds(folder).size;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await daemon.kill();
    const outcomes = await flood;
    const answered = idsWith(outcomes, 202);
    const stored = storedIds(folder);
    expect(answered.length).toBeGreaterThan(0);
    expect(idsWith(outcomes, 0).length).toBeGreaterThan(0);
    expect(answered.filter((id) => !stored.has(id))).toEqual([]);
    const again = await start(folder);
    expect(look(folder, (db) => db.pragma("integrity_check", { simple: true }))).toBe("ok");
    expect(storedIds(folder).size).toBe(stored.size);
    await again.stop();
  });
});
