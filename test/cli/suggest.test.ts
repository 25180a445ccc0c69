import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { prepareCheck } from "../../src/check/prepare.js";
import { parseSettings } from "../../src/config/document.js";
import { checkFileSettings } from "../../src/config/settings.js";
import { nobody } from "../../src/domain/asking.js";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { anOutput, noFiles } from "../check/judge.js";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const home = fileURLToPath(new URL("../../", import.meta.url));
const example = join(home, "config.example.json");

/** The draft as a check file that the configuration would read. */
function draftIn(text: string) {
  const document = parseSettings("draft.json", text);
  expect(document.faults).toEqual([]);
  return checkFileSettings.parse(document.value).checks;
}

describe("evenkeel suggest", () => {
  it.each([
    [
      "support-triage",
      ["form", "category-known", "urgency-known", "order-shape", "confidence-in-range", "fast"],
    ],
    [
      "invoice-extraction",
      ["form", "filled-in", "currency-known", "lines-amount-in-range", "total-in-range"],
    ],
    ["email-drafting", ["no-refusal", "length", "language", "fast", "cheap"]],
    ["lead-enrichment", ["form", "country-known", "confidence-in-range", "summary-length"]],
  ])("drafts what %s has kept to so far", async (automation, expected) => {
    const { out, err, exitCode } = await evenkeel(["suggest", automation, "--config", example], {
      columns: 200,
    });
    expect(draftIn(out).map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
    expect(out.match(/\/\/ Rests on \d+ outputs; passes \d+ of \d+ held-out outputs/g)).toHaveLength(
      draftIn(out).length,
    );
    expect(out).not.toMatch(/@example\.com|\bSommerfeld\b|\bArendt\b/);
    expect(err).toContain("none is switched on");
    expect(exitCode).toBe(0);
  });

  it("passes 98 % of the outputs that it rests on", async () => {
    const { out } = await evenkeel(["suggest", "invoice-extraction", "--config", example]);
    const records = readFileSync(join(home, "fixtures/invoice-extraction.jsonl"), "utf8")
      .trim()
      .split("\n")
      .slice(-500);
    const outputs = records.map((line) => {
      const { output, latency_ms: latency }: { output: Json; latency_ms: number } = JSON.parse(line);
      const text = typeof output === "string" ? output : JSON.stringify(output);
      return anOutput(text ?? "", { latencyMs: latency });
    });
    for (const settings of draftIn(out)) {
      const check = await prepareCheck(settings, noFiles);
      const told = await Promise.all(
        outputs.filter(({ text }) => text !== "").map((each) => check.judge(each, nobody)),
      );
      const [failed, passed] = ["fail", "pass"].map(
        (word) => told.filter(({ status }) => status === word).length,
      );
      expect(Number(failed) / (Number(failed) + Number(passed) || 1), settings.id).toBeLessThanOrEqual(0.02);
    }
  });

  it("writes the file on request, never over another", async () => {
    company.found();
    const { out, err } = await evenkeel([
      "suggest",
      "order-reading",
      "--last",
      "200",
      "--out",
      "drafts/orders.json",
    ]);
    expect(out).toMatch(/^drafts\/orders\.json: \d+ checks to read through\.\n/);
    expect(out).toContain("Next  evenkeel try order-reading   once the configuration names the file");
    expect(err).toContain("drafted from 140 outputs and tried on 60 newer ones");
    const before = readFileSync("drafts/orders.json", "utf8");
    const again = await evenkeel(["suggest", "order-reading", "--out", "drafts/orders.json"]);
    expect(again.err).toBe("drafts/orders.json: there already; name another file with --out\n");
    expect(again.exitCode).toBe(2);
    expect(readFileSync("drafts/orders.json", "utf8")).toBe(before);
    company.found((config) => withAutomation(config, "order-reading", { checks: ["drafts/orders.json"] }));
    expect((await evenkeel(["validate"])).out).toContain("is fine");
  });

  it("lists the values of labels after 120 outputs, and no names", async () => {
    company.found();
    const of = (values: readonly string[], at: number) => values[at % values.length] ?? "";
    const records = orderRecords()
      .slice(0, 120)
      .map((record, at) => ({
        ...record,
        output: {
          category: of(["Billing", "Technical Support", "General"], at),
          urgency: of(["high", "low"], at),
          language: of(["English", "German"], at),
          contact: of(["Greta Sommerfeld", "Milan Arendt"], at),
        },
      }));
    company.write("orders.jsonl", jsonLines(records));
    const { out } = await evenkeel(["suggest", "order-reading"], { columns: 200 });
    const listed = draftIn(out).filter(({ type }) => type === "one-of");
    expect(listed.map(({ id }) => id)).toEqual(["category-known", "urgency-known", "language-known"]);
    expect(out).not.toMatch(/Sommerfeld|Arendt/);
  });

  it("says what was left out and why", async () => {
    company.found();
    const records = orderRecords().map((record, at) => ({
      ...record,
      output: { total: at, currency: at < 240 ? "EUR" : "EURO" },
    }));
    company.write("orders.jsonl", jsonLines(records));
    const { err } = await evenkeel(["suggest", "order-reading"], { columns: 200 });
    expect(err).toMatch(/note {2}left out currency-known: it would have failed 60 of 90 held-out outputs/);
  });

  it("changes nothing and stores nothing", async () => {
    company.found();
    const before = readFileSync("evenkeel.config.json", "utf8");
    await evenkeel(["suggest", "order-reading"]);
    expect(readFileSync("evenkeel.config.json", "utf8")).toBe(before);
    expect(existsSync("data")).toBe(false);
  });

  it("gives the same as JSON", async () => {
    company.found();
    const { data } = JSON.parse((await evenkeel(["suggest", "order-reading", "--json"])).out);
    expect(data).toMatchObject({ outputs: 300, fitted: 210, heldOut: 90, unreadable: null });
    const [first] = data.suggestions.filter((each: unknown) => isJsonObject(each));
    expect(first).toMatchObject({
      settings: { id: "answer-came" },
      heldOut: { pass: 90, fail: 0, error: 0 },
      widened: 0,
    });
    expect(first.comments[0]).toContain("Rests on 210 outputs; passes 90 of 90 held-out outputs.");
  });

  it("works on what is stored", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { out, err } = await evenkeel(["suggest", "order-reading", "--stored"], { columns: 200 });
    expect(draftIn(out).map(({ id }) => id)).toContain("form");
    expect(err).toContain("stored outputs are redacted");
  });

  it("says how many outputs it needs", async () => {
    company.found();
    company.write(
      "notes.jsonl",
      jsonLines([{ id: "N-1", at: "2026-11-17T09:00:00Z", output: "Hello there." }]),
    );
    const few = await evenkeel(["suggest", "meeting-notes"]);
    expect(few.text).toBe("note  1 output read; suggestions need 40 at least\n");
    expect((await evenkeel(["suggest", "order-reading", "--last", "20"])).err).toBe(
      "--last 20: expected a whole number from 40 to 10000\n",
    );
  });

  it("says why a source cannot be read", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", { source: { type: "file", path: "gone.jsonl" } }),
    );
    const { err, exitCode } = await evenkeel(["suggest", "order-reading"]);
    expect(err).toMatch(/^Order reading cannot be read: .*gone\.jsonl/);
    expect(exitCode).toBe(2);
  });
});
