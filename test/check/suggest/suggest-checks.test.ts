import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareCheck } from "../../../src/check/prepare.js";
import { checkTypes } from "../../../src/check/registry.js";
import { commentsOf, type Suggested, suggestChecks } from "../../../src/check/suggest/suggest-checks.js";
import { parseSettings } from "../../../src/config/document.js";
import { checkFileSettings } from "../../../src/config/settings.js";
import { nobody } from "../../../src/domain/asking.js";
import type { Json, JsonObject } from "../../../src/domain/json.js";
import type { Output } from "../../../src/domain/output.js";
import { checkFileText } from "../../../src/text/check-file-text.js";
import { noFiles } from "../judge.js";
import { history, scattered } from "./history.js";

const byId = ({ suggestions }: Suggested, id: string): JsonObject | undefined =>
  suggestions.find(({ settings }) => settings.id === id)?.settings;

const why = ({ leftOut }: Suggested, id: string) => leftOut.find((each) => each.id === id)?.why;

const kinds = ["billing", "delivery", "returns"];
const kindAt = (at: number) => kinds[at % kinds.length] ?? "";

describe("values that come again and again", () => {
  it("are suggested as a closed set once 50 were seen, each three times or more", async () => {
    const made = await suggestChecks(history(200, (at) => ({ kind: kindAt(at) })));
    expect(byId(made, "kind-known")).toEqual({
      id: "kind-known",
      type: "one-of",
      on: "kind",
      values: kinds,
      rule: { floor: 0.95 },
    });
  });

  it.each([
    ["49 values show too little", 70, (at: number) => kindAt(at)],
    [
      "a value seen twice may have sisters",
      400,
      (at: number) => (at === 3 || at === 9 ? "other" : kindAt(at)),
    ],
    ["sentences are no terms", 400, () => "We sent the goods on time and ask for payment."],
    ["21 values are no closed set", 2_000, (at: number) => `kind-${at % 21}`],
    [
      "names of people are personal data",
      400,
      (at: number) => (at % 2 === 0 ? "Greta Sommerfeld" : "Milan Arendt"),
    ],
    ["addresses are personal data", 400, (at: number) => `office${at % 3}@example.com`],
  ])("%s", async (_, length, make) => {
    const made = await suggestChecks(history(length, (at) => ({ kind: make(at) })));
    expect(byId(made, "kind-known")).toBeUndefined();
  });

  it.each([
    ["category", ["Billing", "General", "Technical"]],
    ["category", ["General Inquiry", "Technical Support", "Billing"]],
    ["urgency", ["High", "Low", "Medium"]],
    ["language", ["English", "French", "German"]],
    ["customer.status", ["Active", "On Hold", "Closed"]],
    ["document_type", ["Invoice", "Credit Note"]],
    ["country", ["Austria", "Czech Republic", "United Kingdom"]],
    ["confirmed", ["no", "yes"]],
  ])("of %s are listed after 120 outputs: %j", async (path, values) => {
    const [outer = "", inner] = path.split(".");
    const valueAt = (at: number) => values[at % values.length] ?? "";
    const made = await suggestChecks(
      history(120, (at) => ({
        [outer]: inner === undefined ? valueAt(at) : { [inner]: valueAt(at) },
        contact: ["Greta", "Milan", "Anna"][at % 3] ?? "",
      })),
    );
    const listed = made.suggestions.filter(({ settings }) => settings.type === "one-of");
    expect(listed.map(({ settings }) => settings)).toMatchObject([{ on: path, values: [...values].sort() }]);
    expect(listed[0]?.because).toContain("less than 2% of values is likely still unseen");
  });

  it("are listed inside lists as well, names of people never", async () => {
    const made = await suggestChecks(
      history(120, (at) => ({
        lines: [{ category: at % 2 === 0 ? "Office" : "Travel", approver: at % 2 === 0 ? "Greta" : "Milan" }],
      })),
    );
    expect(JSON.stringify(byId(made, "form"))).toContain('"enum":["Office","Travel"]');
    expect(JSON.stringify(made)).not.toMatch(/Greta|Milan/);
  });

  it.each(["handledBy", "approver", "case_manager", "Bearbeiter", "ansprechpartner", "prénom", "queue"])(
    "are no closed set where %s names people",
    async (path) => {
      const people = path === "queue" ? ["Greta Sommerfeld", "Milan Arendt"] : ["Greta", "Milan"];
      const made = await suggestChecks(history(300, (at) => ({ [path]: people[at % 2] ?? "" })));
      expect(JSON.stringify(made)).not.toMatch(/Greta|Milan/);
    },
  );

  it.each(["customer_name", "assignedTo.person", "author", "email"])("are not listed of %s", async (path) => {
    const [outer = "", inner] = path.split(".");
    const made = await suggestChecks(
      history(300, (at) => ({ [outer]: inner === undefined ? kindAt(at) : { [inner]: kindAt(at) } })),
    );
    expect(made.suggestions.map(({ settings }) => settings.type)).not.toContain("one-of");
  });
});

describe("the form", () => {
  it("has types, required members, formats and what lists hold", async () => {
    const made = await suggestChecks(
      history(200, (at) => ({
        issued: `2026-0${1 + (at % 9)}-1${at % 10}`,
        note: at % 3 === 0 ? null : "a few words of free text",
        ...(at % 4 === 0 ? { extra: true } : {}),
        lines: [{ unit: at % 2 === 0 ? "piece" : "metre", price: at + 0.5 }],
      })),
    );
    expect(byId(made, "form")).toMatchObject({
      rule: { floor: 0.95 },
      schema: {
        type: "object",
        required: ["issued", "note", "lines"],
        properties: {
          issued: { type: "string", format: "date" },
          note: { type: ["string", "null"] },
          extra: { type: "boolean" },
          lines: {
            type: "array",
            items: {
              required: ["unit", "price"],
              properties: { unit: { type: "string", enum: ["metre", "piece"] }, price: { type: "number" } },
            },
          },
        },
      },
    });
    expect(byId(made, "filled-in")).toMatchObject({
      fields: ["issued", "lines", "lines[*].unit", "lines[*].price"],
    });
  });

  it.each([
    ["date-time", (at: number) => `2026-10-1${at % 10}T08:30:0${at % 7}Z`],
    ["uuid", (at: number) => `3f2504e0-4f89-41d3-9a0c-0305e82c3${String(at).padStart(3, "0")}`],
    ["uri", (at: number) => `https://shop.example.com/item/${at}`],
    ["time", (at: number) => `08:3${at % 10}:00Z`],
  ])("names the format %s", async (format, make) => {
    const made = await suggestChecks(history(150, (at) => ({ value: make(at) })));
    expect(byId(made, "form")).toMatchObject({ schema: { properties: { value: { format } } } });
  });

  it.each([
    ["addresses of the net above 255", (at: number) => `1.2.${300 + at}.4`],
    ["e-mail addresses at a host that begins with a hyphen", (at: number) => `a${at}@-shop.example.com`],
    ["a 30th of February", () => "2026-02-30"],
    ["an hour that no day has", (at: number) => `2026-10-1${at % 10}T25:30:00Z`],
  ])("names no format that its check refuses: %s", async (_name, make) => {
    const made = await suggestChecks(history(150, (at) => ({ total: at, value: make(at) })));
    expect(made.leftOut).toEqual([]);
    expect(byId(made, "form")).not.toHaveProperty("schema.properties.value.format");
  });

  it("is not made of a slip in a hundred, and says so", async () => {
    const made = await suggestChecks(history(400, (at) => ({ total: at === 57 ? "forty" : at + 0.25 })));
    const form = made.suggestions.find(({ settings }) => settings.id === "form");
    expect(form?.settings).toMatchObject({ schema: { properties: { total: { type: "number" } } } });
    expect(form?.settings).not.toHaveProperty("rule");
    expect(commentsOf(form ?? fail())[0]).toContain("It fails 1 of those it was made from.");
  });

  it("asks only for what was always there where slips add up", async () => {
    const members = ["a", "b", "c", "d"];
    const made = await suggestChecks(
      history(400, (at) =>
        Object.fromEntries(members.map((name, index) => [name, at % 140 === 3 + index * 7 ? "text" : 1.5])),
      ),
    );
    const form = made.suggestions.find(({ settings }) => settings.id === "form");
    expect(form).toMatchObject({ widened: 1, fitted: { fail: 0 } });
    expect(form?.settings).toMatchObject({ schema: { properties: { a: { type: ["string", "number"] } } } });
  });
});

describe("numbers and texts", () => {
  it.each([
    ["an amount", (at: number) => 40 + 20 * scattered(at), { min: 29, max: 71 }],
    ["a share", (at: number) => 0.5 + 0.4 * scattered(at), { min: 0.29, max: 1 }],
    ["what was never negative", (at: number) => Math.floor(10 * scattered(at)), { min: 0, max: 14 }],
    ["the same number", () => 7, { min: 6.6, max: 7.4 }],
  ])("%s gets a band with room", async (_, make, band) => {
    const made = await suggestChecks(history(300, (at) => ({ total: make(at) })));
    const range = byId(made, "total-in-range");
    expect(range).toMatchObject({ type: "range", on: "total", level: "digest" });
    for (const [side, value] of Object.entries(band)) {
      expect(Math.abs(Number(range?.[side]) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.05 + 0.011);
    }
  });

  it("a band is widened when newer outputs leave it, and said so", async () => {
    const made = await suggestChecks(
      history(300, (at) => ({ total: (at < 210 ? 100 : 135) + 40 * scattered(at) })),
    );
    const range = made.suggestions.find(({ settings }) => settings.id === "total-in-range");
    expect(range?.widened).toBe(1);
    expect(commentsOf(range ?? fail())[0]).toContain("Widened once: narrower it failed more than 2%.");
  });

  it("what newer outputs do not keep is left out, with what it would have done", async () => {
    const made = await suggestChecks(history(300, (at) => ({ kind: at < 280 ? kindAt(at) : "fresh" })));
    expect(byId(made, "kind-known")).toBeUndefined();
    expect(why(made, "kind-known")).toBe("it would have failed 20 of 90 held-out outputs");
  });

  it("numbers that name something get no band", async () => {
    const made = await suggestChecks(history(300, (at) => ({ order: 40_000 + at * 7 })));
    expect(byId(made, "order-in-range")).toBeUndefined();
  });

  it.each([
    ["order", (at: number) => `HL-${60_000 + at}`, "^HL-[0-9]{5}$"],
    ["invoice", (at: number) => `RE/26.${at % 7}-${at + 100}`, "^RE/[0-9]{2}\\.[0-9]-[0-9]{3}$"],
    ["lot", (at: number) => `${at % 2 === 0 ? "AB" : "XYZ"}${at + 10}`, "^[A-Z]{1,4}[0-9]{1,4}$"],
  ])("the shape of %s numbers is a pattern", async (name, make, pattern) => {
    const made = await suggestChecks(history(300, (at) => ({ [name]: make(at) })));
    expect(byId(made, `${name}-shape`)?.pattern).toBe(pattern);
  });

  it("a field that is sometimes missing or null is judged where it is there", async () => {
    const made = await suggestChecks(
      history(400, (at) => (at % 3 === 0 ? {} : { order: at % 3 === 1 ? null : `HL-${60_000 + at}` })),
    );
    expect(byId(made, "order-shape")?.when).toBe("@.output.order && @.output.order != null");
  });
});

describe("whole texts", () => {
  const letter = (at: number) =>
    `Dear customer, thank you for your message about order ${60_000 + at}. The parcel left our warehouse on Friday and reaches you within three days.`;

  it("have a beginning, a length and a language", async () => {
    const made = await suggestChecks(history(200, letter, { latencyMs: 2_000, costMicros: 4_000 }));
    expect(byId(made, "beginning")).toMatchObject({ type: "starts-with", rule: { floor: 0.95 } });
    expect(byId(made, "beginning")?.prefix).toMatch(
      /^Dear customer, thank you for your message about order /,
    );
    expect(byId(made, "language")).toMatchObject({ type: "language", languages: ["en"] });
    expect(byId(made, "length")).toMatchObject({ unit: "words", min: 13, max: 35 });
    expect(byId(made, "fast")).toMatchObject({ type: "latency", maxMs: 3_000 });
    expect(byId(made, "cheap")).toMatchObject({ type: "cost", maxUsd: 0.006, level: "record" });
    expect(byId(made, "no-refusal")).toBeDefined();
  });

  it("that refuse or leak too often get no such check", async () => {
    const made = await suggestChecks(
      history(200, (at) =>
        at % 10 === 0 ? "I'm sorry, but I can't help with that." : `Hello {{name}}, number ${at}`,
      ),
    );
    expect(byId(made, "no-refusal")).toBeUndefined();
    expect(why(made, "no-template-leak")).toMatch(
      /^it would have failed \d+ of 140 outputs it was made from$/,
    );
  });

  it.skipIf(!checkTypes.has("grounded-values"))(
    "are grounded in their inputs where they have some",
    async () => {
      const outputs = history(100, (at) => ({ total: at + 0.5 })).map((each) => ({
        ...each,
        input: `Total: ${each.text}`,
      }));
      expect(byId(await suggestChecks(outputs), "grounded")).toBeDefined();
    },
  );

  it.skipIf(!checkTypes.has("grounded-values"))(
    "are grounded field by field where not all of it is",
    async () => {
      const outputs = history(200, (at) => ({ total: at + 0.5, guess: at * 3 + 0.25, kind: kindAt(at) }));
      const made = await suggestChecks(outputs.map((each, at) => ({ ...each, input: `Total: ${at + 0.5}` })));
      const ids = made.suggestions
        .map(({ settings }) => String(settings.id))
        .filter((id) => id.endsWith("grounded"));
      expect(ids).toEqual(["total-grounded"]);
    },
  );
});

describe("a draft", () => {
  it("needs 40 outputs, and passes over those that report an error", async () => {
    const some = history(45, () => "A fine answer.");
    const failing = some.map((each, at) => (at < 6 ? { ...each, text: "", error: "timeout" } : each));
    expect(await suggestChecks(failing)).toMatchObject({ suggestions: [], passedOver: 6 });
    expect((await suggestChecks(some)).suggestions.length).toBeGreaterThan(0);
  });

  it("never holds personal data or keys", async () => {
    const key = ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_");
    const made = await suggestChecks(
      history(300, (at) => ({
        reply: `Call +43 660 123456${at % 10} or write to kim${at % 3}@example.com`,
        account: `AT61190430023457${String(3201 + (at % 3))}`,
        key,
        kim0: kindAt(at),
      })),
    );
    const text = checkFileText(
      [],
      made.suggestions.map((each) => ({ settings: each.settings, comments: commentsOf(each), active: true })),
    );
    expect(text).not.toMatch(/@example|AT61|660|4eC39/);
  });

  it("names no keys that are data", async () => {
    const made = await suggestChecks(
      history(300, (at) => ({ kind: kindAt(at), by: { "Greta Sommerfeld": at, [`visitor ${at}`]: at } })),
    );
    expect(JSON.stringify(made.suggestions.map(({ settings }) => settings))).not.toMatch(
      /visitor|Sommerfeld/,
    );
    expect(byId(made, "form")).toMatchObject({
      schema: { properties: { by: { type: "object", properties: {} } } },
    });
  });

  it("gives fields of like names checks of their own", async () => {
    const made = await suggestChecks(
      history(300, (at) => ({ "the kind": kindAt(at), the_kind: kindAt(at), the: { kind: kindAt(at) } })),
    );
    const ids = made.suggestions.map(({ settings }) => settings.id);
    expect(ids).toEqual(expect.arrayContaining(["the-kind-known", "the-kind-known-2", "the-kind-known-3"]));
  });

  it("survives hostile outputs", async () => {
    const deep: Json = Array.from({ length: 60 }).reduce<Json>((inner) => ({ inner }), 1);
    const odd: readonly Json[] = [
      deep,
      JSON.parse('{"__proto__":{"a":1},"constructor":"x"}'),
      { "": "", "a b": 1, 'x"]': 2, "$.y": 3 },
      { "\u202e": "\ud800" },
      [],
      [[1, [2]]],
      "x".repeat(100_000),
      Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, at])),
    ];
    for (const each of odd) await accepted(history(60, () => each));
    await accepted(history(80, (at) => odd[at % odd.length] ?? null));
  });

  const scalar = fc.oneof(
    fc.constantFrom(...kinds),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    fc.boolean(),
    fc.string({ maxLength: 40 }),
    fc.constant(null),
    fc.integer({ min: 0, max: 99_999 }).map((number) => `HL-${String(number).padStart(5, "0")}`),
    fc.constant("Your parcel left our warehouse on Friday and should reach you by Wednesday."),
  );
  const value = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(...kinds),
        total: fc.integer({ min: 1, max: 900 }),
        more: scalar,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: scalar,
        lines: fc.array(fc.record({ amount: scalar }), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: scalar },
  );

  it("is accepted as a check file and passes 98 % of the outputs it rests on, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 40, max: 80 }),
        async (some, length) => {
          await accepted(history(length, (at) => some[Math.floor(scattered(at) * some.length)] ?? null));
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});

/** Writes the draft, reads it back as a check file, and judges the outputs anew. */
async function accepted(outputs: readonly Output[]): Promise<void> {
  const made = await suggestChecks(outputs);
  if (made.suggestions.length === 0) return;
  const checks = made.suggestions.map((each) => ({
    settings: each.settings,
    comments: commentsOf(each),
    active: true,
  }));
  const document = parseSettings("draft.json", checkFileText(["A draft."], checks));
  expect(document.faults).toEqual([]);
  const file = checkFileSettings.parse(document.value);
  const ids = file.checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const [older, newer] = [outputs.slice(0, made.fitted), outputs.slice(made.fitted)];
  for (const settings of file.checks) {
    const check = await prepareCheck(settings, noFiles);
    for (const part of [older, newer]) {
      const told = await Promise.all(part.map((output) => check.judge(output, nobody)));
      const failed = told.filter(({ status }) => status === "fail").length;
      const passed = told.filter(({ status }) => status === "pass").length;
      expect(passed, settings.id).toBeGreaterThan(0);
      expect(failed / (failed + passed), settings.id).toBeLessThanOrEqual(0.02);
    }
  }
}

function fail(): never {
  throw new Error("the suggestion is not there");
}
