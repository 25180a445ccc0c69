import { expect, it } from "vitest";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, monday, options, recordingChannel } from "./bench-ground.js";

/** Twenty outputs an hour; the bad ones are short, come from one segment and fail for two reasons. */
async function runHours(bench: ReturnType<typeof benchGround>, from: number, to: number, bad: number) {
  for (let at = from; at < to; at += 1) {
    const slotAt = monday + at * hour;
    for (let index = 0; index < 20; index += 1) {
      const wrong = index < bad;
      const segment = index < 10 ? "de" : "fr";
      const text = wrong ? (index < 2 ? "odd" : "bad") : `ok ${"word ".repeat(60 + ((index * 7 + at) % 9))}`;
      const input = `ticket about ${index % 2 === 0 ? "a refund" : "the second rate"} number ${index}`;
      bench.source.outputs.push(
        draft(`${at}-${index}`, slotAt - hour + index * 60_000, text, { segment, input }),
      );
    }
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  }
}

it("shows three of the commonest fails, one earlier like them, what else was found, and the segment", async () => {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready] });
  await runHours(bench, 1, 11, 0);
  await runHours(bench, 11, 15, 9);
  const [message] = channel.messages;
  expect(message?.examples.map(({ label }) => label)).toEqual(["Wrong", "Wrong", "Wrong", "Right, before"]);
  expect(message?.examples[0]?.reason).toBe("begins with bad");
  expect(message?.examples.map(({ reason }) => reason)).toContain("begins with odd");
  const inputs = bench.source.outputs;
  const inputOf = (index: number) => inputs.find(({ id }) => id === message?.examples[index]?.id)?.input;
  expect(inputOf(3)).toBe(inputOf(0));
  expect(message?.facts).toContainEqual(
    expect.stringMatching(/^Outputs with length below \d+ characters rose/),
  );
  expect(message?.facts).toContainEqual(
    expect.stringMatching(/^Mostly in segment “de”: \d+ of \d+; elsewhere, 0 of \d+$/),
  );
});

it("shows outputs of the category that rose, in the very first message", async () => {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready], checks: [], categories: ["$.kind"] });
  const hourly = async (at: number, general: number) => {
    const slotAt = monday + at * hour;
    for (let index = 0; index < 20; index += 1) {
      const kind = index < general ? "general" : index % 2 === 0 ? "billing" : "order";
      bench.source.outputs.push(
        draft(`${at}-${index}`, slotAt - hour + index * 60_000, `{"kind":"${kind}"}`, { fields: { kind } }),
      );
    }
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  };
  for (let at = 1; at < 11; at += 1) await hourly(at, 3);
  for (let at = 11; at < 14; at += 1) await hourly(at, 15);
  const shown = channel.messages[0]?.examples.map(({ label, reason }) => [label, reason]);
  expect(shown?.slice(0, 3)).toEqual(Array(3).fill(["Now", "kind: general"]));
  expect(shown?.[3]?.[0]).toBe("Usual, before");
  expect(shown?.[3]?.[1]).not.toBe("kind: general");
});
