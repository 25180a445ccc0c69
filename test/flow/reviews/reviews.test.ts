import { describe, expect, it } from "vitest";
import { wholeRegister } from "../../../src/domain/review.js";
import { registerEntries } from "../../../src/flow/register/register-entries.js";
import { dueReviews } from "../../../src/flow/reviews/due-reviews.js";
import { governanceEvidence } from "../../../src/flow/reviews/governance-evidence.js";
import { recordGovernance, recordReview } from "../../../src/flow/reviews/record-review.js";
import { reviewEvidence } from "../../../src/flow/reviews/review-evidence.js";
import { reviewsForReader } from "../../../src/flow/reviews/reviews-for-reader.js";
import { runSlots } from "../../../src/flow/run.js";
import { hour, hourOf, options } from "../bench-ground.js";
import { owner } from "../digest-bench.js";
import { reviewBench } from "./review-bench.js";

const overdue = { review: { everyMonths: 1, last: "2026-10-01" } };
const keep = { automation: "invoices", decision: "keep", who: "Marta Quill", why: "it works" } as const;

describe("a decision", () => {
  it("is kept with who, why and the next date, and makes the entry reviewed", () => {
    const { state } = reviewBench({ entry: overdue });
    const lacks = () => registerEntries(state.ground)[0]?.completeness.missing.map(({ words }) => words);
    expect(lacks()).toContain("review overdue since 2026-11-02");
    expect(recordReview(state.ground, { ...keep, next: null })).toMatchObject({ nextOn: "2026-12-18" });
    expect(lacks()).not.toContain("review overdue since 2026-11-02");
    expect(registerEntries(state.ground)[0]).toMatchObject({
      reviewedOn: "2026-11-18",
      reviewDueOn: "2026-12-18",
    });
    expect(recordReview(state.ground, { ...keep, next: null })).toMatchObject({ repeated: true });
    expect(recordReview(state.ground, { ...keep, decision: "reduce", next: null }).repeated).toBe(false);
    expect(state.ground.store.reviews.list("invoices", 9).map(({ decision }) => decision)).toEqual([
      "reduce",
      "keep",
    ]);
  });

  it.each([
    [
      "retire",
      'write "approval": { "status": "retired" } into the entry "invoices" now, so that the register shows it',
    ],
    [
      "replace",
      'give what comes instead an entry of its own in "automations"; once it runs, take "invoices" out',
    ],
  ] as const)("to %s tells what to edit in the configuration", (decision, edit) => {
    const { state } = reviewBench();
    expect(recordReview(state.ground, { ...keep, decision, next: null }).edit[0]).toBe(edit);
  });

  it.each([
    ["of nothing that is registered", { automation: "invoicez" }, /no automation "invoicez".*invoices/],
    ["with a next date of today", { next: "2026-11-18" }, /expected a date after today \(2026-11-18\)/],
    ["with a next date in ten years", { next: "2036-11-18" }, /2029-11-18 at the latest/],
  ])("%s is refused", (_, change, expected) => {
    const { state } = reviewBench();
    expect(() => recordReview(state.ground, { ...keep, next: null, ...change })).toThrow(expected);
    expect(state.ground.store.reviews.list("invoices", 9)).toEqual([]);
  });

  it("gives way to a later date in the configuration", () => {
    const { state } = reviewBench({ entry: { review: { everyMonths: 3, last: "2026-11-20" } } });
    recordReview(state.ground, { ...keep, next: "2027-06-01" });
    expect(dueReviews(state.ground)[0]).toMatchObject({ lastOn: "2026-11-20", dueOn: "2027-02-22" });
  });
});

describe("the evidence", () => {
  it("gathers what happened since the last review", async () => {
    const { state, watched, source, clock } = reviewBench({
      entry: { review: { everyMonths: 1, last: "2026-11-09" } },
    });
    const { ground } = state;
    const begin = Date.parse("2026-11-18T06:00:00Z");
    source.outputs.push(...hourOf(begin, 0));
    await runSlots(ground, watched, [begin], options);
    ground.store.transaction(() => {
      const first = ground.store.incidents.insert("invoices", "outputs", "totals are off", begin);
      ground.store.incidents.setStatus(first, {
        status: "resolved",
        endedAt: begin + 3 * hour,
        acknowledgedBy: null,
      });
      ground.store.closings.put(first, {
        cause: "model",
        lesson: "Ask before updates.",
        who: "Jonas Feld",
        at: begin,
      });
      ground.store.incidents.insert("invoices", "blind", "cannot be read", begin + 2 * hour);
    });
    clock.set(begin + 5 * hour);
    const { figures, parts, due, sinceAt } = reviewEvidence(ground, watched);
    expect(new Date(sinceAt).toISOString()).toBe("2026-11-08T23:00:00.000Z");
    expect(due).toMatchObject({ dueOn: "2026-12-09", daysLeft: 21 });
    expect(figures).toMatchObject({ incidents: 2, openIncidents: 1, hoursOpen: 5, outputs: 20, lessons: 1 });
    const lines = parts.flatMap((part) => part.lines);
    expect(lines).toContain("2 incidents, together open for 5 h; 1 still open.");
    expect(lines).toContain("Incident 1: Ask before updates.");
    expect(lines.some((line) => line.startsWith("20 outputs, about "))).toBe(true);
    expect(lines).toContain("Nobody has judged an output since.");
  });
});

describe("the review of the whole register", () => {
  const more = [
    {
      id: "notes",
      title: "Note taker",
      deputy: null,
      owner: "Gone Person",
      dataClasses: ["customer names"],
      approval: { status: "trial", by: null, on: null },
      vendor: "Scribe",
      ...overdue,
    },
  ];
  const vendorDates = [
    { vendor: "scribe", tool: null, kind: "price", date: "2026-12-01", note: "a fifth more" },
    { vendor: null, tool: "Mailroom", kind: "contract", date: "2026-11-01", note: null },
    { vendor: "Far", tool: null, kind: "terms", date: "2028-01-01", note: null },
  ] as const;

  it("names access, data, approvals, vendors and what is overdue", () => {
    const { state } = reviewBench({ more, register: { vendorDates } });
    const parts = new Map(governanceEvidence(state.ground).map(({ title, lines }) => [title, lines]));
    expect(parts.get("Access")).toEqual([
      "Marta Quill owns Invoice extraction.",
      "Gone Person owns Note taker.",
      "Without a deputy: Note taker.",
      "No address is known of Gone Person: have they left? See “people”.",
    ]);
    expect(parts.get("Data")).toContain(
      "Note taker sees customer names and is not approved (approval: trial).",
    );
    expect(parts.get("Approvals")).toContain("Note taker: approval: trial.");
    expect(parts.get("Not registered")).toEqual([
      "Nothing sends outputs under a name that nobody registered.",
    ]);
    expect(parts.get("Vendors: terms, prices, licences, contracts")).toEqual([
      "Mailroom: contract, 1 Nov 2026, 17 days ago.",
      "scribe: price, 1 Dec 2026, in 13 days: a fifth more; touches Note taker.",
    ]);
    expect(parts.get("Reviews overdue")).toEqual(["Note taker (Ines Calder): overdue since 2 Nov 2026."]);
  });

  it("is recorded with what was found, and due again the month after", () => {
    const governance = { who: "Ines Calder", day: 15 } as const;
    const { state } = reviewBench({ register: { governance } });
    const { ground } = state;
    expect(dueReviews(ground).find(({ automation }) => automation === wholeRegister)?.dueOn).toBe(
      "2026-12-15",
    );
    expect(recordGovernance(ground, { who: "Ines Calder", why: "in order", next: null }).nextOn).toBe(
      "2026-12-15",
    );
    expect(ground.store.reviews.newest(wholeRegister)).toMatchObject({ decision: null, why: "in order" });
  });

  it("tells each reader of the digest what they look after, the AI owner everything and the dates of vendors", () => {
    const governance = { who: "Ines Calder", day: "first-working-day" } as const;
    const { state, clock } = reviewBench({ more, entry: overdue, register: { governance, vendorDates } });
    clock.set(Date.parse("2026-11-27T06:00:00Z"));
    state.ground.store.transaction(() =>
      state.ground.store.reviews.putDue({
        automation: "*",
        metAt: Date.parse("2026-11-18"),
        dueOn: "",
        setAt: 0,
      }),
    );
    expect(reviewsForReader(state.ground, owner)).toEqual([
      { title: "Invoice extraction", words: "overdue since 2 Nov 2026" },
    ]);
    expect(reviewsForReader(state.ground, { ...owner, person: "Ines Calder", automations: [] })).toEqual([
      { title: "Invoice extraction", words: "overdue since 2 Nov 2026" },
      { title: "Note taker", words: "overdue since 2 Nov 2026" },
      { title: "The whole register", words: "due on 1 Dec 2026, in 4 days; never reviewed yet" },
      { title: "scribe: price", words: "1 Dec 2026, in 4 days: a fifth more; touches Note taker" },
    ]);
  });
});
