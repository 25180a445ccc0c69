import { describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { deliverDue } from "../../src/flow/deliver.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { runSlots } from "../../src/flow/run.js";
import { whoWasTold } from "../../src/flow/who-was-told.js";
import {
  benchGround,
  draft,
  hour,
  monday,
  okCheck,
  options,
  person,
  recordingChannel,
} from "./bench-ground.js";

const minute = 60_000;
const sla = {
  acknowledgeMs: hour,
  containMs: 2 * hour,
  restoreMs: 8 * hour,
  acknowledgementExpiresMs: 8 * hour,
  remindMs: 30 * minute,
  clock: "round-the-clock",
  hoursOf: null,
} as const;

/** An incident announced on Monday at 01:00. */
async function announced(change: Partial<typeof sla> = {}) {
  const channel = recordingChannel("ops");
  const checks = [okCheck({ rule: { kind: "zero-tolerance" } })];
  const entryChange = { sla: { ...sla, ...change } };
  const bench = benchGround({ checks, channels: [channel.ready], entryChange });
  bench.ground.store.registry.markHistoryRead("invoices", monday);
  bench.source.outputs.push(draft("a", monday + 30 * minute, "bad"));
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  const id = bench.ground.store.incidents.open()[0]?.id ?? 0;
  const deliver = () => deliverDue(bench.ground, new Set(), options.signal);
  await deliver();
  const said: string[] = [];
  /** Beats at every minute up to an hour of Monday, delivering as it goes. */
  const runTo = async (hours: number) => {
    for (let at = bench.clock.now() + minute; at <= monday + hours * hour; at += minute) {
      bench.clock.set(at);
      const before = channel.messages.length;
      if (escalateOverdue(bench.ground) === 0) continue;
      await deliver();
      for (const { kind, mention } of channel.messages.slice(before))
        said.push(`${Math.round((10 * (at - monday)) / hour) / 10} ${kind} ${mention?.name}`);
    }
  };
  const move = (event: "acknowledge" | "fallback-on") =>
    moveIncident(bench.ground, { incident: id, event, who: "Jonas Feld", why: null });
  return { ...bench, channel, id, runTo, said, move, deliver };
}

describe("the clocks of an incident", () => {
  it("call the next person when one runs out, and remind less and less often", async () => {
    const { runTo, said, channel, ground, id } = await announced();
    expect(channel.messages[0]?.until).toEqual([
      "acknowledge by 02:00 or Marta Quill (owner) is called",
      "done by hand or paused by 03:00",
      "working again by 09:00",
    ]);
    await runTo(24);
    expect(said).toEqual([
      "1.5 reminder Jonas Feld",
      "2 escalated Marta Quill",
      "2.5 reminder Marta Quill",
      // neither acknowledged nor contained: one message
      "3 escalated Ines Calder",
      "3.5 reminder Ines Calder",
      "4.5 reminder Ines Calder",
      "6.5 reminder Ines Calder",
      "9 escalated Ines Calder",
      "9.5 reminder Ines Calder",
      "10.5 reminder Ines Calder",
      "12.5 reminder Ines Calder",
      "16.5 reminder Ines Calder",
    ]);
    expect(ground.store.incidents.moves(id).map((each) => [each.event, each.why])).toEqual([
      ["open", expect.anything()],
      ["escalate", "Jonas Feld did not acknowledge in time; it is now with Marta Quill"],
      ["escalate", "Marta Quill did not acknowledge in time; it is now with Ines Calder"],
      ["missed-contain", "not done by hand or paused in time; it is now with Ines Calder"],
      ["missed-restore", "it stays with Ines Calder"],
    ]);
    const last = channel.messages.find(
      ({ kind, news }) => kind === "escalated" && news?.line.includes("still"),
    );
    expect(last?.news?.line).toBe(`Incident ${id} is still yours: it was not working again by 09:00`);
  });

  it("ask one who acknowledged to contain it, and are content once it is done by hand", async () => {
    const { runTo, said, move, ground, id, channel, deliver } = await announced();
    move("acknowledge");
    await deliver();
    await runTo(2);
    expect(said).toEqual(["1.5 reminder Jonas Feld"]);
    expect(channel.messages.at(-1)?.news?.line).toBe(
      `Incident ${id} is acknowledged, but nobody has said that it is done by hand or paused (evenkeel incidents fallback ${id})`,
    );
    move("fallback-on");
    await runTo(8.9);
    expect(said).toHaveLength(1);
    expect(ground.store.incidentClocks.get(id)).toMatchObject({ containMissedAt: null, remindAt: null });
    expect(ground.store.incidentClocks.get(id)?.containedAt).toBe(monday + 2 * hour);
  });

  it("call the next person when one who acknowledged does not contain it in time", async () => {
    const { runTo, said, move, channel, id } = await announced({ remindMs: dayMs });
    move("acknowledge");
    await runTo(4);
    expect(said).toEqual(["3 escalated Marta Quill"]);
    expect(channel.messages.at(-1)).toMatchObject({
      news: {
        line: `Incident ${id} is yours now: it was not done by hand or paused by 03:00`,
        details: ["Told before you: Jonas Feld."],
      },
    });
  });

  it("send no reminder while the last message has not been delivered", async () => {
    const { ground, clock, channel, move, deliver } = await announced();
    move("acknowledge");
    for (let at = 0; at < 55; at += 1) {
      clock.set(monday + hour + at * minute);
      expect(escalateOverdue(ground)).toBe(0);
    }
    expect(channel.messages).toHaveLength(2);
    await deliver();
    expect(escalateOverdue(ground)).toBe(1);
  });

  it("run in the working hours of the team that is named", async () => {
    const { ground, watched } = await announced();
    const hours = { fromMinute: 9 * 60, toMinute: 17 * 60 };
    const desk = {
      ...person,
      name: "Day desk",
      workingHours: Array.from({ length: 7 }, () => hours),
      members: ["Marta Quill", "Jonas Feld"],
    };
    const channel = recordingChannel("ops");
    const entry = {
      ...watched.entry,
      id: "letters",
      onCall: { kind: "person", name: "Day desk" } as const,
      sla: { ...sla, clock: "working-hours", hoursOf: "Day desk" } as const,
    };
    const letters = { ...watched, entry };
    const register = {
      ...ground.register,
      people: new Map([...ground.register.people, [desk.name, desk]]),
      automations: [letters],
      channels: [channel.ready],
    };
    await runSlots({ ...ground, register }, letters, [monday + hour], options);
    expect(channel.messages[0]).toMatchObject({
      mention: { name: "Day desk" },
      recipients: [{ name: "Marta Quill" }, { name: "Jonas Feld" }],
    });
    expect(channel.messages[0]?.until[0]).toBe("acknowledge by 10:00 or Jonas Feld (deputy) is called");
  });

  it("leave on record who was told on which channel", async () => {
    const { runTo, ground, id } = await announced({ remindMs: dayMs });
    await runTo(2);
    expect(whoWasTold(ground, id)).toMatchObject([
      { kind: "opened", channel: "ops", forWhom: "Jonas Feld", state: "sent" },
      { kind: "escalated", channel: "ops", forWhom: "Marta Quill", state: "sent" },
    ]);
  });
});

describe("fault 46: a clock that ran out during a downtime", () => {
  it("calls the highest level that is due, once, and says how late", async () => {
    const { ground, clock, channel, id } = await announced();
    clock.set(monday + 7 * hour);
    expect([escalateOverdue(ground), escalateOverdue(ground)]).toEqual([1, 0]);
    expect(channel.messages.map(({ kind, mention }) => [kind, mention?.name])).toEqual([
      ["opened", "Jonas Feld"],
      ["escalated", "Ines Calder"],
    ]);
    expect(channel.messages[1]?.news).toEqual({
      line: `Incident ${id} is yours now: nobody acknowledged by 02:00 and it was not done by hand or paused by 03:00`,
      details: [
        "Told before you: Jonas Feld and Marta Quill.",
        "This comes 4 h late: Evenkeel was not running when it was due.",
      ],
    });
    expect(ground.store.incidents.moves(id).at(-1)?.why).toContain("said 4 h late");
  });
});

describe("fault 47: acknowledged and forgotten", () => {
  it("is asked for again after eight hours, and goes to the next person when nobody answers", async () => {
    const { runTo, said, move, ground, id, channel } = await announced({
      containMs: 20 * hour,
      restoreMs: 20 * hour,
      remindMs: dayMs,
    });
    move("acknowledge");
    await runTo(9.5);
    expect(said).toEqual(["9 reminder Jonas Feld"]);
    expect(channel.messages.at(-1)).toMatchObject({
      news: {
        line: `Incident ${id} has to be acknowledged again: the acknowledgement of 01:00 by Jonas Feld has expired`,
      },
    });
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "open", acknowledgedBy: null });
    await runTo(12);
    expect(said.slice(1)).toEqual(["10 escalated Marta Quill", "11 escalated Ines Calder"]);
  });

  it("is left alone for another eight hours by one who acknowledges it again", async () => {
    const { runTo, said, move } = await announced({
      containMs: 40 * hour,
      restoreMs: 40 * hour,
      remindMs: dayMs,
    });
    move("acknowledge");
    await runTo(9);
    move("acknowledge");
    await runTo(16.9);
    expect(said).toHaveLength(1);
    await runTo(17);
    expect(said.at(-1)).toBe("17 reminder Jonas Feld");
  });
});
