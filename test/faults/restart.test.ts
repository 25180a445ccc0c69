import { writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endAll, start, until } from "./daemon-process.js";
import { count, emptyFolder, pushFolder, removeFolders, rows } from "./folder.js";
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

const markup = (id: string) => JSON.stringify({ id, output: "<script>alert(1)</script>" });
const openIncidents = "SELECT count(*) FROM incident WHERE ended_at IS NULL";
const owed = "SELECT count(*) FROM outbox WHERE state <> 'sent'";

/** A service that judges outputs: it leaves some waiting, and remembers for which it was asked. */
async function startJudge() {
  const asked: string[] = [];
  const waiting: ServerResponse[] = [];
  const state = { hangsOn: "" };
  const accept = (response: ServerResponse) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"pass":true}');
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const { id }: { id: string } = JSON.parse(body);
      asked.push(id);
      if (id === state.hangsOn) waiting.push(response);
      else accept(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${address.port}/judge`, asked, state, close };
}

/** A folder whose only automation is judged by a service. */
function judgedFolder(url: string): string {
  const folder = emptyFolder();
  const settings = {
    name: "Harbour & Lane",
    timeZone: "UTC",
    aiOwner: "Tom Ashby",
    network: { allowPrivate: ["127.0.0.0/8"] },
    people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    automations: [
      {
        id: "replies",
        title: "Replies",
        does: "Drafts replies",
        owner: "Tom Ashby",
        risk: "low",
        schedule: "every 1m",
        source: { type: "push", token: { env: "PUSH_TOKEN" } },
        sample: { size: "all" },
        checks: [{ id: "accepted", type: "webhook", url, timeout: "60s" }],
      },
    ],
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(settings));
  return folder;
}

describe("fault 3: kill -9 in the middle of a run", () => {
  it("with a judge's answer under way: the run is made within a minute of the restart, no verdict comes twice", async () => {
    const judge = await startJudge();
    const folder = judgedFolder(judge.url);
    const first = await start(folder);
    expect((await first.order({ do: "run", automation: "replies" })).status).toBe(200);
    judge.state.hangsOn = "c";
    const three = ["a", "b", "c"].map((id) => JSON.stringify({ id, output: `reply ${id}` })).join("\n");
    expect((await first.push("replies", three)).status).toBe(202);
    void first.order({ do: "run", automation: "replies" }).catch(() => undefined);
    await until("two are judged, one is being judged", 20_000, () => new Set(judge.asked).size === 3);
    await until("their answers are stored", 10_000, () => count(folder, "SELECT count(*) FROM answer") === 2);
    await first.kill();
    expect(count(folder, "SELECT count(*) FROM verdict")).toBe(0);
    judge.state.hangsOn = "";
    const restartedAt = performance.now();
    const second = await start(folder);
    const judged = "SELECT count(*) FROM verdict WHERE check_id = 'accepted' AND status = 'pass'";
    await until("all three are judged", 80_000, () => count(folder, judged) === 3);
    expect(performance.now() - restartedAt).toBeLessThan(75_000);
    await second.stop();
    // what was answered before the kill is not asked again
    expect([...judge.asked].sort()).toEqual(["a", "b", "c", "c"]);
    expect(count(folder, "SELECT count(*) FROM run WHERE outputs = 3 AND state = 'done'")).toBe(1);
    expect(count(folder, "SELECT sum(pass + fail + error) FROM hourly_verdicts")).toBe(3);
    judge.close();
  }, 120_000);
});

describe("fault 45: a restart while 200 incidents are open", () => {
  it("says nothing of what is unchanged, and tells a problem that arose meanwhile", async () => {
    const automations = Array.from({ length: 200 }, (_, index) => `a${index}`);
    const folder = pushFolder({ automations: [...automations, "late"], webhook: receiver.url });
    const first = await start(folder);
    for (const automation of [...automations, "late"])
      expect((await first.order({ do: "run", automation })).status).toBe(200);
    for (const automation of automations) {
      expect((await first.push(automation, markup(automation))).status).toBe(202);
      expect((await first.order({ do: "run", automation })).status).toBe(200);
    }
    await until(
      "all are open and told",
      60_000,
      () => count(folder, openIncidents) === 200 && count(folder, owed) === 0,
    );
    // it came in before the kill, and nobody had looked at it yet
    expect((await first.push("late", markup("late"))).status).toBe(202);
    await first.kill();
    const told = receiver.received.length;
    const before = rows(folder, "SELECT id, state, attempts FROM outbox ORDER BY seq");
    const second = await start(folder);
    expect((await second.order({ do: "run", automation: "late" })).status).toBe(200);
    await until(
      "the new one is told",
      30_000,
      () => receiver.received.length > told && count(folder, owed) === 0,
    );
    // two beats more: whatever else is owed would go out with them
    const aliveAt = "SELECT value FROM meta WHERE key = 'last_alive'";
    const alive = count(folder, aliveAt);
    await until("it has gone on", 30_000, () => count(folder, aliveAt) > alive);
    await second.stop();
    const since = receiver.received.slice(told).map(({ body }) => {
      const { type, automation }: { type: string; automation: { id: string } | null } = JSON.parse(body);
      return `${type} ${automation?.id}`;
    });
    expect(since).toHaveLength(1);
    expect(since[0]).toMatch(/^incident\.(opened|group) late$/);
    expect(
      rows(folder, "SELECT id, state, attempts FROM outbox ORDER BY seq").slice(0, before.length),
    ).toEqual(before);
    expect(count(folder, openIncidents)).toBe(201);
  }, 180_000);
});
