import { describe, expect, it } from "vitest";
import type { Found } from "../../src/flow/describe.js";
import { digestFindings } from "../../src/flow/digest-findings.js";
import { raise } from "../../src/flow/raise.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, monday, options, recordingChannel } from "./bench-ground.js";

/** An automation whose check fails from hour 11 on, and whose outputs grow longer, which calls nobody, from hour 15 on. */
async function failingThenLonger(hours: { readonly wellFrom: number; readonly until: number }) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready] });
  const { ground, watched } = bench;
  let at = 0;
  const run = async () => {
    at += 1;
    const slotAt = monday + at * hour;
    for (let index = 0; index < 20; index += 1) {
      const wrong = at >= 11 && at < hours.wellFrom && index < 9;
      const words = (at >= 15 ? 300 : 60) + ((index * 7 + at) % 9);
      const text = `${wrong ? "bad" : "ok"} ${"word ".repeat(words)}`;
      bench.source.outputs.push(draft(`${at}-${index}`, slotAt - hour + index * 60_000, text));
    }
    bench.clock.set(slotAt);
    await runSlots(ground, watched, [slotAt], options);
  };
  while (at < hours.until) await run();
  const longer = ground.store.findings
    .active("invoices")
    .filter(({ finding }) => finding.sentence.includes("length") && finding.level === "digest");
  return { ...bench, channel, longer, run, digest: () => digestFindings(ground, watched, "") };
}

describe("what calls nobody, while an incident is open", () => {
  it("joins it, stands on its timeline once, and is told to nobody and not in the digest", async () => {
    const { ground, channel, longer, digest } = await failingThenLonger({ wellFrom: 99, until: 23 });
    expect(longer.map(({ incident }) => incident)).toEqual([1]);
    const also = ground.store.incidents.moves(1).filter(({ event }) => event === "also");
    expect(also.map(({ why, who }) => [why, who])).toEqual([
      [
        expect.stringMatching(/^usual length rose from 323 characters to about 1,523 characters since /),
        "evenkeel",
      ],
    ]);
    expect(channel.messages).toHaveLength(1);
    expect(digest()).toEqual([]);
  });

  it("is the digest's again once the incident is over", async () => {
    const { ground, longer, digest } = await failingThenLonger({ wellFrom: 20, until: 60 });
    const ended = ground.store.incidents.get(1);
    expect(ended?.status).toBe("resolved");
    expect(longer.map(({ incident }) => incident)).toEqual([1]);
    expect(digest().map(({ words }) => words)).toEqual(longer.map(({ finding }) => finding.sentence));
  });

  it("leaves money to the digest, whatever else is open", async () => {
    const bench = await failingThenLonger({ wellFrom: 99, until: 13 });
    const dear = foundOnBudget(bench.clock.now());
    bench.ground.store.transaction(() =>
      raise(bench.ground, {
        automation: "invoices",
        kind: "outputs",
        at: bench.clock.now(),
        found: [dear],
        endedKeys: [],
      }),
    );
    expect(bench.digest().map(({ words }) => words)).toEqual([dear.finding.sentence]);
    await bench.run();
    expect(bench.digest().map(({ words }) => words)).toEqual([dear.finding.sentence]);
  });
});

function foundOnBudget(foundAt: number): Found {
  return {
    headline: "budget",
    finding: {
      rule: "budget",
      metric: "budget",
      check: null,
      level: "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: null,
      foundAt,
      chanceMonths: null,
      sentence: "The month will cost more than its budget",
      improvement: false,
    },
  };
}
