import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endAll, type RunningDaemon, start, until } from "./daemon-process.js";
import { count, pushFolder, removeFolders, rows } from "./folder.js";
import { type Received, type Receiver, startReceiver } from "./receiver.js";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  endAll();
  await receiver.close();
  removeFolders();
});

const states = (folder: string) => rows(folder, "SELECT kind, state FROM outbox ORDER BY seq");
const sent = (folder: string) => count(folder, "SELECT count(*) FROM outbox WHERE state = 'sent'");
const idsOf = (received: readonly Received[]) => received.map(({ delivery }) => delivery);

/** Opens an incident, for which a message is owed to the receiver. */
async function openIncident(daemon: RunningDaemon): Promise<void> {
  expect((await daemon.order({ do: "run", automation: "replies" })).status).toBe(200);
  expect((await daemon.push("replies", '{"id":"a","output":"<script>alert(1)</script>"}')).status).toBe(202);
  expect((await daemon.order({ do: "run", automation: "replies" })).status).toBe(200);
}

describe("faults 1 and 2: kill -9 around a send", () => {
  it("after the receiver took it, before that is stored: once more, with the same delivery id", async () => {
    const folder = pushFolder({ automations: ["replies"], webhook: receiver.url });
    const first = await start(folder);
    receiver.behave(null);
    await openIncident(first);
    await until("the receiver has it", 10_000, () => receiver.received.length === 1);
    expect((await first.order({ do: "send-test", who: null })).status).toBe(200);
    await first.kill();
    expect(states(folder)).toEqual([
      { kind: "opened", state: "sending" },
      { kind: "test", state: "pending" },
    ]);
    receiver.behave(200);
    const second = await start(folder);
    await until("both are sent", 20_000, () => sent(folder) === 2);
    await second.stop();
    const [once, again, test] = receiver.received;
    expect(receiver.received).toHaveLength(3);
    expect(again?.delivery).toBe(once?.delivery);
    expect(again?.key).toBe(once?.key);
    expect(again?.body).toBe(once?.body);
    expect([once?.attempt, again?.attempt]).toEqual([1, 2]);
    expect(test?.delivery).not.toBe(once?.delivery);
    expect(once?.body).toContain('"incident.opened"');
  });

  it("between the commit and the send: sent once after the restart", async () => {
    const folder = pushFolder({ automations: ["replies"], webhook: receiver.url });
    // dies where it would first reach for the network, after the message was committed
    const die = `import { channel } from "node:diagnostics_channel";
      channel("undici:client:sendHeaders").subscribe(() => process.kill(process.pid, "SIGKILL"));
      channel("undici:client:beforeConnect").subscribe(() => process.kill(process.pid, "SIGKILL"));`;
    const first = await start(folder, die);
    await openIncident(first).catch((thrown: unknown) => {
      // the last order's answer may be lost with the process
      if (!(thrown instanceof TypeError)) throw thrown;
    });
    expect((await first.ended).signal).toBe("SIGKILL");
    expect(receiver.received).toHaveLength(0);
    expect(states(folder)).toEqual([{ kind: "opened", state: "sending" }]);
    const second = await start(folder);
    await until("it is sent", 20_000, () => sent(folder) === 1);
    await second.stop();
    expect(receiver.received).toHaveLength(1);
    expect(count(folder, "SELECT count(*) FROM incident")).toBe(1);
  });

  it("a dozen times while messages go out: all arrive, at most one is repeated for each kill", async () => {
    const folder = pushFolder({ automations: ["replies"], webhook: receiver.url });
    let owed = 0;
    const kills = 12;
    for (let kill = 0; kill < kills; kill += 1) {
      const daemon = await start(folder);
      for (let message = 0; message < 5; message += 1) {
        if ((await daemon.order({ do: "send-test", who: null })).status === 200) owed += 1;
      }
      const enough = receiver.received.length + (kill % 4);
      await until("some are out", 10_000, () => receiver.received.length >= enough || sent(folder) === owed);
      await daemon.kill();
    }
    const last = await start(folder);
    await until("all are sent", 30_000, () => sent(folder) === owed);
    await last.stop();
    const ids = idsOf(receiver.received);
    expect(owed).toBe(5 * kills);
    expect(new Set(ids).size).toBe(owed);
    expect(ids.length - owed).toBeLessThanOrEqual(kills);
    expect(count(folder, "SELECT count(*) FROM outbox")).toBe(owed);
  });
});

describe("fault 4: a stop with sends under way", () => {
  it("waits for the receiver's answer and keeps the rest for the next start", async () => {
    const folder = pushFolder({ automations: ["replies"], webhook: receiver.url });
    const first = await start(folder);
    receiver.behave(null);
    for (let message = 0; message < 3; message += 1) await first.order({ do: "send-test", who: null });
    await until("one is under way", 10_000, () => receiver.received.length === 1);
    first.signal("SIGTERM");
    await until("it says that it stops", 5_000, () => first.stderr().includes("stopping"));
    receiver.received[0]?.answer(200);
    expect(await first.ended).toMatchObject({ code: 0, signal: null });
    expect(receiver.received).toHaveLength(1);
    expect(states(folder)).toEqual([
      { kind: "test", state: "sent" },
      { kind: "test", state: "pending" },
      { kind: "test", state: "pending" },
    ]);
    receiver.behave(200);
    const second = await start(folder);
    await until("all are sent", 10_000, () => sent(folder) === 3);
    await second.stop();
    expect(new Set(idsOf(receiver.received)).size).toBe(3);
    expect(receiver.received).toHaveLength(3);
  });

  it("ends within 12 s though the receiver never answers, and loses nothing", async () => {
    const folder = pushFolder({ automations: ["replies"], webhook: receiver.url });
    const first = await start(folder);
    receiver.behave(null);
    for (let message = 0; message < 3; message += 1) await first.order({ do: "send-test", who: null });
    await until("one is under way", 10_000, () => receiver.received.length === 1);
    const startedAt = performance.now();
    expect(await first.stop()).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    expect(sent(folder)).toBe(0);
    expect(count(folder, "SELECT count(*) FROM outbox WHERE state IN ('pending', 'ambiguous')")).toBe(3);
    receiver.behave(200);
    const second = await start(folder);
    await until("all are sent", 30_000, () => sent(folder) === 3);
    await second.stop();
    expect(new Set(idsOf(receiver.received)).size).toBe(3);
    expect(receiver.received).toHaveLength(4);
  });
});
