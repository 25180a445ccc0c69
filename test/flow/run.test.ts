import { describe, expect, it } from "vitest";
import { incidentStory } from "../../src/flow/incident-story.js";
import { runSlots } from "../../src/flow/run.js";
import { prepareDraw } from "../../src/sample/draw.js";
import { prepareStrata } from "../../src/sample/strata.js";
import {
  benchGround,
  draft,
  hour,
  hourOf,
  monday,
  okCheck,
  options,
  recordingChannel,
} from "./bench-ground.js";

/** Runs hour by hour from the first slot, so many wrong of twenty in each. */
async function runHours(bench: ReturnType<typeof benchGround>, first: number, wrong: readonly number[]) {
  for (const [index, count] of wrong.entries()) {
    const slotAt = monday + (first + index) * hour;
    bench.source.outputs.push(...hourOf(slotAt, count));
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  }
}

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];

describe("a run", () => {
  it("takes the outputs before its slot once, and leaves later ones to the next", async () => {
    const bench = benchGround();
    const slotAt = monday + hour;
    bench.source.outputs.push(draft("a", slotAt - 1, "ok"), draft("b", slotAt, "ok"));
    bench.clock.set(slotAt);
    const first = await runSlots(bench.ground, bench.watched, [slotAt], options);
    const again = await runSlots(bench.ground, bench.watched, [slotAt], options);
    expect([first.outputs, again.outputs]).toEqual([1, 0]);
    bench.clock.set(slotAt + hour);
    const next = await runSlots(bench.ground, bench.watched, [slotAt + hour], options);
    expect(next.outputs).toBe(1);
    expect(bench.ground.store.outputs.totals("invoices").outputs).toBe(2);
  });

  it("counts a late output in the hour it belongs to and in the next run", async () => {
    const bench = benchGround();
    await runHours(bench, 1, [0, 0]);
    const late = monday + hour + 5;
    bench.source.outputs.push(draft("late", late, "bad"));
    bench.clock.set(monday + 4 * hour);
    const report = await runSlots(bench.ground, bench.watched, [monday + 4 * hour], options);
    expect(report.outputs).toBe(1);
    expect(bench.ground.store.outputs.failingSince("invoices", "ok", late, 1)[0]?.output.id).toBe("late");
  });

  it("opens one incident when a pass share falls, owes one message, and recovers by itself", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, usual);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    await runHours(bench, 11, [9, 10, 8, 9, 9]);
    const [open] = bench.ground.store.incidents.open();
    expect(open).toMatchObject({
      status: "open",
      kind: "outputs",
      title: "“Begins with ok” fell from 97% to about 55% of outputs",
    });
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened"]);
    expect(channel.messages[0]?.headline).toBe(
      "Invoice extraction: “Begins with ok” fell from 97% to about 55% of outputs",
    );
    await runHours(bench, 16, [0, 1, 0, 1, 0, 0]);
    expect(bench.ground.store.incidents.get(open?.id ?? 0)).toMatchObject({ status: "resolved" });
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "recovered"]);
  });

  it("shows and counts the outputs of a fall that is found within its first run", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, [...usual, 20]);
    const [message] = channel.messages;
    expect(message?.examples.map(({ label }) => label)).toEqual(["Wrong", "Wrong", "Wrong", "Right, before"]);
    const story = incidentStory(bench.ground, 1, bench.clock.now());
    expect(story?.exposure).toEqual({ outputs: 20, wrong: 20 });
  });

  it("shows examples of a category that moved in the very first message", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready], checks: [], categories: ["$.kind"] });
    for (let at = 1; at <= 11; at += 1) {
      const slotAt = monday + at * hour;
      for (let index = 0; index < 20; index += 1) {
        const kind = at === 11 || index < 3 ? "general" : index % 2 === 0 ? "billing" : "order";
        const text = JSON.stringify({ kind });
        bench.source.outputs.push(
          draft(`${at}-${index}`, slotAt - hour + index * 60_000, text, { fields: { kind } }),
        );
      }
      bench.clock.set(slotAt);
      await runSlots(bench.ground, bench.watched, [slotAt], options);
    }
    const shown = channel.messages[0]?.examples ?? [];
    expect(shown.slice(0, 3).map(({ reason }) => reason)).toEqual(Array(3).fill("kind: general"));
    expect(shown[3]?.label).toBe("Usual, before");
  });

  it("owes nothing when the same bad outputs are read again", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, [...usual, 10, 10, 10]);
    bench.source.outputs.push(...hourOf(monday + 13 * hour, 10));
    bench.clock.set(monday + 14 * hour);
    await runSlots(bench.ground, bench.watched, [monday + 14 * hour], options);
    expect(channel.messages).toHaveLength(1);
    expect(bench.ground.store.outputs.totals("invoices").outputs).toBe(260);
  });

  it("pages at once when a check of which none may fail fails, drawn or not, and ends after three clean runs", async () => {
    const channel = recordingChannel("ops");
    const check = okCheck({ rule: { kind: "zero-tolerance" } });
    const bench = benchGround({ checks: [check], channels: [channel.ready], size: 2 });
    await runHours(bench, 1, [0, 1]);
    expect(bench.ground.store.incidents.open()[0]?.title).toBe("“Begins with ok” does not hold in 1 output");
    await runHours(bench, 3, [0, 0]);
    expect(bench.ground.store.incidents.open()).toHaveLength(1);
    await runHours(bench, 5, [0]);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "recovered"]);
  });

  it("opens a blind incident when the source cannot be read, holds back quality, and ends at the first good read", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, usual);
    bench.source.break("mail.example.com answers 401");
    bench.clock.set(monday + 11 * hour);
    const report = await runSlots(bench.ground, bench.watched, [monday + 11 * hour], options);
    expect(report.unreadable).toBe("mail.example.com answers 401");
    expect(bench.ground.store.incidents.open()).toMatchObject([{ kind: "blind", status: "open" }]);
    expect(channel.messages.map((message) => message.headline)).toEqual([
      "Invoice extraction cannot be checked",
    ]);
    bench.source.break(null);
    await runHours(bench, 12, [0]);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "recovered"]);
    expect(bench.ground.store.runs.list("invoices", 50).filter((run) => run.state === "failed")).toHaveLength(
      1,
    );
  });

  it("closes missed slots in order and silently, and tells once of what is still open", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, usual);
    const slots = Array.from({ length: 12 }, (_, index) => monday + (11 + index) * hour);
    for (const slotAt of slots.slice(0, 9)) bench.source.outputs.push(...hourOf(slotAt, 10));
    bench.clock.set(slots.at(-1) ?? 0);
    await runSlots(bench.ground, bench.watched, slots, options);
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened"]);
    const runs = bench.ground.store.runs.list("invoices", 12);
    expect(runs.map((run) => run.state)).toEqual([
      "done",
      "skipped",
      "skipped",
      ...Array.from({ length: 9 }, () => "done"),
    ]);
    expect(runs[1]?.reason).toMatch(/was not running/);
  });

  it("says nothing of silence where arrivals stop on a complete source, and says it where they are due", async () => {
    for (const complete of [true, false]) {
      const channel = recordingChannel("ops");
      const bench = benchGround({ channels: [channel.ready], change: { complete }, size: "all" });
      for (let index = 1; index <= 220; index += 1) {
        const slotAt = monday + index * hour;
        bench.source.outputs.push(draft(`s${index}`, slotAt - 60_000, "ok"));
        bench.clock.set(slotAt);
        await runSlots(bench.ground, bench.watched, [slotAt], options);
      }
      for (let index = 221; index <= 225; index += 1) {
        bench.clock.set(monday + index * hour);
        await runSlots(bench.ground, bench.watched, [monday + index * hour], options);
      }
      const titles = bench.ground.store.incidents.open().map((each) => each.title);
      expect(titles).toEqual(complete ? [] : ["nothing received for 5 h 1 min"]);
    }
  });

  it("counts only what the uniform hash drew, never what a stratum added", async () => {
    const strata = [{ name: "errors", where: "@.error != null", atLeast: 3 }];
    const bench = benchGround({
      change: { strataOf: prepareStrata(strata), draw: prepareDraw({ size: 2, strata }) },
    });
    const slotAt = monday + hour;
    bench.source.outputs.push(
      ...Array.from({ length: 10 }, (_, index) =>
        draft(`e${index}`, slotAt - 1000 + index, "ok", { error: "boom" }),
      ),
    );
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
    const run = bench.ground.store.runs.latest("invoices", "sampled");
    expect(run).toMatchObject({ outputs: 10, drawn: 2 });
    expect(bench.ground.store.metrics.get("invoices", "check:ok")).toMatchObject({ learnedOutputs: 2 });
  });
});
