import { describe, expect, it } from "vitest";
import { type Act, actOnIncident, possibleNow } from "../../src/flow/act-on-incident.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import { sayActed } from "../../src/flow/say-acted.js";
import { hour, monday } from "./bench-ground.js";
import { openIncident } from "./open-incident.js";

async function withActs() {
  const bench = await openIncident();
  const act = (event: Act["event"], change: Partial<Act> = {}) => {
    const asked: Act = {
      incident: bench.id,
      event,
      who: "Jonas Feld",
      why: null,
      cause: null,
      revision: bench.row().revision,
      ...change,
    };
    const acted = actOnIncident(bench.ground, asked);
    return { outcome: acted.outcome, said: sayActed(bench.ground, asked, acted) };
  };
  return { ...bench, act };
}

describe("a press about an incident", () => {
  it("is recorded once; a repeat is told who did it and when, and changes nothing", async () => {
    const { act, row, clock, ground, id } = await withActs();
    const seen = row().revision;
    expect(act("acknowledge")).toEqual({
      outcome: "done",
      said: `Recorded: incident ${id} acknowledged, Jonas Feld, 16:00.`,
    });
    clock.set(monday + 17 * hour);
    const before = ground.store.incidents.moves(id).length;
    expect(act("acknowledge", { who: "Marta Quill", revision: seen })).toEqual({
      outcome: "already",
      said: `Incident ${id} was acknowledged already: Jonas Feld, 16:00. Nothing was changed.`,
    });
    expect(ground.store.incidents.moves(id)).toHaveLength(before);
    expect(row().acknowledgedBy).toBe("Jonas Feld");
  });

  it("counts doing it by hand as acknowledged", async () => {
    const { act, row, id } = await withActs();
    act("fallback-on", { who: "Marta Quill" });
    expect(row()).toMatchObject({ status: "fallback", acknowledgedBy: "Marta Quill" });
    expect(act("acknowledge").said).toBe(
      `Incident ${id} was said to be done by hand already: Marta Quill, 16:00. Nothing was changed.`,
    );
  });

  it("changes nothing when the incident has moved since the person looked, and asks again", async () => {
    const { act, row, id } = await withActs();
    const seen = row().revision;
    act("acknowledge");
    expect(act("fallback-on", { revision: seen })).toEqual({
      outcome: "stale",
      said: `It has moved since you looked, so nothing was changed. Incident ${id} is acknowledged (Jonas Feld, 16:00). Press again if it still fits.`,
    });
    expect(row().status).toBe("acknowledged");
    expect(act("fallback-on").outcome).toBe("done");
  });

  it("notices that it was passed on to the next person", async () => {
    const { act, row, ground, clock } = await withActs();
    const seen = row().revision;
    clock.set(monday + 18 * hour);
    expect(escalateOverdue(ground)).toBe(1);
    expect(act("acknowledge", { revision: seen }).outcome).toBe("stale");
    expect(row().status).toBe("open");
  });

  it("ends nothing without a reason, and keeps the cause with it", async () => {
    const { act, ground, id, row } = await withActs();
    expect(act("resolve", { why: "  " }).outcome).toBe("reason-needed");
    expect(row().endedAt).toBeNull();
    expect(act("resolve", { why: "new template" }).outcome).toBe("cause-needed");
    expect(act("resolve", { why: "new template", cause: "prompt" })).toEqual({
      outcome: "rework-needed",
      said: "Nothing was recorded: 48 outputs that went out are still to check. Say on the incident's page what was done with them, or choose “Leave the rest as it is” and end it without.",
    });
    expect(act("resolve", { why: "new template", cause: "prompt", waiveRest: true }).outcome).toBe("done");
    expect(ground.store.closings.of(id)?.cause).toBe("prompt");
    expect(ground.store.incidents.moves(id).at(-1)).toMatchObject({
      event: "resolve",
      who: "Jonas Feld",
      why: "new template",
    });
  });

  it("says what it has become when it can no longer be done", async () => {
    const { act, id } = await withActs();
    act("false-alarm", { why: "test data" });
    expect(act("false-alarm", { why: "test data" }).outcome).toBe("already");
    expect(act("acknowledge")).toEqual({
      outcome: "impossible",
      said: `Incident ${id} is ended: false alarm (Jonas Feld, 16:00), so it cannot be acknowledged now. Nothing was changed.`,
    });
  });

  it("knows that there is no such incident", async () => {
    const { act } = await withActs();
    expect(act("acknowledge", { incident: 99 })).toEqual({
      outcome: "unknown",
      said: "There is no incident 99.",
    });
  });

  it("offers what is possible from where it stands", async () => {
    const { act, row } = await withActs();
    expect(possibleNow(row())).toEqual([
      "acknowledge",
      "fallback-on",
      "resolve",
      "false-alarm",
      "accept-change",
    ]);
    act("fallback-on");
    // nothing was looked at since: whoever presses is told what is missing
    expect(act("switch-back")).toMatchObject({
      outcome: "refused",
      said: expect.stringContaining("needs a fresh sample that passes"),
    });
    expect(possibleNow(row())).toEqual([
      "fallback-off",
      "switch-back",
      "resolve",
      "false-alarm",
      "accept-change",
    ]);
  });
});
