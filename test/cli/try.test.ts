import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";
import { startLoopback } from "../platform/loopback.js";
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
    expect(out).toContain("      0     0       0    20  As the known answer: applies to none of them");
    expect(exitCode).toBe(0);
  });

  it("counts the outputs that a check skipped, where any did", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        checks: [
          { id: "in-euro", type: "one-of", on: "currency", values: ["EUR"], when: "@.output.total > 100" },
          { id: "positive", type: "range", on: "total", min: 0 },
        ],
      }),
    );
    const { out } = await evenkeel(["try", "order-reading"]);
    expect(out).toMatch(/^ {3}pass {2}fail {2}unsure {2}skip {2}check$/m);
    const [, ...counts] = /^ +(\d+) +(\d+) +(\d+) +(\d+) {2}currency is one/m.exec(out) ?? [];
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(20);
    expect(Number(counts[3])).toBeGreaterThan(0);
    expect(out).toMatch(/^ {5}20 {5}0 {7}0 {5}0 {2}total is in its range$/m);
  });

  const alike = ["total-above-nothing", "total-below-a-million"].map((id, at) => ({
    id,
    type: "expression",
    expression: at === 0 ? "total < 0" : "total > 1000000",
  }));

  it.each([[80], [null]])("tells checks of one title apart by their ids, in %s columns", async (columns) => {
    company.found((config) => withAutomation(config, "order-reading", { checks: alike }));
    const { out } = await evenkeel(["try", "order-reading"], { columns });
    for (const { id } of alike) {
      expect(out).toContain(`  Output satisfies its expression (${id})\n`);
      expect(out.split("Failing")[1]).toContain(id);
    }
  });

  it("shows the fails of one check after the other with --all", async () => {
    company.found((config) => withAutomation(config, "order-reading", { checks: alike }));
    const { out } = await evenkeel(["try", "order-reading", "--all"], { columns: null });
    const shown = [...(out.split("Failing")[1] ?? "").matchAll(/expression \((\S+)\)/g)].map(([, id]) => id);
    expect(shown).toHaveLength(40);
    expect(shown).toEqual([...shown].sort());
  });

  it("notes what passed with a remark, and is content", async () => {
    company.found((config) =>
      withAutomation(config, "meeting-notes", {
        checks: [{ id: "json", title: "Is JSON", type: "is-json" }],
      }),
    );
    company.write(
      "notes.jsonl",
      jsonLines([
        { id: "N-1", at: "2026-11-17T09:00:00Z", output: "```json\n{}\n```" },
        { id: "N-2", at: "2026-11-17T10:00:00Z", output: "{}" },
      ]),
    );
    const { out, exitCode } = await evenkeel(["try", "meeting-notes"]);
    expect(out).toContain("      2     0       0  Is JSON\n\nNoted\n  N-1  Is JSON  in a code fence\n");
    expect(exitCode).toBe(0);
  });

  it("stores nothing", async () => {
    company.found();
    await evenkeel(["try", "order-reading"]);
    expect((await evenkeel(["incidents", "list"])).err).toContain("no database yet");
  });

  it("keeps to what the day's limit has left, and says that it does not count towards it", async () => {
    const server = await startLoopback((_request, response) => response.writeHead(401).end());
    const canaries = { good: { output: "Thank you." }, bad: { output: "Get lost." } };
    const polite = { id: "polite", type: "judge", model: "judge", criteria: ["Is it polite?"], canaries };
    company.found((config) => ({
      ...withAutomation(config, "meeting-notes", { checks: [polite] }),
      network: { allowPrivate: ["127.0.0.0/8"] },
      judging: { dailyCalls: 10 },
      models: [{ id: "judge", type: "openai", baseUrl: server.url, model: "gpt-x" }],
    }));
    company.write("notes.jsonl", jsonLines(notes));
    const first = await evenkeel(["try", "meeting-notes"], { columns: null });
    expect(first.err).toContain(
      "2 requests sent, for $0.00; a trial keeps to what is left of today's limit, but what it asks is not counted towards it",
    );
    await evenkeel(["run", "order-reading"]);
    const store = openStore({
      path: join(company.folder(), "data/evenkeel.db"),
      newInstanceId: "0".repeat(32),
    });
    store.answers.spend("2026-11-18", "order-reading", { questions: 10 });
    store.close();
    const second = await evenkeel(["try", "meeting-notes"], { columns: null });
    expect(second.err).toContain("0 requests sent, for $0.00; ");
    expect(second.err).toContain("5 questions not asked: today's limit for judging is reached");
    expect(server.requests).toHaveLength(2);
    await server.close();
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
