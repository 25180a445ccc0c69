import { describe, expect, it } from "vitest";
import { matchesAll } from "../../src/domain/silence.js";
import { perform } from "../../src/flow/command.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import { keepSilences } from "../../src/flow/keep-silences.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { addSilence, endSilence, previewSilence, silenceRequest } from "../../src/flow/order-silence.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { runDue } from "../../src/flow/run-due.js";
import { snoozeIncident } from "../../src/flow/snooze-incident.js";
import { incidentPage } from "../../src/http/dashboard/incident-page.js";
import { overviewPage } from "../../src/http/dashboard/overview-page.js";
import { createWindow } from "../../src/incident/maintenance.js";
import { renderFrame } from "../../src/notify/channels/console.js";
import { benchGround, hour, hourOf, levels, monday, options, recordingChannel } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];
const who = "Jonas Feld";
const request = (change: object = {}) =>
  silenceRequest.parse({ automations: ["invoices"], until: "4h", why: "new database", who, ...change });

async function bench(change: object = {}) {
  const channel = recordingChannel("ops");
  const made = benchGround({ channels: [channel.ready] });
  const ground = { ...made.ground, register: { ...made.ground.register, ...change } };
  const { clock, source, watched } = made;
  for (const [index, wrong] of usual.entries())
    source.outputs.push(...hourOf(monday + (index + 1) * hour, wrong));
  clock.set(monday + 10 * hour);
  await readHistory(ground, watched, options);
  const kinds = () => channel.messages.map((message) => message.kind);
  /** Hours pass, with a run at the end of each. */
  const hours = async (first: number, wrong: readonly number[]) => {
    for (const [index, count] of wrong.entries()) {
      const slotAt = monday + (first + index) * hour;
      source.outputs.push(...hourOf(slotAt, count));
      clock.set(slotAt);
      keepSilences(ground);
      await runSlots(ground, watched, [slotAt], options);
      keepSilences(ground);
    }
  };
  /** What the heart does at a beat. */
  const beat = async (at: number) => {
    clock.set(at);
    keepSilences(ground);
    escalateOverdue(ground);
    const now = <T>(work: () => Promise<T>) => work();
    await runDue(ground, { ...options, limit: now, askingLimit: now, resting: new Map() });
    keepSilences(ground);
  };
  const open = () => ground.store.incidents.open()[0];
  return { ground, clock, source, watched, channel, kinds, hours, beat, open };
}

const bad = [10, 9, 10, 9, 10];

describe("a silence", () => {
  it("keeps an incident on record and on the page, and sends nothing", async () => {
    const { ground, hours, kinds, open } = await bench();
    addSilence(ground, request({ until: "8h" }));
    await hours(11, bad);
    expect(open()).toMatchObject({ status: "open", toldStatus: null, announcedAt: null });
    expect(kinds()).toEqual([]);
    const page = String(incidentPage(ground, 1));
    expect(page).toContain(
      "<b>Silenced</b> from today 10:00 to today 18:00 (silence 1, Jonas Feld: “new database”)",
    );
    const silenced = ground.store.incidents.moves(1).filter(({ event }) => event === "silence");
    expect(silenced).toMatchObject([{ who: "Jonas Feld", why: "new database" }]);
    const list = String(overviewPage(ground));
    expect(list).toContain("(silenced)");
    expect(list).toContain("Invoices: from today 10:00 to today 18:00");
    expect(list).toContain("Holds back now 1 of 1 automation (invoices), incident 1.");
  });

  it("shows on the page what it holds back now, the first five by name", async () => {
    const { ground, hours, watched } = await bench();
    const others = [1, 2, 3, 4, 5, 6].map((number) => ({
      ...watched,
      entry: { ...watched.entry, id: `letters-${number}`, vendor: "Ridgeline" },
    }));
    const register = { ...ground.register, automations: [watched, ...others] };
    const list = () => String(overviewPage({ ...ground, register }));
    addSilence({ ...ground, register }, request({ automations: [], vendors: ["ridgeline"], until: "12h" }));
    await hours(11, bad);
    expect(list()).toContain(
      "Holds back now 6 of 7 automations (letters-1, letters-2, letters-3, letters-4, letters-5 and 1 more), no open incident.",
    );
    snoozeIncident(ground, { incident: 1, length: "4h", why: "vendor is asked", who });
    expect(list()).toContain("Holds back now incident 1.");
  });

  it("is over: a fresh sample first, then the problem that is still there, with the silence's name", async () => {
    const { ground, hours, beat, kinds, channel, source } = await bench();
    addSilence(ground, request({ until: "6h" }));
    await hours(11, bad);
    const reads = source.reads();
    await beat(monday + 16 * hour);
    expect(source.reads()).toBeGreaterThan(reads);
    expect(kinds()).toEqual(["opened"]);
    const frame = renderFrame(channel.messages[0] ?? never(), []);
    expect(frame.replace(/\s+/g, " ")).toContain(
      "Was silenced from today 10:00 to today 16:00 (silence 1, Jonas Feld: “new database”)",
    );
    expect(channel.messages[0]?.until[0]).toContain("acknowledge by 17:00");
    await beat(monday + 16 * hour + 1_000);
    expect(kinds()).toEqual(["opened"]);
  });

  it("says nothing at its end where the problem ended under it", async () => {
    const { ground, hours, beat, kinds, open } = await bench();
    addSilence(ground, request({ until: "18h" }));
    await hours(11, [...bad, 0, 1, 0, 1, 0, 0, 0, 0]);
    expect(open()).toBeUndefined();
    await beat(monday + 28 * hour);
    expect(kinds()).toEqual([]);
  });

  it("stops the clocks of an incident that people know, and goes on with what was left", async () => {
    const { ground, hours, beat, kinds, open, channel } = await bench();
    await hours(11, bad);
    expect(kinds()).toEqual(["opened"]);
    const before = open();
    const told = before?.announcedAt ?? 0;
    await beat(told + hour / 2);
    addSilence(ground, request({ until: "4h" }));
    await beat(told + 2 * hour);
    expect(kinds()).toEqual(["opened"]);
    await beat(told + 5 * hour);
    expect(kinds().filter((kind) => kind !== "moved")).toEqual(["opened", "still"]);
    const still = channel.messages.find((message) => message.kind === "still");
    expect(still?.news).toMatchObject({
      line: expect.stringMatching(/, incident \d+: still there after the silence$/),
    });
    expect(still?.news?.details[0]).toContain("(silence 1, Jonas Feld: “new database”)");
    const left = (open()?.acknowledgeBy ?? 0) - (told + 5 * hour);
    expect(left).toBeGreaterThanOrEqual(hour / 2 - 1);
    expect(left).toBeLessThanOrEqual(hour / 2 + 60_000);
    await beat(told + 6 * hour);
    expect(kinds()).toContain("escalated");
  });

  it("lets good news through to people who know of the incident", async () => {
    const { ground, hours, kinds, open } = await bench();
    await hours(11, bad);
    addSilence(ground, request({ until: "1d" }));
    moveIncident(ground, { incident: open()?.id ?? 0, event: "acknowledge", who, why: null });
    expect(kinds()).toEqual(["opened"]);
    await hours(16, [0, 1, 0, 1, 0, 0, 0, 0]);
    expect(kinds()).toEqual(["opened", "recovered"]);
  });

  it("about one check leaves an incident loud that has another problem", async () => {
    const { ground, hours, kinds } = await bench();
    addSilence(ground, request({ until: "1d", checks: ["check:ok"] }));
    addSilence(ground, request({ until: "1d", checks: ["volume"] }));
    endSilence(ground, 1, who);
    await hours(11, bad);
    expect(kinds()).toEqual(["opened"]);
  });

  it("survives a restart between its end and the fresh sample", async () => {
    const { ground, hours, beat, clock, kinds } = await bench();
    addSilence(ground, request({ until: "6h" }));
    await hours(11, bad);
    clock.set(monday + 16 * hour);
    keepSilences(ground);
    // here the process ends: what is owed lies in the store alone
    expect(ground.store.freshSamples.owed()).toHaveLength(1);
    expect(kinds()).toEqual([]);
    await beat(monday + 16 * hour + 60_000);
    expect(kinds()).toEqual(["opened"]);
    expect(ground.store.freshSamples.owed()).toEqual([]);
  });

  it("of one incident is a snooze, until nine tomorrow where the owner is", async () => {
    const { ground, hours, beat, kinds, open } = await bench();
    await hours(11, bad);
    const id = open()?.id ?? 0;
    const { silence } = {
      silence: snoozeIncident(ground, { incident: id, length: "tomorrow", who, why: null }),
    };
    expect(silence.endsAt).toBe(monday + 33 * hour);
    await beat(monday + 32 * hour);
    expect(kinds()).toEqual(["opened"]);
    await beat(monday + 33 * hour);
    expect(kinds()).toEqual(["opened", "still"]);
    expect(ground.store.incidents.moves(id).map(({ event }) => event)).toContain("snooze");
  });

  it("of one incident ends with it: a relapse is told, though the hour is not over", async () => {
    const { ground, hours, beat, kinds, open } = await bench();
    await hours(11, bad);
    const incident = open()?.id ?? 0;
    const { id } = snoozeIncident(ground, { incident, length: "tomorrow", who, why: null });
    await beat(monday + 15 * hour + 60_000);
    moveIncident(ground, { incident, event: "fallback-on", who, why: null });
    const back = { event: "switch-back", override: true, cause: "model" } as const;
    moveIncident(ground, { incident, who, why: "set right", ...back });
    expect(ground.store.silences.get(id)).toMatchObject({ endsAt: monday + 15 * hour + 60_000 });
    const over = ground.store.incidents.moves(incident).findLast(({ event }) => event === "snooze-over");
    expect(over).toMatchObject({ from: "resolved", to: "resolved", who: "evenkeel" });
    expect(kinds()).toEqual(["opened", "ended"]);
    await hours(16, bad);
    expect(open()).toMatchObject({ id: incident, status: "open" });
    expect(kinds()).toEqual(["opened", "ended", "opened"]);
  });

  it("of one incident ends where that recovers by itself, and no silence of an automation does", async () => {
    const { ground, hours, kinds, open } = await bench();
    await hours(11, bad);
    addSilence(ground, request({ until: "2d" }));
    const incident = open()?.id ?? 0;
    snoozeIncident(ground, { incident, length: "tomorrow", who, why: null });
    await hours(16, [0, 1, 0, 1, 0, 0, 0, 0]);
    expect(open()).toBeUndefined();
    expect(kinds()).toEqual(["opened", "recovered"]);
    expect(ground.store.silences.inForce(ground.clock.now()).map((each) => each.id)).toEqual([1]);
  });
});

describe("fault 48: a maintenance window ends with the problem still there", () => {
  const window = createWindow(
    { automations: ["invoices"], checks: [], weekly: "mon 10:30-16:00", why: "move", owner: "Marta Quill" },
    "UTC",
  );

  it("takes a fresh sample, then gives notice and names the window", async () => {
    const { hours, beat, kinds, channel, ground } = await bench({ maintenance: [window] });
    await hours(11, bad);
    expect(kinds()).toEqual([]);
    await beat(monday + 16 * hour);
    expect(kinds()).toEqual(["opened"]);
    expect(channel.messages[0]?.facts.join()).toContain(
      "maintenance “mon 10:30-16:00 invoices”, Marta Quill: “move”",
    );
    expect(ground.store.silences.list(9)).toHaveLength(1);
  });

  it("gives no notice where the fresh sample shows that it is over", async () => {
    const { hours, beat, kinds, source } = await bench({ maintenance: [window] });
    source.break("db: cannot be reached");
    await hours(11, [0, 0]);
    source.break(null);
    await beat(monday + 16 * hour);
    expect(kinds()).toEqual([]);
  });

  it("opens the week after again, and stays ended for an occurrence that someone ended", async () => {
    const { ground, beat } = await bench({ maintenance: [window] });
    await beat(monday + 11 * hour);
    endSilence(ground, 1, who);
    await beat(monday + 12 * hour);
    expect(ground.store.silences.inForce(monday + 12 * hour)).toEqual([]);
    await beat(monday + (7 * 24 + 11) * hour);
    expect(ground.store.silences.inForce(monday + (7 * 24 + 11) * hour)).toHaveLength(1);
  });
});

describe("fault 49: a silence that nobody can mean", () => {
  it.each([
    [{ until: undefined }, 'a silence needs an end of at most 30 days: --until "18:00" or --until 4h'],
    [
      { until: "31d" },
      '--until "31d": is more than 30 days off; what is to be silent for longer is taken out of the register',
    ],
    [{ until: "2026-03-01 10:00" }, '--until "2026-03-01 10:00": lies in the past'],
    [{ until: "soon" }, '--until "soon": is no time; write "2026-12-01 18:00", "18:00" or "4h"'],
    [{ why: " " }, 'a silence needs a reason: --why "what is being done"'],
    [
      { who: "Jonas Fled" },
      '"Jonas Fled" is nobody of the register, and a silence needs someone who answers for it; did you mean "Jonas Feld"?',
    ],
    [
      { automations: ["invoice"] },
      'no automation "invoice" (did you mean "invoices"?); it matches 0 of 1 automation. Nothing is silenced yet: if it is meant so, say it again with --yes (over HTTP "confirm": true)',
    ],
    [
      { checks: ["okk"] },
      'no check or metric "okk" (did you mean "ok"?). Nothing is silenced yet: if it is meant so, say it again with --yes (over HTTP "confirm": true)',
    ],
    [
      { automations: [] },
      'it matches all 1 automation. Nothing is silenced yet: if it is meant so, say it again with --yes (over HTTP "confirm": true)',
    ],
  ])("%j is refused with what to write instead", async (change, message) => {
    const { ground } = await bench();
    const command = { do: "silence-add" as const, ...request(change) };
    await expect(perform(ground, levels, command, options.signal)).rejects.toThrow(message);
    expect(ground.store.silences.list(9)).toEqual([]);
  });

  it("is made once it is confirmed", async () => {
    const { ground } = await bench();
    const { silence } = addSilence(ground, request({ automations: [], confirm: true }));
    expect(silence).toMatchObject({ match: matchesAll, owner: who, endsAt: monday + 14 * hour });
  });

  it("shows before what it would match and would have kept back", async () => {
    const { ground, hours } = await bench();
    await hours(11, bad);
    expect(previewSilence(ground, request())).toEqual({
      automations: ["invoices"],
      ofAutomations: 1,
      now: { findings: 2, incidents: [1] },
      lastWeek: { incidents: [1], messages: 1 },
      doubts: [],
    });
    expect(previewSilence(ground, request({ kinds: ["blind"] }))).toMatchObject({
      now: { findings: 0, incidents: [] },
      lastWeek: { incidents: [], messages: 0 },
    });
  });
});

function never(): never {
  throw new Error("no message");
}
