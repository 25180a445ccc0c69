import { expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { runSlots } from "../../src/flow/run.js";
import { showExamples } from "../../src/flow/show-examples.js";
import { benchGround, draft, hour, monday, options } from "./bench-ground.js";

/** undefined: plain text. */
type Fields = (at: number) => { readonly [name: string]: Json } | undefined;

const usual = (at: number) => ({ supplier: "Mill", total_amount: at, lines: [{ amount: at }] });
const plainText: Fields = () => undefined;

/** Ten quiet hours and some of another shape; the finding about it and what shows it. */
async function changeTo(fields: Fields, before: Fields = usual, hours = 1) {
  const bench = benchGround();
  const slots = Array.from({ length: 10 + hours }, (_, at) => monday + (at + 1) * hour);
  for (const [index, slot] of slots.entries())
    for (let at = 0; at < 20; at += 1) {
      const value = index < 10 ? before(at) : fields(at);
      const minute = slot - hour + at * 60_000;
      bench.source.outputs.push(
        draft(`${index}-${at}`, minute, `ok ${JSON.stringify(value ?? "text")}`, { fields: value }),
      );
    }
  for (const slot of slots) {
    bench.clock.set(slot);
    await runSlots(bench.ground, bench.watched, [slot], options);
  }
  const found = bench.ground.store.findings
    .active("invoices")
    .find(({ finding }) => finding.metric === "shape");
  const examples = found === undefined ? [] : showExamples(bench.ground, bench.watched, found.finding);
  return { finding: found?.finding, examples };
}

it("names both sides of a renamed field, pages, and shows it", async () => {
  const { finding, examples } = await changeTo((at) => ({
    supplier: "Mill",
    amount_total: at,
    lines: [{ amount: at }],
  }));
  expect(finding?.level).toBe("page");
  expect(finding?.sentence).toMatch(
    /^`total_amount` is in 0% of outputs instead of 100%; `amount_total` is new since /,
  );
  expect(examples.map(({ kind, reason }) => [kind, reason])).toEqual([
    ["changed", "`amount_total` is a number"],
    ["changed", "`amount_total` is a number"],
    ["changed", "`amount_total` is a number"],
    ["usual", "has the fields that are usual"],
  ]);
});

it("says which type a field has taken", async () => {
  const { finding, examples } = await changeTo((at) => ({ ...usual(at), total_amount: `${at} EUR` }));
  expect(finding?.sentence).toMatch(
    /^`total_amount` is a number in 0% of outputs instead of 100%; it is now a text in 100% since /,
  );
  expect(examples[0]?.reason).toBe("`total_amount` is a text");
});

it("names a field inside list items that is missing", async () => {
  const { finding } = await changeTo((at) => ({ ...usual(at), lines: [{}] }));
  expect(finding?.sentence).toMatch(/^`lines\[\]\.amount` is in 0% of outputs instead of 100% since /);
});

it("names fields that are new", async () => {
  const { finding, examples } = await changeTo((at) => ({ ...usual(at), note: "x", hint: "y" }));
  expect(finding?.sentence).toMatch(/^`hint` is new, in 100% of outputs; `note` is new since /);
  expect(examples[0]?.reason).toBe("`hint` is a text");
});

it("says nothing about outputs of one shape", async () => {
  expect((await changeTo(usual)).finding).toBeUndefined();
});

it("names both sides where structured outputs turn into plain text", async () => {
  const { finding, examples } = await changeTo(plainText);
  expect(finding?.level).toBe("page");
  expect(finding?.sentence).toMatch(
    /^the output as a whole is an object in 0% of outputs instead of 100%; it is now plain text in 100% since /,
  );
  expect(examples.map(({ kind, reason }) => [kind, reason])).toEqual([
    ...Array(3).fill(["changed", "the output as a whole is plain text"]),
    ["usual", "has the fields that are usual"],
  ]);
});

it("names both sides where plain text turns into structured outputs", async () => {
  const { finding, examples } = await changeTo(usual, plainText);
  expect(finding?.level).toBe("page");
  expect(finding?.sentence).toMatch(
    /^the output as a whole is plain text in 0% of outputs instead of 100%; it is now an object in 100%; /,
  );
  expect(examples.map(({ kind, reason }) => [kind, reason])).toEqual([
    ...Array(3).fill(["changed", "the output as a whole is an object"]),
    ["usual", "has the fields that are usual"],
  ]);
});

it("says nothing of a field that only appears sometimes, until it is always there", async () => {
  const sometimes: Fields = (at) => ({ ...usual(at), ...(at % 3 === 0 ? { note: "x" } : {}) });
  expect((await changeTo(sometimes, sometimes, 40)).finding).toBeUndefined();
  const { finding } = await changeTo((at) => ({ ...usual(at), note: "x" }), sometimes, 3);
  expect(finding?.sentence).toMatch(/^`note` is in 100% of outputs instead of 35% since /);
});
