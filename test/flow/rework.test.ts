import { describe, expect, it } from "vitest";
import { exposedCsv } from "../../src/flow/exposed-csv.js";
import { exposedOutputs, reworkCounts } from "../../src/flow/exposure.js";
import { forget } from "../../src/flow/forget.js";
import { incidentStory } from "../../src/flow/incident-story.js";
import { markOutputs, type ReworkOrder } from "../../src/flow/rework.js";
import { runSlots } from "../../src/flow/run.js";
import { overviewPage } from "../../src/http/dashboard/overview-page.js";
import { benchGround, draft, hour, monday, okCheck, options } from "./bench-ground.js";
import { who, withIncident } from "./life-bench.js";

async function withRework() {
  const bench = await withIncident();
  const { ground, id } = bench;
  const row = () => {
    const found = ground.store.incidents.get(id);
    if (found === null) throw new Error("no incident was opened");
    return found;
  };
  const counts = () => reworkCounts(ground, row());
  const list = () => exposedOutputs(ground, row());
  const mark = (of: ReworkOrder["of"], state: ReworkOrder["state"], why: string | null = null) =>
    markOutputs(ground, { incident: id, of, state, who, why });
  return { ...bench, row, counts, list, mark };
}

describe("what went out while something was wrong", () => {
  it("is the number the message says, what fails first, and passing outputs are fine", async () => {
    const { ground, id, counts, list, clock } = await withRework();
    const story = incidentStory(ground, id, clock.now());
    expect(story?.exposure).toEqual({ outputs: 100, wrong: 48 });
    expect(counts()).toEqual({ "to-check": 48, fine: 52, redone: 0, waived: 0 });
    expect(list()).toHaveLength(100);
    expect(
      list()
        .slice(0, 48)
        .map(({ result }) => result),
    ).toEqual(Array(48).fill("fail"));
  });

  it("grows while the incident is open, and counts what people had corrected as redone", async () => {
    const { source, run, counts } = await withRework();
    source.outputs.push(
      draft("edited", monday + 16 * hour, "bad but mended", { approval: "edited", finalText: "ok" }),
    );
    await run(17, 12);
    expect(counts()).toEqual({ "to-check": 60, fine: 60, redone: 1, waived: 0 });
  });

  it("is worked output by output, on the timeline, and a waiver needs its reason", async () => {
    const { mark, counts, list, events, ground, id } = await withRework();
    const [first, second] = list();
    expect(mark({ keys: [first?.key ?? 0, second?.key ?? 0] }, "redone", "typed in again")).toEqual({
      incident: id,
      marked: 2,
      counts: { "to-check": 46, fine: 52, redone: 2, waived: 0 },
    });
    expect(ground.store.incidents.moves(id).at(-1)).toMatchObject({
      event: "rework",
      who,
      why: "2 outputs redone: typed in again",
    });
    expect(list().find(({ key }) => key === first?.key)).toMatchObject({ who, note: "typed in again" });
    expect(() => mark({ ids: ["nobody's"] }, "fine")).toThrow(
      `Incident ${id}: nobody's is not on its list, so nothing was recorded; evenkeel incidents outputs ${id} shows what is.`,
    );
    expect(() => mark("all", "waived", " ")).toThrow("waived outputs need a reason");
    expect(mark("all", "waived", "sums under 5 EUR").marked).toBe(46);
    expect(counts()).toEqual({ "to-check": 0, fine: 52, redone: 2, waived: 46 });
    expect(events()).toEqual(["open", "rework", "rework"]);
  });

  it("holds a resolution up until it is worked or waived, and the message says what was done", async () => {
    const { move, mark, list, told, row, id } = await withRework();
    const resolve = { why: "old model set", cause: "model" } as const;
    expect(() => move("resolve", resolve)).toThrow(
      `Incident ${id}: 48 outputs that went out are still to check. evenkeel incidents outputs ${id} lists them; say what was done with evenkeel incidents rework ${id} <output...> --state fine|redone, or end it without: --waive-rest`,
    );
    expect(row().endedAt).toBeNull();
    mark({ ids: [list()[0]?.id ?? ""] }, "redone");
    move("resolve", { ...resolve, waiveRest: true });
    expect(told()?.news?.details).toContain("Outputs that went out meanwhile: 52 fine, 1 redone, 47 waived.");
    expect(list()[99]?.state).not.toBe("to-check");
  });

  it("does not hold up one that has been worked", async () => {
    const { move, mark } = await withRework();
    mark("all", "redone");
    expect(move("resolve", { why: "old model set", cause: "model" })).toMatchObject({ status: "resolved" });
  });

  it.each(["false-alarm", "accept-change"] as const)("is fine without asking after %s", async (event) => {
    const { move, counts, told } = await withRework();
    move(event, { why: "as it should be" });
    expect(counts()).toEqual({ "to-check": 0, fine: 100, redone: 0, waived: 0 });
    expect(told()?.news?.details.join(" ")).not.toContain("Outputs that went out");
  });

  it("stays as work owed where it recovered by itself: in the message, on the overview, until it is done", async () => {
    const { run, row, told, counts, mark, ground, id } = await withRework();
    for (let at = 17; at < 24; at += 1) await run(at, 0);
    expect(row().status).toBe("resolved");
    expect(told()?.kind).toBe("recovered");
    const left = counts()?.["to-check"];
    expect(left).toBe(48);
    expect(told()?.news?.details.join(" ")).toContain(
      `48 still to check, ${counts()?.fine} fine: evenkeel incidents outputs ${id}.`,
    );
    expect(String(overviewPage(ground))).toContain("48 outputs that went out are still to check");
    mark("all", "redone", "typed in again");
    expect(String(overviewPage(ground))).not.toContain("still to check");
    expect(String(overviewPage(ground))).toContain("Nothing needs anyone");
  });

  it("outlives the outputs, with their ids, times and links", async () => {
    const { run, list, ground, counts } = await withRework();
    for (let at = 17; at < 24; at += 1) await run(at, 0);
    const before = list();
    ground.store.transaction(() =>
      ground.store.retention.dropOutputs({
        automation: "invoices",
        before: monday + 100 * hour,
        after: { at: 0, key: 0 },
        limit: 10_000,
        now: monday + 100 * hour,
      }),
    );
    expect(ground.store.outputs.countSince("invoices", 0)).toBe(0);
    expect(list()).toEqual(before);
    expect(counts()?.["to-check"]).toBe(48);
  });

  it("forgets the link and the id of an output that is forgotten", async () => {
    const { mark, list, ground, source, run } = await withRework();
    source.outputs.push(
      draft("ada@example.com", monday + 16 * hour, "bad", { link: "https://mail.example.com/ada" }),
    );
    await run(17, 3);
    mark("all", "redone");
    expect(JSON.stringify(list())).toContain("https://mail.example.com/ada");
    await forget(ground, {
      of: { automation: "invoices", id: "ada@example.com" },
      preview: false,
      who,
      why: "asked",
    });
    expect(JSON.stringify(list())).not.toContain("ada");
  });

  it("does not drop what an earlier run found when the same check fails again", async () => {
    const { ground, watched, clock, source } = benchGround({
      checks: [okCheck({ rule: { kind: "zero-tolerance" } })],
    });
    for (const at of [1, 2, 3]) {
      const slotAt = monday + at * hour;
      source.outputs.push(draft(`F-${at}`, slotAt - 60_000, "bad"));
      clock.set(slotAt);
      await runSlots(ground, watched, [slotAt], options);
    }
    const [open] = ground.store.incidents.open();
    if (open === undefined) throw new Error("no incident was opened");
    expect(exposedOutputs(ground, open).map(({ id }) => id)).toEqual(["F-3", "F-2", "F-1"]);
  });

  it("is a table for a spreadsheet that runs nothing of it", async () => {
    const { source, run, list } = await withRework();
    source.outputs.push(
      draft('=cmd|"/c calc"!A1', monday + 16 * hour + 59 * 60_000, "bad", {
        link: "https://m.example.com/1",
      }),
    );
    await run(17, 0);
    const lines = exposedCsv(list());
    expect(lines[0]).toBe("output,at,check,state,by,decided_at,note,link");
    expect(lines[1]).toBe(
      `"'=cmd|""/c calc""!A1",2026-03-02T16:59:00.000Z,fail,to-check,,,,https://m.example.com/1`,
    );
    expect(lines).toHaveLength(122);
  });
});
