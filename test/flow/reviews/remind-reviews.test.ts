import { describe, expect, it } from "vitest";
import { recordGovernance, recordReview } from "../../../src/flow/reviews/record-review.js";
import { day, reviewBench } from "./review-bench.js";

const quarterly = { review: { everyMonths: 3, last: "2026-09-09" } };
const title = "Invoice extraction";

describe("reminders of a review", () => {
  it("come two weeks ahead, on its day and a week after, and after two weeks to the AI owner, once each", async () => {
    const { until, said, mail } = reviewBench({ entry: quarterly });
    await until("2027-02-01T00:00:00Z");
    expect(said()).toEqual([
      `Marta Quill: Review of ${title}: due on 9 Dec 2026, in 14 days`,
      `Marta Quill: Review of ${title}: due today`,
      `Marta Quill: Review of ${title}: overdue since 9 Dec 2026`,
      `Ines Calder: Review of ${title}: overdue since 9 Dec 2026, and waits for Marta Quill`,
    ]);
    expect(mail.messages.map(({ at }) => new Date(at).toISOString())).toEqual([
      "2026-11-25T08:00:00.000Z",
      "2026-12-09T08:00:00.000Z",
      "2026-12-16T08:00:00.000Z",
      "2026-12-23T08:00:00.000Z",
    ]);
    expect(mail.messages[0]).toMatchObject({ kind: "notice", commands: ["evenkeel review invoices"] });
  });

  it("tells nobody of what was overdue or under way when it was first met", async () => {
    const old = reviewBench({ entry: { review: { everyMonths: 3, last: "2024-01-10" } } });
    await old.until("2026-12-20T00:00:00Z");
    expect(old.said()).toEqual([]);
    const under = reviewBench({ at: "2026-12-01T06:00:00Z", entry: quarterly });
    await under.until("2026-12-10T00:00:00Z");
    expect(under.said()).toEqual([`Marta Quill: Review of ${title}: due today`]);
  });

  it("asks for what was never reviewed one interval after it was met, tools that are only listed too", async () => {
    const tool = { id: "notes", title: "Note taker", review: { everyMonths: 6, last: null } };
    const { until, said } = reviewBench({ entry: { review: { everyMonths: 3, last: null } }, more: [tool] });
    await until("2027-05-19T00:00:00Z", day / 4);
    expect(said().filter((each) => each.includes("due today"))).toEqual([
      `Marta Quill: Review of ${title}: due today; never reviewed yet`,
      "Marta Quill: Review of Note taker: due today; never reviewed yet",
    ]);
  });

  it("of several that are due for one person are one message", async () => {
    const more = ["Note taker", "Translator"].map((name) => ({ ...quarterly, id: name, title: name }));
    const { until, said, mail } = reviewBench({ entry: quarterly, more });
    await until("2026-11-26T00:00:00Z");
    expect(said()).toEqual(["Marta Quill: 3 reviews to make"]);
    expect(mail.messages[0]?.news?.details).toEqual([
      `${title}: due on 9 Dec 2026, in 14 days.`,
      "Note taker: due on 9 Dec 2026, in 14 days.",
      "Translator: due on 9 Dec 2026, in 14 days.",
    ]);
  });

  it("after downtime the newest goes out once, in working hours", async () => {
    const { away, until, said } = reviewBench({ entry: quarterly });
    await away("2026-11-18T06:00:00Z");
    await away("2026-12-19T12:00:00Z");
    expect(said()).toEqual([]);
    await until("2026-12-22T12:00:00Z");
    expect(said()).toEqual([`Marta Quill: Review of ${title}: overdue since 9 Dec 2026`]);
  });

  it("are not repeated by a clock that is set back, nor lost by it", async () => {
    const { until, clock, look, said } = reviewBench({ entry: quarterly });
    await until("2026-11-25T09:00:00Z");
    clock.jump(-10 * day);
    await look();
    await until("2026-12-09T09:00:00Z");
    expect(said()).toEqual([
      `Marta Quill: Review of ${title}: due on 9 Dec 2026, in 14 days`,
      `Marta Quill: Review of ${title}: due today`,
    ]);
  });

  it("cross the change of the clock at the same hour of the day, once", async () => {
    const entry = { review: { everyMonths: 3, last: "2026-07-26" } };
    const { until, mail } = reviewBench({ at: "2026-10-01T06:00:00Z", entry });
    await until("2026-10-28T00:00:00Z", 600_000);
    // 12 October in summer time, 26 October in winter time
    expect(mail.messages.map(({ at }) => new Date(at).toISOString())).toEqual([
      "2026-10-12T07:00:00.000Z",
      "2026-10-26T08:00:00.000Z",
    ]);
  });

  it("end with the decision, and begin anew before the next date", async () => {
    const { state, until, said } = reviewBench({ entry: quarterly });
    await until("2026-11-26T12:00:00Z");
    const request = {
      automation: "invoices",
      decision: "keep",
      who: "Marta Quill",
      why: "saves 30 h",
    } as const;
    const done = recordReview(state.ground, { ...request, next: "2027-01-30" });
    // a Saturday
    expect(done).toMatchObject({ nextOn: "2027-02-01", repeated: false, edit: [] });
    await until("2027-01-20T00:00:00Z", day / 4);
    expect(said().slice(1)).toEqual([`Marta Quill: Review of ${title}: due on 1 Feb 2027, in 14 days`]);
  });

  it("wait while the date is in doubt", async () => {
    const { state, away, said } = reviewBench({ entry: quarterly });
    await away("2026-11-18T06:00:00Z");
    state.ground.store.meta.set("clock_doubted_at", "1");
    await away("2026-12-09T10:00:00Z");
    expect(said()).toEqual([]);
  });
});

describe("the monthly review of the register", () => {
  it("is asked for on its first working day, three days ahead, and again a month after it was made", async () => {
    const governance = { who: "Ines Calder", day: "first-working-day" } as const;
    const { state, until, said } = reviewBench({ register: { governance } });
    await until("2026-12-01T12:00:00Z", day / 8);
    expect(said().filter((each) => each.includes("whole register"))).toEqual([
      "Ines Calder: Review of The whole register: due on 1 Dec 2026, in 1 day; never reviewed yet",
      "Ines Calder: Review of The whole register: due today; never reviewed yet",
    ]);
    const done = recordGovernance(state.ground, { who: "Ines Calder", why: "all in order", next: null });
    expect(done.nextOn).toBe("2027-01-01");
    await until("2026-12-20T00:00:00Z", day / 4);
    expect(said().filter((each) => each.includes("whole register"))).toHaveLength(2);
  });
});
