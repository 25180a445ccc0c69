import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/domain/json.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { inCompanyFolder, withAutomation, withoutSetting } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const environment = { HOOK_SECRET: "a secret of this test" };

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function foundWithHook(status: number): Promise<void> {
  server = await startLoopback((_, response) => response.writeHead(status).end());
  const url = `${server.url}/hook`;
  company.found((config: JsonObject) => ({
    ...config,
    network: { allowPrivate: ["127.0.0.0/8"] },
    channels: [{ id: "ops-hook", type: "webhook", url, secret: { env: "HOOK_SECRET" } }],
  }));
}

describe("evenkeel doctor --send-test", () => {
  it("sends one signed message and says that it was delivered", async () => {
    await foundWithHook(204);
    const { out, exitCode } = await evenkeel(["doctor", "--send-test"], { environment });
    expect(out).toBe("The test message was delivered.\n\n= ops-hook  delivered\n\nNext  evenkeel doctor\n");
    expect(exitCode).toBe(0);
    const request = server?.requests[0];
    const timestamp = String(request?.headers["x-evenkeel-timestamp"]);
    const signature = createHmac("sha256", environment.HOOK_SECRET).update(
      `v1:${timestamp}:${request?.body}`,
    );
    expect(request?.headers["x-evenkeel-signature"]).toBe(`v1=${signature.digest("hex")}`);
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ type: "test" });
  });

  it("fault 54: says what refused it, and the doctor says so afterwards", async () => {
    await foundWithHook(403);
    const sent = await evenkeel(["doctor", "--send-test"], { environment });
    expect(sent.out).toContain("1 of 1 test messages was not delivered.\n\n! ops-hook  refused: ");
    expect(sent.out).toContain("403");
    expect(sent.exitCode).toBe(1);
    const after = await evenkeel(["doctor"], { environment });
    expect(after.out).toMatch(/^broken +channel ops-hook +webhook, since 07:10: .*403/m);
    expect(after.out).toMatch(/^broken +messages +2 messages could not be delivered/m);
    expect(after.exitCode).toBe(1);
  });

  it("says that a message is tried again", async () => {
    await foundWithHook(503);
    const { out, exitCode } = await evenkeel(["doctor", "--send-test"], { environment });
    expect(out).toContain("! ops-hook  not delivered yet, it is tried again: ");
    expect(exitCode).toBe(1);
  });
});

describe("evenkeel doctor", () => {
  it.each([80, 120])("puts an unreadable source first, on %s columns", async (columns) => {
    company.found((config) =>
      withAutomation(config, "order-reading", { source: { type: "file", path: "gone.jsonl" } }),
    );
    await evenkeel(["run", "order-reading"]);
    const { out, exitCode } = await evenkeel(["doctor"], { columns });
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^1 broken, \d at risk, \d+ fine$/);
    expect(lines[2]).toMatch(/^broken +order-reading +/);
    expect(out).toContain("gone.jsonl: there is no such file (since 07:10)");
    expect(out).toMatch(/^fine +sources +1 of 2 answer$/m);
    expect(exitCode).toBe(1);
  });

  it("says who has no deputy", async () => {
    company.found((config) => withoutSetting(config, "order-reading", "deputy"));
    const { out } = await evenkeel(["doctor"], { columns: null });
    expect(out).toMatch(
      /^at risk +order-reading +Marta Quill has no deputy; .* +name one: "deputy": "..."$/m,
    );
  });

  it("counts records that were put aside", async () => {
    company.found();
    company.write("notes.jsonl", "no JSON\n");
    await evenkeel(["run", "meeting-notes"]);
    const { out } = await evenkeel(["doctor"], { columns: null });
    expect(out).toMatch(/^at risk +meeting-notes +1 record put aside; the last: .*notes\.jsonl:1: /m);
  });

  it("says which model in use ends, and of which no end is known", async () => {
    company.found((config) => ({
      ...withAutomation(config, "order-reading", { model: "gpt-5-2025-08-07" }),
      modelSunset: { daysBefore: 60 },
    }));
    company.write(
      "notes.jsonl",
      `${JSON.stringify({ id: "n1", at: "2026-11-17T08:00:00Z", output: "Notes.", model: "llama-3-local" })}\n`,
    );
    await evenkeel(["run", "meeting-notes"]);
    await evenkeel(["run", "order-reading"]);
    const { out } = await evenkeel(["doctor"], { columns: null });
    expect(out).toMatch(
      /^at risk +order-reading +gpt-5-2025-08-07 shuts down on 11 Dec 2026 \(in 23 days\) +gpt-6\.1-sol is named/m,
    );
    expect(out).toMatch(/^fine +models +no end date known for llama-3-local$/m);
  });

  it("says how the month stands against its budget", async () => {
    company.found((config) => withAutomation(config, "meeting-notes", { budget: { perMonth: 50 } }));
    const note = { id: "n1", at: "2026-11-17T08:00:00Z", output: "Notes.", costUsd: 12.5 };
    company.write("notes.jsonl", `${JSON.stringify(note)}\n`);
    await evenkeel(["run", "meeting-notes"]);
    const { out } = await evenkeel(["doctor"], { columns: null });
    expect(out).toMatch(/^fine +budget of meeting-notes +spent 12\.50 of 50\.00 USD by the 18th$/m);
  });

  it("lists the check types", async () => {
    const { out } = await evenkeel(["doctor", "--types"]);
    expect(out.split("\n")).toEqual(expect.arrayContaining(["json-schema", "not-empty", "fields-match"]));
  });
});
