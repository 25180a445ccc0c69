import { describe, expect, it } from "vitest";
import { composeDigest, outputsAtMost } from "../../src/report/compose-digest.js";
import type { DigestFacts } from "../../src/report/digest-facts.js";
import { fullWeek, mondayMorning, quietWeek } from "./digest-weeks.js";

const automation = (title: string, state: DigestFacts["automations"][number]["state"] = "steady") => ({
  title,
  state,
  reason: "As usual",
  quality: null,
  passed: null,
  url: null,
});

describe("a digest with nothing to say", () => {
  it("says so in three lines", () => {
    const digest = composeDigest(quietWeek);
    expect(digest.subject).toBe("Week 48: nothing needs you");
    expect(digest.intro).toEqual([
      "2 automations: 1 no data, 1 steady.",
      "No incident is open, nothing was changed, no output waits to be judged.",
      "All of it, on the machine it runs on: evenkeel register",
    ]);
    expect([digest.judging, digest.lines, digest.sections]).toEqual([[], [], []]);
  });

  it("never calls silence good", () => {
    const digest = composeDigest({ ...quietWeek, automations: [automation("Meeting notes", "no-data")] });
    expect(digest.headline).toBe("Tom, no data, so nothing is known.");
  });

  it("is not given where a check still learns or something is unknown", () => {
    const digest = composeDigest({ ...quietWeek, automations: [automation("Contract search", "blind")] });
    expect(digest.headline).toBe("Tom, nothing waits for you.");
    expect(digest.lines).toHaveLength(1);
  });
});

describe("a digest", () => {
  it("puts what needs the reader first, the worst automation on top", () => {
    const digest = composeDigest(fullWeek);
    expect(digest.headline).toBe("Tom, 2 outputs to judge and 1 incident open.");
    expect(digest.lines.map(({ title }) => title)).toEqual([
      "Reply drafting",
      "Contract search",
      "Support triage",
    ]);
  });

  it("says a share with its interval and what it was", () => {
    const [replies] = composeDigest(fullWeek).lines;
    expect(replies?.trend?.words).toBe(
      "“Promises nothing” passed 91% of 143 outputs (probably 85% to 95%), 98% the week before.",
    );
  });

  it("fault 52: stays one screen with 200 automations and 10,000 incidents, and counts the rest", () => {
    const digest = composeDigest({
      ...quietWeek,
      automations: Array.from({ length: 200 }, (_, index) =>
        automation(`Number ${index}`, index < 8 ? "incident" : "steady"),
      ),
      incidents: Array.from({ length: 50 }, (_, index) => ({
        id: index,
        automation: "Number 1",
        status: "open" as const,
        title: "Totals fell",
        openedAt: mondayMorning,
      })),
      openIncidents: 10_000,
    });
    expect(digest.lines).toHaveLength(10);
    expect(digest.moreLines).toBe("and 190 more automations: 190 steady");
    expect(digest.sections[0]?.lines).toHaveLength(5);
    expect(digest.sections[0]?.more).toBe("and 9,995 more");
    expect(JSON.stringify(digest).length).toBeLessThan(6_000);
  });

  it("asks for few outputs, of each automation some, and says that more wait", () => {
    const outputs = (from: number) =>
      Array.from({ length: 5 }, (_, index) => ({
        spotCheck: from + index,
        at: mondayMorning,
        input: "x".repeat(5_000),
        text: "😀".repeat(5_000),
        link: null,
      }));
    const digest = composeDigest({
      ...quietWeek,
      toJudge: [10, 20, 30].map((from) => ({
        title: `Number ${from}`,
        question: null,
        outputs: outputs(from),
      })),
    });
    expect(digest.judging.map((each) => each.outputs.length)).toEqual([2, 2, 1]);
    expect(outputsAtMost).toBe(5);
    expect(digest.intro[1]).toBe("10 more outputs wait; these come first.");
    expect([...(digest.judging[0]?.outputs[0]?.text ?? "")]).toHaveLength(700);
    expect([...(digest.judging[0]?.outputs[0]?.input ?? "")]).toHaveLength(300);
  });
});
