import { expect, it } from "vitest";
import type { Check } from "../../src/domain/check.js";
import type { Json } from "../../src/domain/json.js";
import { fail, pass } from "../../src/domain/verdict.js";
import { confusionsOf } from "../../src/flow/confusion.js";
import { lookDaily } from "../../src/flow/daily-look.js";
import { withFields } from "../../src/flow/follow-fields.js";
import type { Watched } from "../../src/flow/ground.js";
import { planUnnamed } from "../../src/flow/plan-metrics.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, levels, monday, okCheck, options } from "./bench-ground.js";

const { signal } = new AbortController();
const follow = { numbers: [], categories: ["kind"], baseline: { outputs: 100, runs: 5 } };
const usual = (at: number) => ({
  kind: "bill",
  total: 100 + ((at * 37) % 101),
  queue: at % 2 === 0 ? "a" : "b",
});

function bench(change: Partial<Pick<Watched, "checks" | "followUnnamed">> = {}) {
  const made = benchGround({ checks: change.checks ?? [], categories: ["kind"] });
  const watched: Watched = {
    ...made.watched,
    followUnnamed: { fields: true, segments: false },
    ...change,
    planUnnamed: (fields) => planUnnamed(made.watched.entry, made.watched.checks, fields, follow),
  };
  const ground = { ...made.ground, register: { ...made.ground.register, automations: [watched] } };
  ground.store.registry.see("invoices", monday);
  ground.store.registry.markHistoryRead("invoices", monday);
  return { ...made, ground, watched };
}

async function runHours(
  made: ReturnType<typeof bench>,
  from: number,
  to: number,
  fields: (at: number) => ReturnType<typeof usual>,
  reference: (fields: ReturnType<typeof usual>, at: number) => Json = () => null,
) {
  const automations = withFields(made.ground.store, made.ground.register).automations;
  for (let index = from; index < to; index += 1) {
    const slot = monday + index * hour;
    for (let at = 0; at < 20; at += 1) {
      const value = fields(index * 20 + at);
      made.source.outputs.push(
        draft(`${index}-${at}`, slot - hour + at * 60_000, JSON.stringify(value), {
          fields: value,
          reference: reference(value, index * 20 + at),
          segment: value.queue,
        }),
      );
    }
    made.clock.set(slot);
    for (const each of automations) await runSlots(made.ground, each, [slot], options);
  }
}

it("follows them from the stored runs on, beside what is named, and tells the digest of a change", async () => {
  const made = bench();
  await runHours(made, 1, 5, usual);
  expect(await lookDaily(made.ground, levels, signal)).toBe(false);
  await runHours(made, 5, 31, usual);
  made.clock.set(monday + 31 * hour);
  expect(await lookDaily(made.ground, levels, signal)).toBe(true);
  expect(made.ground.store.followedFields.of("invoices", "fields")).toEqual([
    { path: "$.total", kind: "number" },
    { path: "$.queue", kind: "category" },
    { path: "$.kind", kind: "category" },
  ]);
  expect(made.ground.store.metrics.get("invoices", "field:$.queue")).toMatchObject({
    phase: "watching",
    standing: "active",
    runs: 30,
  });
  // it is named, so it is followed as it was told to
  expect(made.ground.store.metrics.get("invoices", "field:$.kind")).toBeNull();
  await runHours(made, 31, 36, (at) => ({ ...usual(at), queue: "b", total: 300 + (at % 50) }));
  const found = made.ground.store.findings
    .active("invoices")
    .map(({ finding, headline }) => [finding.metric, finding.level, headline]);
  expect(found).toContainEqual(["field:$.queue", "digest", "outputs with queue “a” fell from 50% to 0%"]);
  expect(found).toContainEqual([
    "field:$.total",
    "digest",
    expect.stringMatching(/^usual total rose from 149 to about 3/),
  ]);
});

it("chooses once: what comes later changes nothing", async () => {
  const made = bench();
  await runHours(made, 1, 7, usual);
  await lookDaily(made.ground, levels, signal);
  const chosen = made.ground.store.followedFields.of("invoices", "fields");
  made.clock.set(monday + 30 * hour);
  await runHours(made, 30, 40, (at) => ({ ...usual(at), other: "x" }));
  expect(await lookDaily(made.ground, levels, signal)).toBe(false);
  expect(made.ground.store.followedFields.of("invoices", "fields")).toEqual(chosen);
});

it("follows how often each known label is given, and counts what was given instead", async () => {
  const made = bench();
  const known = (at: number) => ({ ...usual(at), kind: at % 2 === 0 ? "bill" : "order" });
  await runHours(made, 1, 31, known, ({ kind }) => ({ kind }));
  await lookDaily(made.ground, levels, signal);
  expect(made.ground.store.metrics.get("invoices", "recall:$.kind:bill")).toMatchObject({
    phase: "watching",
    runs: 30,
  });
  // bills are called orders from now on; what they are stays known
  await runHours(
    made,
    31,
    34,
    (at) => ({ ...known(at), kind: "order" }),
    (_, at) => ({ kind: known(at).kind }),
  );
  const found = made.ground.store.findings
    .active("invoices")
    .map(({ finding, headline }) => [finding.metric, finding.level, headline]);
  expect(found).toContainEqual([
    "recall:$.kind:bill",
    "digest",
    "outputs known to be “bill” that say so fell from 100% to 0%",
  ]);
  expect(found.map(([metric]) => metric)).not.toContain("recall:$.kind:order");
  expect(confusionsOf(made.ground, made.watched)).toEqual([
    {
      of: "kind",
      labels: ["bill", "order"],
      rows: [
        { known: "bill", said: [300, 30], other: 0, recall: { hits: 300, n: 330 } },
        { known: "order", said: [0, 330], other: 0, recall: { hits: 330, n: 330 } },
      ],
    },
  ]);
});

it("follows each segment by itself when asked to, from the stored runs on", async () => {
  const rightKind: Check = {
    ...okCheck({ id: "kind", title: "Kind is a bill" }),
    judge: ({ fields }) => (JSON.stringify(fields ?? null).includes("bill") ? pass() : fail("no bill")),
  };
  const made = bench({ checks: [rightKind], followUnnamed: { fields: false, segments: true } });
  await runHours(made, 1, 31, usual);
  await lookDaily(made.ground, levels, signal);
  expect(made.ground.store.followedFields.of("invoices", "segments")).toEqual([
    { kind: "segment", segment: "a" },
    { kind: "segment", segment: "b" },
  ]);
  expect(made.ground.store.metrics.get("invoices", "segment:b:kind")).toMatchObject({
    phase: "watching",
    runs: 30,
  });
  await runHours(made, 31, 36, (at) => ({ ...usual(at), kind: at % 2 === 0 ? "bill" : "note" }));
  const found = made.ground.store.findings
    .active("invoices")
    .map(({ finding, headline }) => [finding.metric, finding.level, headline]);
  expect(found).toContainEqual([
    "segment:b:kind",
    "digest",
    "Kind is a bill, in segment “b” fell from 100% to 0%",
  ]);
  expect(found.map(([metric]) => metric)).not.toContain("segment:a:kind");
});
