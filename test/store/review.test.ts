import { expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";

const open = () => openStore({ path: ":memory:", newInstanceId: "0".repeat(32) });
const review = {
  automation: "replies",
  decision: "keep",
  who: "Tom Ashby",
  why: "it works",
  at: 1_000,
  nextOn: "2026-12-09",
} as const;

it("keeps every review, the newest first, each of its own automation or of the whole register", () => {
  const { reviews, transaction } = open();
  transaction(() => {
    reviews.add(review);
    reviews.add({ ...review, decision: "reduce", at: 2_000 });
    reviews.add({ ...review, automation: "*", decision: null });
  });
  expect(reviews.list("replies", 10).map(({ decision }) => decision)).toEqual(["reduce", "keep"]);
  expect(reviews.list("replies", 1)).toEqual([{ id: 2, ...review, decision: "reduce", at: 2_000 }]);
  expect(reviews.newest("replies")?.at).toBe(2_000);
  expect(reviews.newest("*")).toMatchObject({ decision: null, why: "it works" });
  expect(reviews.newest("sales")).toBeNull();
});

it("notes when each is due, and forgets reminders of another date", () => {
  const { reviews, transaction } = open();
  const due = { automation: "replies", metAt: 5, dueOn: "2026-12-09", setAt: 7 };
  const reminder = { automation: "replies", stage: "due", person: "Tom Ashby", at: 9 } as const;
  expect(reviews.due("replies")).toBeNull();
  transaction(() => {
    reviews.putDue(due);
    reviews.remind({ ...reminder, dueOn: "2026-12-09" });
    reviews.remind({ ...reminder, dueOn: "2026-12-09" });
    reviews.remind({ ...reminder, dueOn: "2026-12-09", stage: "before" });
  });
  expect(reviews.due("replies")).toEqual(due);
  expect([...reviews.remindedOf("replies", "2026-12-09", "Tom Ashby")].sort()).toEqual(["before", "due"]);
  expect(reviews.remindedOf("replies", "2026-12-09", "Lena Voss")).toEqual([]);
  transaction(() => reviews.putDue({ ...due, dueOn: "2027-03-09", setAt: 20 }));
  expect(reviews.due("replies")).toEqual({ ...due, dueOn: "2027-03-09", setAt: 20 });
  expect(reviews.remindedOf("replies", "2026-12-09", "Tom Ashby")).toEqual([]);
});

it("looks back on incidents that were open at some time since", () => {
  const { incidents, reviewEvidence, transaction } = open();
  transaction(() => {
    const ended = incidents.insert("replies", "outputs", "old", 100);
    incidents.setStatus(ended, { status: "resolved", endedAt: 200, acknowledgedBy: null });
    const reached = incidents.insert("replies", "outputs", "reaches in", 300);
    incidents.setStatus(reached, { status: "resolved", endedAt: 600, acknowledgedBy: null });
    incidents.insert("replies", "blind", "still open", 700);
    incidents.insert("sales", "blind", "another's", 700);
  });
  expect(reviewEvidence.incidentsSince("replies", 500)).toEqual([
    { id: 3, openedAt: 700, endedAt: null },
    { id: 2, openedAt: 300, endedAt: 600 },
  ]);
  expect(reviewEvidence.usage("replies", 0, 1_000)).toEqual({ outputs: 0, priced: 0, costMicros: 0 });
  expect(reviewEvidence.judgedSince("replies", 0)).toEqual({ outputs: 0, wrong: 0, disputed: 0 });
});
