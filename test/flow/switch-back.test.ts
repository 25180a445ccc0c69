import { describe, expect, it } from "vitest";
import { incidentStory } from "../../src/flow/incident-story.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { runSlots } from "../../src/flow/run.js";
import { compose } from "../../src/notify/compose.js";
import { benchGround, hour, hourOf, monday, okCheck, options } from "./bench-ground.js";
import { who, withIncident } from "./life-bench.js";

async function byHand() {
  const bench = await withIncident();
  bench.move("fallback-on");
  return bench;
}

describe("switching back what people stand in for", () => {
  it("says what is missing while no run has looked since, and what to do", async () => {
    const { move, id } = await byHand();
    expect(() => move("switch-back", { cause: "model" })).toThrow(
      `Incident ${id}: switching back needs a fresh sample that passes, and no run has looked at outputs since 16:00. Look again with evenkeel run invoices, or decide it yourself, on record, on the incident's page or with evenkeel incidents switch-back ${id} --override --cause "..." --why "..."`,
    );
    expect(() => move("resolve", { cause: "model", why: "set back" })).toThrow(
      "no run has looked at outputs",
    );
  });

  it("says which check a fresh run still fails", async () => {
    const { run, move } = await byHand();
    await run(17, 9);
    expect(() => move("switch-back", { cause: "model" })).toThrow(
      "and in the run of 17:00 9 of 20 outputs fail “Begins with ok”. Look again with evenkeel run invoices",
    );
  });

  it("does not believe one good run while the change is not over", async () => {
    const { run, move } = await byHand();
    await run(17, 0);
    expect(() => move("switch-back", { cause: "model" })).toThrow(
      "and it is not over yet: “Begins with ok” fell from 97% to",
    );
  });

  it("says how many clean runs end what must never happen", async () => {
    const bench = await withIncident({ checks: [okCheck({ rule: { kind: "zero-tolerance" } })] });
    bench.move("fallback-on");
    await bench.run(17, 0);
    expect(() => bench.move("switch-back", { cause: "model" })).toThrow(
      /and it is not over yet: .*; it is once 3 runs in a row have none\. Look again/,
    );
  });

  it("is done once a fresh sample passes, as usual as it ever was", async () => {
    const { ground, run, move, id, kinds } = await byHand();
    for (const [index, wrong] of [0, 1, 0, 1, 0, 0, 1].entries()) await run(17 + index, wrong);
    expect(ground.store.incidents.get(id)?.status).toBe("recovering");
    expect(move("switch-back", { why: "on again" })).toMatchObject({ status: "resolved" });
    expect(kinds()).toEqual(["opened", "moved", "recovered", "ended"]);
  });

  it("is refused again when it got worse after the recovery", async () => {
    const { ground, run, move, id } = await byHand();
    for (const [index, wrong] of [0, 1, 0, 1, 0, 0, 1, 9].entries()) await run(17 + index, wrong);
    expect(ground.store.incidents.get(id)?.status).toBe("fallback");
    expect(() => move("switch-back")).toThrow("in the run of 00:00 9 of 20 outputs fail");
  });

  it("can be overruled by name and with a reason, on record", async () => {
    const { ground, run, move, id } = await byHand();
    await run(17, 9);
    const override = { override: true, cause: "data" } as const;
    expect(() => move("switch-back", override)).toThrow(
      `an override needs its reason: evenkeel incidents switch-back ${id} --override --cause "..." --why "..."`,
    );
    expect(() => move("switch-back", { override: true, why: "the check is wrong" })).toThrow(
      "--cause, one of",
    );
    expect(ground.store.decisions.list("invoices", 5)).toEqual([]);
    move("switch-back", { ...override, why: "only old scans fail" });
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "resolved" });
    expect(ground.store.incidents.moves(id).findLast(({ event }) => event === "switch-back")).toMatchObject({
      who,
      why: "only old scans fail (against the sample: in the run of 17:00 9 of 20 outputs fail “Begins with ok”)",
    });
    expect(ground.store.decisions.list("invoices", 5)).toMatchObject([
      { what: "switch-back", who, why: "only old scans fail" },
    ]);
  });

  it("takes not one fail of a check of which none is allowed", async () => {
    const check = okCheck({ rule: { kind: "zero-tolerance" } });
    const { ground, watched, clock, source } = benchGround({ checks: [check] });
    const run = async (at: number, wrong: number) => {
      source.outputs.push(...hourOf(monday + at * hour, wrong));
      clock.set(monday + at * hour);
      await runSlots(ground, watched, [monday + at * hour], options);
    };
    const move = (event: "fallback-on" | "switch-back") =>
      moveIncident(ground, { incident: 1, event, who, why: null, cause: "model" });
    await run(1, 1);
    move("fallback-on");
    await run(2, 1);
    expect(() => move("switch-back")).toThrow("in the run of 02:00 1 of 20 outputs fail “Begins with ok”");
    for (let at = 3; at < 6; at += 1) await run(at, 0);
    expect(move("switch-back")).toMatchObject({ status: "resolved" });
  });

  it("waits until a source that could not be read can be read", async () => {
    const { ground, watched, clock, source } = benchGround();
    const run = async (at: number) => {
      clock.set(monday + at * hour);
      await runSlots(ground, watched, [monday + at * hour], options);
    };
    source.break("connection refused");
    await run(1);
    const move = (event: "fallback-on" | "switch-back") =>
      moveIncident(ground, { incident: 1, event, who, why: null, cause: "source" });
    move("fallback-on");
    expect(() => move("switch-back")).toThrow("its source cannot be read since 01:00");
    source.break(null);
    await run(2);
    expect(move("switch-back")).toMatchObject({ status: "resolved" });
  });

  it("needs no sample for a false alarm: the automation was right all along", async () => {
    const { move } = await byHand();
    expect(move("false-alarm", { why: "test data" })).toMatchObject({ status: "false-alarm" });
  });
});

describe("what piles up while people stand in", () => {
  it("is estimated from what usually comes once the automation stands still", async () => {
    const { ground, clock, move, id } = await withIncident();
    move("fallback-on");
    clock.set(monday + 18 * hour);
    const story = incidentStory(ground, id, clock.now());
    // fifteen hours are too short a past
    expect(story?.life.queue).toBeNull();
  });

  it("is said with how long it takes one person, as an estimate", async () => {
    const { ground, clock, run, move, id, told } = await withIncident();
    for (let at = 17; at <= 64; at += 1) await run(at, 10);
    move("fallback-on");
    clock.set(monday + 66 * hour);
    const story = incidentStory(ground, id, clock.now());
    expect(story?.life.queue).toEqual({ waiting: 40, forOneMs: 160 * 60_000 });
    const message =
      story === null
        ? null
        : compose({ kind: "escalated", missedAt: 0, missed: [], told: [], lateMs: 0 }, story, clock.now());
    expect(message?.byHand?.intro).toBe(
      "Marta Quill (owner); about 4 min each; about 40 items waiting, 3 h for one person (an estimate)",
    );
    for (const [index, wrong] of [0, 1, 0, 1, 0, 0, 1].entries()) await run(67 + index, wrong);
    expect(told()).toMatchObject({ kind: "recovered" });
    expect(told()?.news?.details.join(" ")).toMatch(
      /About \d+ items waiting, \d+ h for one person \(an estimate\)\./,
    );
  });

  it("counts what came while the automation goes on", async () => {
    const { ground, clock, run, move, id } = await withIncident();
    move("fallback-on");
    await run(17, 10);
    await run(18, 10);
    expect(incidentStory(ground, id, clock.now())?.life.queue).toMatchObject({ waiting: 40 });
    move("fallback-off");
    expect(incidentStory(ground, id, clock.now())?.life.queue).toBeNull();
  });
});
