import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { startDaemon } from "../../src/daemon.js";
import { isJsonObject, type JsonObject } from "../../src/domain/json.js";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel, fakeOutside, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();

const fallback = {
  by: "Priya Raman",
  steps: ["Type new orders in by hand."],
  minutesPerItem: 4,
  pause: "Switch the reader off.",
};

async function founded(change: JsonObject = {}): Promise<void> {
  company.found((config) =>
    withAutomation(config, "order-reading", { fallback: { ...fallback, ...change } }),
  );
  await evenkeel(["run", "order-reading"]);
}

const say = (...words: string[]) => evenkeel(["incidents", ...words]);

/** The orders as they are once the reader is right again: so many more, an hour apart. */
function mend(count: number): void {
  const more = Array.from({ length: count }, (_, index) => ({
    id: `M-${index}`,
    at: new Date(wednesday + index * 60_000).toISOString(),
    output: { customer: "Customer 1", total: 20, currency: "EUR" },
    latency_ms: 500,
  }));
  writeFileSync("orders.jsonl", jsonLines([...orderRecords(), ...more]));
}

describe("ending an incident", () => {
  it("is headed by when it was opened, however much later it is shown", async () => {
    await founded();
    const opened = /Timeline\n {2}(?:\w+ )?(\d\d:\d\d) {2}Opened/.exec((await say("show", "1")).out)?.[1];
    const { out } = await evenkeel(["incidents", "show", "1"], { now: wednesday + 90 * 60_000 });
    expect(out).toMatch(new RegExp(`==== INCIDENT 1 opened =+ \\w+ ${opened} Vienna time ====`));
  });

  it.each([
    ["ack", "1"],
    ["snooze", "1", "--for", "1h"],
    ["resolve", "1", "--why", "set right", "--cause", "data"],
  ])("is on record for people of the register alone: %s %s", async (...words) => {
    await founded();
    const { err, exitCode } = await say(...words, "--who", "Priya Ramen");
    expect(exitCode).toBe(2);
    expect(err).toContain(
      '--who "Priya Ramen": is nobody of the configuration\'s "people"; did you mean "Priya Raman"?',
    );
    expect((await say("show", "1")).out).not.toContain("Priya Ramen");
  });

  it("asks for its cause and says how to give it", async () => {
    await founded();
    const without = await say("resolve", "1", "--why", "set right");
    expect(without.err).toBe(
      'Incident 1: ending it needs its cause: --cause, one of model, prompt, data, source, rule, people, false-alarm, accepted-change; with --lesson "..." the next message says what helped\n',
    );
    expect(without.exitCode).toBe(2);
    const unknown = await say("resolve", "1", "--why", "set right", "--cause", "modle");
    expect(unknown.err).toBe(
      "--cause modle: expected one of model, prompt, data, source, rule, people, false-alarm, accepted-change\n",
    );
    const lesson = "pin the currency list";
    const worked = ["--why", "set right", "--cause", "rule", "--lesson", lesson, "--waive-rest"];
    expect((await say("resolve", "1", ...worked)).exitCode).toBe(0);
    const shown = await say("show", "1");
    expect(shown.out).toContain("Cause by Jonas Feld: the rule that was checked. Lesson: pin the");
    expect((await say("list", "--all")).out).toContain("ended: the rule that was checked");
  });

  it("shows where the cause was not stated, and takes it later", async () => {
    await founded();
    mend(400);
    for (let hours = 1; hours < 40; hours += 1) {
      await evenkeel(["run", "order-reading"], { now: wednesday + hours * 3_600_000 });
    }
    const now = wednesday + 40 * 3_600_000;
    const list = await evenkeel(["incidents", "list", "--all"], { now, columns: 160 });
    expect(list.out).toContain("ended, cause not stated");
    const cause = ["incidents", "cause", "1", "--cause", "data", "--lesson", "ask the sender"];
    expect((await evenkeel(cause, { now })).out).toContain(
      "Incident 1: it came from the data it was given, recorded as said by Jonas Feld.",
    );
    const json = await evenkeel(["incidents", "list", "--all", "--json"], { now });
    expect(JSON.parse(json.out)).toMatchObject({
      data: { incidents: [{ id: 1, cause: "data", lesson: "ask the sender", flapping: false }] },
    });
  });
});

describe("a false alarm of a check of which not one fail is allowed", () => {
  it("stands in the doctor until someone enables the check again", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        checks: [
          {
            id: "known",
            title: "Known currency",
            type: "one-of",
            on: "currency",
            values: ["EUR"],
            rule: "zeroTolerance",
          },
        ],
      }),
    );
    await evenkeel(["run", "order-reading"]);
    const open = /Open: (\d+)/.exec((await say("show", "99")).err)?.[1] ?? "";
    const ended = await say("resolve", open, "--as", "false-alarm", "--why", "test orders");
    expect(ended.out).toContain("ended: false alarm");
    expect((await evenkeel(["doctor"])).out.replace(/\s+/g, " ")).toContain(
      "“Known currency” counts for the digest only: false alarm, says Jonas Feld",
    );
    const enabled = await evenkeel(["enable", "order-reading", "known", "--why", "mended"]);
    expect(enabled.out).toContain("“Known currency” notifies at its first fail.");
    expect((await evenkeel(["doctor"])).out).not.toContain("counts for the digest only");
  });
});

describe("switching back", () => {
  it("is refused with what is missing, and overruled on record", async () => {
    await founded();
    expect((await say("fallback", "1")).exitCode).toBe(0);
    const refused = await say("switch-back", "1", "--cause", "data");
    expect(refused.err).toContain("Incident 1: switching back needs a fresh sample that passes, and");
    expect(refused.err).toContain("Look again with evenkeel run order-reading");
    expect(refused.exitCode).toBe(2);
    const off = await say("fallback", "1", "--off");
    expect(off.out).toContain("Incident 1: acknowledged");
    await say("fallback", "1");
    const overruled = ["--override", "--why", "only test orders fail", "--cause", "data"];
    expect((await say("switch-back", "1", ...overruled)).out).toContain("Incident 1: ended");
    expect((await say("show", "1")).out).toContain(
      "Switched back by Jonas Feld: only test orders fail (against",
    );
  });
});

describe("pausing", () => {
  it("runs the configured command and says what it answered", async () => {
    await founded({
      pauseAction: { type: "command", argv: ["echo", "reader stopped"] },
      resumeAction: { type: "command", argv: ["echo", "reader runs"] },
    });
    expect((await say("show", "1")).out.replace(/\s+/g, " ")).toContain(
      "to pause it: the incident's page, or evenkeel incidents pause 1 where Evenkeel runs",
    );
    const paused = await say("pause", "1", "--who", "Priya Raman", "--why", "wrong currencies");
    expect(paused.out).toContain(
      "Incident 1: paused, recorded as asked for by Priya Raman. The command echo ended with exit code 0: reader stopped",
    );
    expect(paused.exitCode).toBe(0);
    const shown = (await say("show", "1")).out.replace(/\s+/g, " ");
    expect(shown).toContain("Pause asked for by Priya Raman: the command echo; wrong currencies");
    expect(shown).toContain("Paused by Priya Raman: the command echo ended with exit code 0: reader stopped");
    const resumed = await say("resume", "1", "--json");
    const data: unknown = JSON.parse(resumed.out);
    expect(isJsonObject(data) ? data.data : null).toMatchObject({ report: { wish: "resume", done: true } });
  });

  it("says in capitals that it did not work, with what to do by hand", async () => {
    await founded({ pauseAction: { type: "command", argv: ["false"] } });
    const paused = await say("pause", "1");
    expect(paused.out).toContain(
      "Incident 1: NOT paused. The command false ended with exit code 1\nBy hand: Switch the reader off\n",
    );
    expect(paused.exitCode).toBe(1);
    expect((await say("resume", "1")).err).toBe(
      "Order reading cannot be resumed from here: its fallback has no resumeAction. By hand: undo “Switch the reader off”\n",
    );
  });

  it("is done by the running daemon, which tells its channels", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        fallback: { ...fallback, pauseAction: { type: "command", argv: ["echo", "reader stopped"] } },
      }),
    );
    const written: string[] = [];
    let ready: () => void = () => undefined;
    const read = new Promise<void>((done) => {
      ready = done;
    });
    const configPath = resolve("evenkeel.config.json");
    const daemon = await startDaemon(
      { configPath, onReady: ready },
      fakeOutside({}, (text) => void written.push(text)),
    );
    try {
      await read;
      expect((await say("pause", "1", "--who", "Priya Raman")).out).toContain("Incident 1: paused");
      await expect
        .poll(() => written.join(""), { timeout: 15_000 })
        .toContain("Priya Raman paused Order reading at 07:10.");
    } finally {
      await daemon.close();
    }
  });

  it("is not configured with a secret that is not there", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        fallback: {
          ...fallback,
          pauseAction: {
            type: "webhook",
            url: "https://hooks.example.com/p",
            secret: { env: "PAUSE_SECRET" },
          },
        },
      }),
    );
    expect((await evenkeel(["validate"])).out).toMatch(
      /fallback\.pauseAction\.secret: .*environment variable "PAUSE_SECRET" is not set/,
    );
  });
});
