import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endAll, start, until } from "./daemon-process.js";
import { count, pushFolder, removeFolders } from "./folder.js";
import { type Receiver, startReceiver } from "./receiver.js";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  endAll();
  await receiver.close();
  removeFolders();
});

describe("fault 48: kill -9 while a silence is in force", () => {
  it("keeps the silence, looks anew at its end and then tells once, with its name", async () => {
    const folder = pushFolder({ automations: ["replies", "other"], webhook: receiver.url });
    const first = await start(folder);
    const silence = {
      do: "silence-add",
      automations: ["replies"],
      until: "8s",
      why: "new desk",
      who: "Tom Ashby",
    };
    expect((await first.order({ do: "run", automation: "replies" })).status).toBe(200);
    expect((await first.order(silence)).status).toBe(200);
    const pushed = '{"id":"a","output":"<script>alert(1)</script>"}';
    expect((await first.push("replies", pushed)).status).toBe(202);
    expect((await first.order({ do: "run", automation: "replies" })).status).toBe(200);
    expect(count(folder, "SELECT count(*) FROM incident WHERE ended_at IS NULL")).toBe(1);
    await first.kill();
    const second = await start(folder);
    expect(receiver.received).toEqual([]);
    const runs = count(folder, "SELECT count(*) FROM run WHERE automation = 'replies'");
    await until("people are told", 30_000, () => receiver.received.length > 0);
    expect(count(folder, "SELECT count(*) FROM run WHERE automation = 'replies'")).toBeGreaterThan(runs);
    expect(receiver.received[0]?.body).toContain("(silence 1, Tom Ashby: “new desk”)");
    await until(
      "nothing is held back",
      10_000,
      () => count(folder, "SELECT count(*) FROM silence_hold WHERE released_at IS NULL") === 0,
    );
    await second.stop();
    expect(receiver.received).toHaveLength(1);
  }, 60_000);

  it("refuses over loopback what nobody can mean", async () => {
    const folder = pushFolder({ automations: ["replies", "other"], webhook: receiver.url });
    const daemon = await start(folder);
    const answer = await daemon.order({ do: "silence-add", until: "1h", why: "x", who: "Tom Ashby" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: "silence-unconfirmed",
      message: expect.stringContaining("it matches all 2 automations"),
    });
    await daemon.stop();
  }, 60_000);
});
