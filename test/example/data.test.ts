import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { parseStructured } from "../../src/text/parse-json.js";
import { shareOf } from "./halves.js";
import { field, histories, historyOf, jsonLines, repositoryFile } from "./history.js";
import { categories } from "./triage-change.js";

const DAY_MS = 86_400_000;

describe.each(histories.map((history) => [history.id, history] as const))(
  "the history of %s",
  (id, history) => {
    const { outputs } = history;

    it("is small enough for a repository, and large enough to learn from", () => {
      const expected = {
        "support-triage": 1172,
        "invoice-extraction": 512,
        "email-drafting": 508,
        "lead-enrichment": 618,
      };
      expect({ [id]: outputs.length }).toEqual(
        Object.fromEntries(Object.entries(expected).filter(([name]) => name === id)),
      );
      expect(history.bytes).toBeLessThan(900_000);
    });

    it("covers four weeks in order of time, every id once", () => {
      const times = outputs.map(({ at }) => at);
      const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / DAY_MS;
      expect(span).toBeGreaterThan(27.5);
      expect(span).toBeLessThanOrEqual(28);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(new Set(outputs.map((output) => output.id)).size).toBe(outputs.length);
    });

    it("hardly ever says the same thing twice", () => {
      expect(new Set(outputs.map(({ text }) => text)).size).toBeGreaterThan(0.95 * outputs.length);
      expect(new Set(outputs.map(({ input }) => input)).size).toBeGreaterThan(0.95 * outputs.length);
    });

    it("has the small faults of real life: empty outputs, refusals, errors, slow answers", () => {
      const empty = outputs.filter(({ text, error }) => text === "" && error === null);
      const failed = outputs.filter(({ error }) => error !== null);
      const median =
        [...outputs].map(({ latencyMs }) => latencyMs ?? 0).sort((a, b) => a - b)[outputs.length >> 1] ?? 0;
      expect(empty.length).toBeGreaterThanOrEqual(2);
      expect(empty.length).toBeLessThanOrEqual(5);
      expect(failed.length).toBeGreaterThanOrEqual(2);
      expect(failed.length).toBeLessThanOrEqual(3);
      expect(outputs.filter(({ latencyMs }) => (latencyMs ?? 0) > 4 * median).length).toBeGreaterThanOrEqual(
        2,
      );
    });

    it("names nobody's real address, account or page", () => {
      const text = JSON.stringify(history.records);
      const hosts = [
        ...text.matchAll(/[\w.+-]@([\w-]+(?:\.[\w-]+)+)/g),
        ...text.matchAll(/https?:\/\/([^/"\\\s]+)/g),
      ];
      expect(hosts.length).toBeGreaterThan(0);
      expect(
        hosts.map(([, host]) => host).filter((host) => !/(?:^|\.)example\.com$/.test(host ?? "")),
      ).toEqual([]);
      expect(text).not.toMatch(/\b[A-Z]{2}\d{2}(?: ?\d{4}){3,}/);
    });

    it("shows work by day and rest by night", () => {
      const byDay = shareOf(
        outputs,
        ({ at }) => (new Date(at).getUTCHours() + 2) % 24 >= 7 && (new Date(at).getUTCHours() + 2) % 24 < 20,
      );
      expect(byDay.hits / byDay.n).toBeGreaterThan(0.65);
    });
  },
);

describe("structured outputs", () => {
  it.each(["support-triage", "invoice-extraction", "lead-enrichment"])(
    "of %s are JSON objects but for the small faults",
    (id) => {
      const { outputs } = historyOf(id);
      const objects = outputs.filter(({ text }) => isJsonObject(parseStructured(text)));
      expect(objects.length / outputs.length).toBeGreaterThan(0.985);
      expect(objects.length).toBeLessThan(outputs.length);
    },
  );

  it("of invoices add up, but for two or three in a hundred", () => {
    const invoices = historyOf("invoice-extraction").outputs.filter(({ fields }) => isJsonObject(fields));
    const wrong = shareOf(invoices, ({ fields }) => fields === undefined || !addsUp(fields));
    expect(wrong.hits / wrong.n).toBeGreaterThan(0.015);
    expect(wrong.hits / wrong.n).toBeLessThan(0.04);
  });

  it("of leads lie under example.com", () => {
    const domains = historyOf("lead-enrichment").outputs.flatMap((output) => field(output, "domain") ?? []);
    expect(domains.length).toBeGreaterThan(600);
    expect(domains.filter((domain) => !String(domain).endsWith(".example.com"))).toEqual([]);
  });
});

describe("drafted replies", () => {
  it("are mostly sent as they are, sometimes edited, rarely rejected", () => {
    const { outputs } = historyOf("email-drafting");
    const share = (approval: string) =>
      shareOf(outputs, (output) => output.approval === approval).hits / outputs.length;
    expect(share("approved")).toBeCloseTo(0.68, 1);
    expect(share("edited")).toBeCloseTo(0.24, 1);
    expect(share("rejected")).toBeCloseTo(0.06, 1);
  });

  it("keep what was finally sent where someone edited, and only there", () => {
    const { outputs } = historyOf("email-drafting");
    for (const { approval, finalText, text } of outputs) {
      expect(finalText !== null).toBe(approval === "edited");
      expect(finalText).not.toBe(text);
    }
  });
});

describe("golden sets", () => {
  it.each([
    ["support-triage", 12],
    ["invoice-extraction", 10],
  ])("of %s: %i cases, complete, none of them taken from the history", (id, count) => {
    const cases = jsonLines(repositoryFile(`fixtures/golden/${id}.jsonl`));
    const inputs = new Set(historyOf(id).outputs.map(({ input }) => input));
    expect(cases.length).toBe(count);
    expect(new Set(cases.map((each) => isJsonObject(each) && each.id)).size).toBe(count);
    for (const each of cases) {
      if (!isJsonObject(each)) throw new Error("a case is an object");
      expect(Object.keys(each)).toEqual(["id", "input", "expected", "tags", "owner", "reviewBy"]);
      expect(each.reviewBy).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(inputs.has(String(each.input))).toBe(false);
    }
  });

  it("cover every category", () => {
    const cases = jsonLines(repositoryFile("fixtures/golden/support-triage.jsonl"));
    const covered = cases.map(
      (each) => isJsonObject(each) && isJsonObject(each.expected) && each.expected.category,
    );
    expect(new Set(covered)).toEqual(new Set(categories));
  });

  it("hold invoices that add up", () => {
    const cases = jsonLines(repositoryFile("fixtures/golden/invoice-extraction.jsonl"));
    for (const each of cases)
      expect(isJsonObject(each) && each.expected !== undefined && addsUp(each.expected)).toBe(true);
  });
});

/** Line amounts make the net amount, quantity times price each line, net and VAT the total; to the cent. */
function addsUp(invoice: Json): boolean {
  if (!isJsonObject(invoice) || !Array.isArray(invoice.lines)) return false;
  const { net, vat, total } = invoice;
  if (typeof net !== "number" || typeof vat !== "number" || typeof total !== "number") return false;
  const lines = invoice.lines.filter(isJsonObject);
  const sum = lines.reduce((amount, line) => amount + Number(line.amount), 0);
  const near = (one: number, other: number) => Math.abs(one - other) < 0.011;
  return (
    near(sum, net) &&
    near(net + vat, total) &&
    lines.every((line) => near(Number(line.quantity) * Number(line.unit_price), Number(line.amount)))
  );
}
