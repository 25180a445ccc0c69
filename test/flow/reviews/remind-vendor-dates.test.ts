import { describe, expect, it } from "vitest";
import { deliverDue } from "../../../src/flow/deliver.js";
import type { Register } from "../../../src/flow/ground.js";
import { governanceEvidence } from "../../../src/flow/reviews/governance-evidence.js";
import { remindVendorDates } from "../../../src/flow/reviews/remind-vendor-dates.js";
import { options } from "../bench-ground.js";
import { reviewBench } from "./review-bench.js";

const price = { vendor: "Docread", tool: null, kind: "price", date: "2027-01-13", note: "by page" } as const;

function bench(vendorDates: Register["vendorDates"], at = "2026-11-18T06:00:00Z") {
  const made = reviewBench({
    at,
    entry: { vendor: "docread", review: { everyMonths: 24, last: "2026-11-10" } },
    register: { vendorDates },
  });
  const { state, clock, mail } = made;
  const until = async (to: string) => {
    const end = Date.parse(to);
    for (;;) {
      remindVendorDates(state.ground);
      await deliverDue(state.ground, new Set(), options.signal);
      if (clock.now() >= end) return;
      clock.set(Math.min(end, clock.now() + 3_600_000));
    }
  };
  const times = () => mail.messages.map(({ at: sentAt }) => new Date(sentAt).toISOString());
  return { ...made, until, times };
}

describe("days on which something changes with a vendor", () => {
  it("are told to the AI owner a month ahead, on the day and a week after, once each", async () => {
    const { until, said, times, mail } = bench([price]);
    await until("2027-03-01T00:00:00Z");
    expect(said()).toEqual([
      "Ines Calder: Docread: price changes on 13 Jan 2027, in 30 days",
      "Ines Calder: Docread: price changes today",
      "Ines Calder: Docread: price changed on 13 Jan 2027, 7 days ago",
    ]);
    expect(times()).toEqual([
      "2026-12-14T08:00:00.000Z",
      "2027-01-13T08:00:00.000Z",
      "2027-01-20T08:00:00.000Z",
    ]);
    expect(mail.messages[0]).toMatchObject({
      kind: "notice",
      commands: ["evenkeel review --governance"],
      news: { details: ["By page.", "Touches Invoice extraction."] },
    });
  });

  it("of one look are one message, the earliest first, each with its line", async () => {
    const terms = { vendor: null, tool: "Flowdesk", kind: "terms", date: "2027-01-12", note: null } as const;
    const { until, said, mail } = bench([price, terms]);
    await until("2026-12-15T00:00:00Z");
    expect(said()).toEqual(["Ines Calder: 2 changes with vendors"]);
    expect(mail.messages[0]?.news?.details).toEqual([
      "Flowdesk: terms change on 12 Jan 2027, in 29 days.",
      "Docread: price changes on 13 Jan 2027, in 30 days. By page. Touches Invoice extraction.",
    ]);
  });

  it("that had passed or been near when they were written down are not told for the time before", async () => {
    const { until, said } = bench([{ ...price, date: "2026-11-02" }, price], "2027-01-05T06:00:00Z");
    await until("2027-01-14T00:00:00Z");
    expect(said()).toEqual(["Ines Calder: Docread: price changes today"]);
  });

  it("are told once after downtime, in working hours, and not again when the clock is set back", async () => {
    const { until, said, clock, times } = bench([price]);
    await until("2026-11-18T09:00:00Z");
    clock.set(Date.parse("2027-01-16T12:00:00Z"));
    await until("2027-01-18T12:00:00Z");
    expect(said()).toEqual(["Ines Calder: Docread: price changed on 13 Jan 2027, 5 days ago"]);
    expect(times()).toEqual(["2027-01-18T08:00:00.000Z"]);
    clock.jump(-40 * 86_400_000);
    await until("2027-01-19T00:00:00Z");
    expect(said()).toHaveLength(1);
  });

  it("moved to another day are told of that one", async () => {
    const { until, said, state } = bench([price]);
    await until("2026-12-15T00:00:00Z");
    const { ground } = state;
    const vendorDates = [{ ...price, date: "2027-02-10" }];
    state.ground = { ...ground, register: { ...ground.register, vendorDates } };
    await until("2027-02-11T00:00:00Z");
    expect(said().slice(1)).toEqual([
      "Ines Calder: Docread: price changes on 10 Feb 2027, in 30 days",
      "Ines Calder: Docread: price changes today",
    ]);
  });
});

it("tells sensitive data by the words of the configuration, or the usual ones", () => {
  const entry = { dataClasses: ["Recipes", "Customer names"], approval: { status: "not-stated" } } as const;
  const said = (governance: Partial<Register["governance"]>) => {
    const { state } = reviewBench({
      entry: { ...entry, approval: { ...entry.approval, by: null, on: null } },
      register: { governance: { who: "Ines Calder", day: "never", ...governance } },
    });
    return JSON.stringify(governanceEvidence(state.ground));
  };
  expect(said({})).toContain("sees Customer names and is not approved");
  expect(said({ sensitiveData: ["RECIPE"] })).toContain("sees Recipes and is not approved");
  expect(said({ sensitiveData: [] })).not.toContain("and is not approved");
});
