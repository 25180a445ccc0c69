import { describe, expect, it } from "vitest";
import { z } from "zod";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const flat = (text: string) => text.replace(/\s+/g, " ");

describe("evenkeel review", () => {
  it("lists what is due before anything was watched, the register too", async () => {
    company.found();
    const { out, exitCode } = await evenkeel(["review"]);
    expect(exitCode).toBe(0);
    expect(flat(out)).toContain("The whole register Ines Calder never Due on 1 Dec 2026, in 13 days");
    expect(flat(out)).toContain(
      "order-reading Marta Quill never Due on 18 Dec 2026, in 30 days; never reviewed yet",
    );
    const json = await evenkeel(["review", "--json"]);
    const { data } = z
      .object({ data: z.object({ reviews: z.array(z.looseObject({})) }) })
      .parse(JSON.parse(json.out));
    expect(data.reviews[0]).toEqual({
      automation: null,
      title: "The whole register",
      who: "Ines Calder",
      watched: false,
      dueOn: "2026-12-01",
      daysLeft: 13,
      state: "soon",
      lastOn: null,
      lastDecision: null,
    });
  });

  it("shows the evidence, records a decision, and shows it from then on", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const before = await evenkeel(["review", "order-reading"]);
    expect(flat(before.out)).toContain("Order reading: review due on 18 Dec 2026");
    expect(flat(before.out)).toContain("300 outputs, about 300 a month.");
    expect(flat(before.out)).toContain("Nobody has judged an output since.");
    expect(before.out).toContain('Next  evenkeel review order-reading --decision keep --why "..."');
    const decided = ["review", "order-reading", "--decision", "retire", "--why", "too many errors"];
    const done = await evenkeel([...decided, "--next", "2027-01-02", "--who", "Marta Quill"]);
    expect(flat(done.out)).toContain(
      "Recorded as decided by Marta Quill: retire Order reading. Next review: 4 Jan 2027.",
    );
    expect(flat(done.out)).toContain('Now, in the configuration: write "approval": { "status": "retired" }');
    expect(flat((await evenkeel(["review"])).out)).toContain("order-reading Marta Quill 18 Nov 2026, retire");
    const after = await evenkeel(["review", "order-reading"]);
    expect(flat(after.out)).toContain(
      "Earlier reviews Today, retire, Marta Quill: too many errors (next 2 Jan 2027)",
    );
    expect((await evenkeel(["register", "--format", "csv"])).out).toContain("2026-11-18,1,2027-01-04");
  });

  it("shows and records the review of the whole register", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const shown = await evenkeel(["review", "--governance"]);
    expect(flat(shown.out)).toContain("Marta Quill owns Order reading.");
    expect(flat(shown.out)).toContain("What data they see is not stated: Order reading and Meeting notes.");
    const done = await evenkeel(["review", "--governance", "--why", "all in order", "--who", "Ines Calder"]);
    expect(done.out).toContain("Next review: 1 Jan 2027.");
    expect(flat((await evenkeel(["review", "--governance"])).out)).toContain(
      "Today, Ines Calder: all in order",
    );
  });

  it.each([
    [["review", "order-readin"], "order-reading"],
    [["review", "--why", "x"], "review: of what?"],
    [["review", "order-reading", "--why", "x"], "--decision is missing: expected one of keep, expand"],
    [
      ["review", "order-reading", "--decision", "kill", "--why", "x"],
      "--decision kill: expected one of keep",
    ],
    [["review", "order-reading", "--decision", "keep"], "--why is missing"],
    [
      ["review", "order-reading", "--decision", "keep", "--why", "x", "--next", "soon"],
      "--next: expected a date such as",
    ],
    [
      ["review", "order-reading", "--decision", "keep", "--why", "x", "--next", "2026-01-01"],
      "expected a date after today",
    ],
    [
      ["review", "order-reading", "--decision", "keep", "--why", "x", "--who", "Nobody"],
      "is nobody of the configuration",
    ],
    [["review", "order-reading", "--governance"], "--governance is about the whole register"],
  ])("%j is refused with what to do", async (words, said) => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { err, exitCode } = await evenkeel(words);
    expect(err).toContain(said);
    expect(exitCode).toBe(2);
  });
});
