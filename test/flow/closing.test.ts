import { describe, expect, it } from "vitest";
import { stateCause } from "../../src/flow/closing.js";
import { enableCheck } from "../../src/flow/enable-check.js";
import { incidentStory } from "../../src/flow/incident-story.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { overview } from "../../src/flow/overview.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, monday, okCheck, options, recordingChannel } from "./bench-ground.js";
import { who, withIncident } from "./life-bench.js";

describe("closing an incident", () => {
  it("is refused without a cause, and the error lists them", async () => {
    const { move, ground, id } = await withIncident();
    expect(() => move("resolve", { why: "works again" })).toThrow(
      `Incident ${id}: ending it needs its cause: --cause, one of model, prompt, data, source, rule, people, false-alarm, accepted-change; with --lesson "..." the next message says what helped`,
    );
    expect(ground.store.incidents.get(id)?.status).toBe("open");
  });

  it("puts cause and lesson on the timeline and into the message", async () => {
    const { move, told, ground, id, events } = await withIncident();
    move("resolve", { why: "old model set", cause: "model", lesson: "pin the model.", waiveRest: true });
    expect(events()).toEqual(["open", "rework", "cause", "resolve"]);
    expect(ground.store.incidents.moves(id)[2]).toMatchObject({
      who,
      why: "the model. Lesson: pin the model.",
    });
    expect(told()?.news?.details).toEqual([
      "“old model set”",
      "It came from the model.",
      "Lesson: pin the model.",
      "Outputs that went out meanwhile: 52 fine, 48 waived.",
      "Open under 1 s · never acknowledged",
    ]);
  });

  it("needs none where it recovered by itself, and takes it later", async () => {
    const { run, ground, id } = await withIncident();
    expect(() => stateCause(ground, { incident: id, cause: "data", lesson: null, who })).toThrow(
      `Incident ${id} has not ended; its cause is stated when it does: evenkeel incidents resolve ${id} --cause data --why "..."`,
    );
    for (let at = 17; at < 24; at += 1) await run(at, 0);
    expect(ground.store.incidents.get(id)?.status).toBe("resolved");
    expect(ground.store.closings.of(id)).toBeNull();
    stateCause(ground, { incident: id, cause: "data", lesson: "the supplier changed its form", who });
    stateCause(ground, { incident: id, cause: "source", lesson: null, who: "Marta Quill" });
    expect(ground.store.closings.of(id)).toMatchObject({
      cause: "source",
      lesson: "the supplier changed its form",
      who: "Marta Quill",
    });
    expect(ground.store.incidents.moves(id).slice(-2)).toMatchObject([
      { event: "cause", who, why: "the data it was given. Lesson: the supplier changed its form" },
      { event: "cause", who: "Marta Quill", why: "the source" },
    ]);
  });

  it("teaches the next incident of the same automation", async () => {
    const { move, run, told, ground } = await withIncident();
    move("resolve", {
      why: "old model set",
      cause: "model",
      lesson: "pin the model in Mailroom.",
      waiveRest: true,
    });
    for (let at = 17; at < 45; at += 1) await run(at, 0);
    for (let at = 45; at < 48; at += 1) await run(at, 12);
    const [open] = ground.store.incidents.open();
    expect(told()).toMatchObject({ kind: "opened", incident: { id: open?.id } });
    expect(told()?.facts).toContain("Last time (Mon 2 Mar): pin the model in Mailroom");
    const story = incidentStory(ground, open?.id ?? 0, monday + 48 * hour);
    expect(story?.life.lessons).toMatchObject([{ cause: "model", lesson: "pin the model in Mailroom." }]);
  });
});

describe("a false alarm", () => {
  it("takes the right to page from a check with a metric, and the message says so", async () => {
    const { move, told } = await withIncident();
    move("false-alarm", { why: "test data" });
    expect(told()?.news?.details).toContain(
      '“Begins with ok” counts for the digest only, until someone enables it again: evenkeel enable invoices ok --why "...".',
    );
    expect(told()?.news?.details.join(" ")).not.toContain("Cause not stated");
  });

  it.each([
    ["of which not one fail is allowed", okCheck({ rule: { kind: "zero-tolerance" } })],
    ["with a stated floor", okCheck({ rule: { kind: "floor", share: 0.9 } })],
  ])("takes it from a check %s until someone enables it", async (_, check) => {
    const channel = recordingChannel("ops");
    const { ground, watched, clock, source } = benchGround({ checks: [check], channels: [channel.ready] });
    const state = { at: 0 };
    const wrong = async (runs: number) => {
      for (let index = 0; index < runs; index += 1) {
        state.at += 1;
        const slotAt = monday + state.at * hour;
        for (let each = 0; each < 20; each += 1)
          source.outputs.push(draft(`${state.at}-${each}`, slotAt - hour + each * 60_000, `bad ${each}`));
        clock.set(slotAt);
        await runSlots(ground, watched, [slotAt], options);
      }
    };
    await wrong(5);
    const [open] = ground.store.incidents.open();
    moveIncident(ground, {
      incident: open?.id ?? 0,
      event: "false-alarm",
      who,
      why: "a rule for another form",
    });
    expect(channel.messages.at(-1)?.news?.details.join(" ")).toContain(
      "“Begins with ok” counts for the digest only",
    );
    await wrong(5);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.findings.active("invoices")).toMatchObject([{ finding: { level: "digest" } }]);
    expect(overview(ground)[0]).toMatchObject({ state: "drifting" });
    enableCheck(ground, watched, { subject: "ok", who, why: "the rule was mended" });
    await wrong(1);
    expect(ground.store.incidents.open()).toHaveLength(1);
  });
});
