import { describe, expect, it } from "vitest";
import { closeOrphans } from "../../src/flow/close-orphans.js";
import { enableCheck } from "../../src/flow/enable-check.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import type { Ground } from "../../src/flow/ground.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { overview } from "../../src/flow/overview.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, hour, hourOf, monday, options, recordingChannel } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];

async function withIncident() {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready] });
  for (const [index, wrong] of [...usual, 10, 9, 10, 9, 10].entries()) {
    bench.source.outputs.push(...hourOf(monday + (index + 1) * hour, wrong));
  }
  bench.clock.set(monday + 16 * hour);
  await readHistory(bench.ground, bench.watched, options);
  const [open] = bench.ground.store.incidents.open();
  const kinds = () => channel.messages.map((message) => message.kind);
  const hours = async (first: number, wrong: readonly number[]) => {
    for (const [index, count] of wrong.entries()) {
      const slotAt = monday + (first + index) * hour;
      bench.source.outputs.push(...hourOf(slotAt, count));
      bench.clock.set(slotAt);
      await runSlots(bench.ground, bench.watched, [slotAt], options);
    }
  };
  return { ...bench, channel, kinds, hours, id: open?.id ?? 0 };
}

const who = "Jonas Feld";

describe("what people do about an incident", () => {
  it("is acknowledged once, with who and when, and the second is told who did", async () => {
    const { ground, id, kinds } = await withIncident();
    expect(moveIncident(ground, { incident: id, event: "acknowledge", who, why: null })).toMatchObject({
      status: "acknowledged",
      acknowledgedBy: who,
    });
    expect(() =>
      moveIncident(ground, { incident: id, event: "acknowledge", who: "Marta Quill", why: null }),
    ).toThrow(
      `Incident ${id} is acknowledged (by Jonas Feld), so “Acknowledge” is not possible; possible now: evenkeel incidents fallback ${id}, evenkeel incidents resolve ${id} --why "...", evenkeel incidents resolve ${id} --as false-alarm --why "...", evenkeel incidents resolve ${id} --as accepted-change --why "...".`,
    );
    expect(kinds()).toEqual(["opened", "moved"]);
  });

  it("says who brought it where it stands, not who last remarked on it, and what to type", async () => {
    const { ground, id } = await withIncident();
    moveIncident(ground, { incident: id, event: "fallback-on", who, why: null });
    ground.store.incidents.record(id, {
      at: ground.clock.now(),
      who: "Marta Quill",
      event: "snooze",
      from: "fallback",
      to: "fallback",
      why: null,
    });
    expect(() => moveIncident(ground, { incident: id, event: "fallback-on", who, why: null })).toThrow(
      `Incident ${id} is by hand (by ${who}), so “Doing it by hand” is not possible; possible now: evenkeel incidents fallback ${id} --off, evenkeel incidents switch-back ${id}, `,
    );
  });

  it("names the open ones when the number is wrong", async () => {
    const { ground, id } = await withIncident();
    expect(() => moveIncident(ground, { incident: 99, event: "acknowledge", who, why: null })).toThrow(
      `No incident 99. Open: ${id}.`,
    );
  });

  it("asks for the switch back when it recovers while people work by hand", async () => {
    const { ground, id, kinds, hours } = await withIncident();
    moveIncident(ground, { incident: id, event: "fallback-on", who, why: null });
    await hours(17, [0, 1, 0, 1, 0, 0, 0]);
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "recovering" });
    moveIncident(ground, { incident: id, event: "switch-back", who, why: "on again" });
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "resolved" });
    expect(kinds()).toEqual(["opened", "moved", "recovered", "ended"]);
  });

  it("is described once, however many channels there are", async () => {
    const { ground, channel, id } = await withIncident();
    const others = ["ops-mail", "ops-hook"].map((each) => recordingChannel(each));
    const channels = [channel, ...others].map((each) => each.ready);
    let described = 0;
    const counting: Ground = {
      ...ground,
      register: { ...ground.register, channels },
      store: {
        ...ground.store,
        findings: {
          ...ground.store.findings,
          ofIncident: (incident) => {
            described += 1;
            return ground.store.findings.ofIncident(incident);
          },
        },
      },
    };
    moveIncident(counting, { incident: id, event: "acknowledge", who, why: null });
    expect(described).toBe(1);
    const told = [channel, ...others].map((each) => each.messages.at(-1));
    expect(new Set(told.map((message) => message?.notificationId)).size).toBe(3);
    expect(new Set(told.map((message) => message?.headline)).size).toBe(1);
  });

  it("makes an accepted change the usual level, on record, and stays quiet at it", async () => {
    const { ground, id, hours, kinds } = await withIncident();
    moveIncident(ground, { incident: id, event: "accept-change", who, why: "new form letter" });
    expect(ground.store.decisions.list("invoices", 5)).toContainEqual(
      expect.objectContaining({ what: "accept-change", who, why: "new form letter", subject: "check:ok" }),
    );
    await hours(17, [10, 9, 10, 10, 9, 10, 11, 9]);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(kinds()).toEqual(["opened", "ended"]);
  });

  it("takes the right to page from a check that cried wolf, until someone enables it", async () => {
    const { ground, watched, id, hours } = await withIncident();
    moveIncident(ground, { incident: id, event: "false-alarm", who, why: "test data" });
    expect(ground.store.metrics.get("invoices", "check:ok")).toMatchObject({
      standing: "probation",
      standingWhy: "false alarm, says Jonas Feld",
    });
    await hours(17, [12, 12, 12]);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(overview(ground)[0]).toMatchObject({ state: "drifting" });
    enableCheck(ground, watched, { subject: "ok", who, why: "looked at it" });
    await hours(20, [12]);
    expect(ground.store.incidents.open()).toHaveLength(1);
    expect(() => enableCheck(ground, watched, { subject: "okk", who, why: "x" })).toThrow(
      'invoices has no check or metric "okk"; did you mean "ok"?',
    );
  });

  it("goes to the next person once when nobody acknowledges in time", async () => {
    const { ground, clock, channel } = await withIncident();
    expect(escalateOverdue(ground)).toBe(0);
    clock.set(monday + 17 * hour);
    expect([escalateOverdue(ground), escalateOverdue(ground)]).toEqual([1, 0]);
    expect(channel.messages.at(-1)).toMatchObject({ kind: "escalated", mention: { name: "Marta Quill" } });
    expect(ground.store.incidents.open()[0]).toMatchObject({
      escalations: 1,
      acknowledgeBy: monday + 18 * hour,
    });
  });

  it("writes nothing more once the last person was called in vain", async () => {
    const { ground, clock, id } = await withIncident();
    let transactions = 0;
    const counting: Ground = {
      ...ground,
      store: {
        ...ground.store,
        transaction: (work) => {
          transactions += 1;
          return ground.store.transaction(work);
        },
      },
    };
    for (let hours = 17; hours < 22; hours += 1) {
      clock.set(monday + hours * hour);
      escalateOverdue(counting);
    }
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "open", escalations: 2 });
    // two calls, and once that it was not contained in time
    expect(transactions).toBe(3);
  });

  it("is ended with its reason when its automation leaves the register", async () => {
    const { ground, id } = await withIncident();
    expect(closeOrphans(ground)).toBe(0);
    expect(closeOrphans({ ...ground, register: { ...ground.register, automations: [] } })).toBe(1);
    expect(ground.store.incidents.get(id)).toMatchObject({ status: "resolved" });
    expect(ground.store.findings.active("invoices")).toEqual([]);
    expect(ground.store.incidents.moves(id).at(-1)?.why).toBe("the automation is no longer in the register");
  });

  it("leaves no finding behind when its automation leaves the register, incident or not", async () => {
    const { ground, id, hours } = await withIncident();
    moveIncident(ground, { incident: id, event: "false-alarm", who, why: "test data" });
    await hours(17, [12, 12, 12]);
    const left = { ...ground, register: { ...ground.register, automations: [] } };
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.findings.active("invoices")).not.toEqual([]);
    expect(closeOrphans(ground)).toBe(0);
    expect(ground.store.findings.active("invoices")).not.toEqual([]);
    expect(closeOrphans(left)).toBe(0);
    expect(ground.store.findings.active("invoices")).toEqual([]);
  });

  it("reopens within a day when the same problem comes back, and announces it again", async () => {
    const { ground, id, hours, kinds } = await withIncident();
    moveIncident(ground, {
      incident: id,
      event: "resolve",
      who,
      why: "old model set",
      cause: "model",
      waiveRest: true,
    });
    await hours(17, [0, 0, 12, 12, 12]);
    expect(ground.store.incidents.open()).toMatchObject([{ id, status: "open" }]);
    expect(kinds()).toEqual(["opened", "ended", "opened"]);
  });
});
