import { describe, expect, it } from "vitest";
import { auditIncidents, createAudit } from "../../src/flow/audit.js";
import { deliverDue } from "../../src/flow/deliver.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, monday, okCheck, options, recordingChannel } from "./bench-ground.js";

const minute = 60_000;

/** An incident that people were told of, and a dead-man address that counts. */
async function withIncident() {
  const channel = recordingChannel("ops");
  const bench = benchGround({
    channels: [channel.ready],
    checks: [okCheck({ rule: { kind: "zero-tolerance" }, level: "page" })],
  });
  const signs: string[] = [];
  const ask = async () => {
    signs.push("alive");
    return { status: 200, headers: {}, body: "" };
  };
  const ground = {
    ...bench.ground,
    register: { ...bench.ground.register, deadMan: { everyMs: 2 * minute, ask } },
  };
  bench.source.outputs.push(draft("a", monday, "wrong"));
  bench.clock.set(monday + hour);
  await runSlots(ground, bench.watched, [monday + hour], options);
  await deliverDue(ground, new Set(), options.signal);
  const [open] = ground.store.incidents.open();
  return {
    ...bench,
    ground,
    channel,
    signs,
    id: open?.id ?? 0,
    audit: createAudit(() => ground, options.signal),
  };
}

describe("the audit", () => {
  it("gives a sign of life while every incident has its next step, as often as asked", async () => {
    const { audit, clock, signs, id } = await withIncident();
    expect(id).toBeGreaterThan(0);
    for (let at = 0; at <= 6; at += 1) {
      clock.set(monday + hour + at * minute);
      await audit();
    }
    expect(signs).toHaveLength(4);
  });

  it("tells of an incident without a next step, gives no sign meanwhile, and again once it has one", async () => {
    const { audit, clock, ground, signs, id, channel } = await withIncident();
    const { incidentClocks } = ground.store;
    const clocks = incidentClocks.get(id);
    if (clocks !== null)
      incidentClocks.put({ ...clocks, containBy: null, remindAt: null, acknowledgementExpiresAt: null });
    clock.set(monday + 1_000 * hour);
    await audit();
    await deliverDue(ground, new Set(), options.signal);
    expect(signs).toEqual([]);
    expect(channel.messages.at(-1)?.headline).toContain("Evenkeel lost hold of 1 open incident");
    if (clocks !== null) incidentClocks.put({ ...clocks, remindAt: monday + 1_001 * hour });
    clock.set(monday + 1_000 * hour + 2 * minute);
    await audit();
    expect(auditIncidents(ground)).toBe(true);
    expect(signs).toHaveLength(1);
  });

  it("fault 54: gives no sign while no channel works", async () => {
    const { audit, clock, ground, signs } = await withIncident();
    ground.store.channels.put("ops", { blockedUntil: null, brokenSince: 1, reason: "answered 403" });
    clock.set(monday + hour + minute);
    await audit();
    expect(signs).toEqual([]);
  });
});
