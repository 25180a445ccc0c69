import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();

/** The company after its first look: incident 1 is open. */
async function watched(): Promise<void> {
  company.found();
  await evenkeel(["run", "order-reading"]);
}

const add = (...more: string[]) =>
  evenkeel(["silence", "add", "--who", "Marta Quill", "--why", "new ledger", ...more]);

describe("evenkeel silence", () => {
  it("shows what it matches, then silences it, lists it and ends it", async () => {
    await watched();
    const added = await add("--automation", "order-reading", "--until", "18:00");
    expect(added.text).toBe(
      [
        "  now          1 of 2 automations (order-reading), 2 findings, incident 1",
        "  last 7 days  1 incident, 1 message that would not have been sent",
        "Silence 1: order-reading, until today 18:00.",
        "What is found meanwhile is recorded and shown. At the end it is looked at once more, then people are told what is still there.",
        "",
        "Next  evenkeel silence end 1   ends it early",
        "",
      ].join("\n"),
    );
    const incidents = await evenkeel(["incidents", "list"]);
    expect(incidents.out).toContain("silenced until 18:00");
    const listed = await evenkeel(["silence", "list"], { columns: 120 });
    expect(listed.out).toContain("1 in force. Times: Europe/Vienna");
    expect(listed.out).toMatch(/\| 1 +in force +today 18:00 +Marta Quill +order-reading +new ledger/);
    const ended = await evenkeel(["silence", "end", "1", "--who", "Marta Quill", "--json"]);
    expect(JSON.parse(ended.out)).toMatchObject({
      data: { silence: { id: 1, endedBy: "Marta Quill", endsAt: new Date(wednesday).toISOString() } },
    });
    expect((await evenkeel(["silence", "end", "1"])).err).toContain("Silence 1 is over already");
  });

  it("only shows what it would match when asked to", async () => {
    await watched();
    const { out } = await add("--automation", "order-reading", "--until", "4h", "--preview");
    expect(out).toContain("It would match, and nothing is silenced yet:");
    expect((await evenkeel(["silence", "list"])).out).toBe("No silence is in force, and none was.\n");
    const bare = await evenkeel(["silence", "add", "--automation", "order-reading", "--preview"]);
    expect(bare.out).toContain("1 of 2 automations (order-reading)");
  });

  it.each([
    [["--until", "4h"], "it matches all 2 automations. Nothing is silenced yet"],
    [
      ["--automation", "order-raeding", "--until", "4h"],
      'no automation "order-raeding" (did you mean "order-reading"?); it matches 0 of 2 automations',
    ],
    [["--automation", "order-reading"], "a silence needs an end of at most 30 days"],
    [["--automation", "order-reading", "--until", "2027-01-18 18:00"], "is more than 30 days off"],
  ])("refuses %j, and says what to write", async (words, message) => {
    await watched();
    const { err, exitCode } = await add(...words);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });

  it("takes everything when that is meant", async () => {
    await watched();
    const { out } = await add("--until", "2026-12-01 18:00", "--yes");
    expect(out).toContain("Silence 1: everything, until 1 Dec 18:00.");
  });

  it("snoozes one incident until tomorrow", async () => {
    await watched();
    const { out } = await evenkeel(["incidents", "snooze", "1", "--for", "tomorrow", "--who", "Jonas Feld"]);
    expect(out).toContain(
      "Incident 1: silent until Thu 09:00, recorded as said by Jonas Feld. Then it is looked at once more.",
    );
    const { out: json } = await evenkeel(["incidents", "list", "--json"]);
    expect(JSON.parse(json)).toMatchObject({
      data: { incidents: [{ id: 1, silencedUntil: "2026-11-19T08:00:00.000Z" }] },
    });
  });
});
