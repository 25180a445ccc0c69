import { describe, expect, it } from "vitest";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

const notes = [
  {
    id: "N-1",
    at: "2026-11-17T09:00:00Z",
    output: "Decided to move the launch to Friday, as everyone agreed.",
  },
  { id: "N-2", at: "2026-11-17T10:00:00Z", output: "Ok." },
  {
    id: "N-\u001b[31m3",
    at: "2026-11-17T11:00:00Z",
    output: "Das Treffen wurde auf den nächsten Montag verschoben, weil zwei fehlten.",
  },
];

function foundWithNotes(): void {
  company.found((config) =>
    withAutomation(config, "meeting-notes", {
      checks: [{ id: "in-english", title: "Notes are in English", type: "language", languages: ["en"] }],
    }),
  );
  company.write("notes.jsonl", `${jsonLines(notes)}not JSON at all\n`);
}

describe("evenkeel try", () => {
  it("shows failing and unsure outputs and records put aside, control characters written out", async () => {
    foundWithNotes();
    const { out, err, exitCode } = await evenkeel(["try", "meeting-notes"]);
    expect(out).toContain("      1     1       1  Notes are in English");
    expect(out).toMatch(/Failing\n {2}N-\\x1b\[31m3 {2}Notes are in English {2}/);
    expect(out).toMatch(
      /Unsure\n {2}N-2 {2}Notes are in English {2}could not tell the language of 2 letters/,
    );
    expect(out).toMatch(/Put aside\n {2}\S*notes\.jsonl:4: /);
    expect(out).not.toContain("\u001b");
    expect(err).toContain("note  1 record could not become an output; the watch would put them aside");
    expect(exitCode).toBe(1);
  });

  it("shows all of them with --all", async () => {
    company.found();
    const some = await evenkeel(["try", "order-reading", "--last", "40"]);
    const all = await evenkeel(["try", "order-reading", "--last", "40", "--all"]);
    expect(some.out).toContain("more:  --all");
    expect(all.out).not.toContain("more:  --all");
    expect(all.out.split("\n").length).toBeGreaterThan(some.out.split("\n").length);
  });

  it("shows one example of each check before the second of any", async () => {
    company.found();
    const records = orderRecords().map((record) => ({ ...record, output: { total: -1, currency: "EURO" } }));
    company.write("orders.jsonl", jsonLines(records));
    const { out } = await evenkeel(["try", "order-reading"], { columns: null });
    for (const title of ["The currency is one", "A customer is named", "The total is above"])
      expect(out.split("Failing")[1]).toContain(title);
  });

  it("says of a check that nothing concerned it", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        checks: [{ id: "as-known", title: "As the known answer", type: "fields-match" }],
      }),
    );
    const { out, exitCode } = await evenkeel(["try", "order-reading"]);
    expect(out).toContain("      0     0       0  As the known answer: applies to none of them");
    expect(exitCode).toBe(0);
  });

  it("stores nothing", async () => {
    company.found();
    await evenkeel(["try", "order-reading"]);
    expect((await evenkeel(["incidents", "list"])).err).toContain("no database yet");
  });

  it("says why a source cannot be read", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", { source: { type: "file", path: "gone.jsonl" } }),
    );
    const { out, exitCode } = await evenkeel(["try", "order-reading"]);
    expect(out).toContain("Order reading cannot be read: ");
    expect(out).toContain("gone.jsonl");
    expect(exitCode).toBe(1);
  });
});
