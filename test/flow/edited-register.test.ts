import { describe, expect, it } from "vitest";
import { closeOrphans } from "../../src/flow/close-orphans.js";
import { deliverDue } from "../../src/flow/deliver.js";
import type { Ground, Watched } from "../../src/flow/ground.js";
import { keepChannels } from "../../src/flow/keep-channels.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runSlots } from "../../src/flow/run.js";
import { runDue } from "../../src/flow/run-due.js";
import { sendTest } from "../../src/flow/send-test.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import {
  benchGround,
  entry,
  hour,
  hourOf,
  monday,
  okCheck,
  options,
  recordingChannel,
} from "./bench-ground.js";

const following = { numbers: [], categories: [], baseline: { outputs: 100, runs: 5 }, golden: null };

function withRegister(ground: Ground, automations: readonly Watched[]): Ground {
  return { ...ground, register: { ...ground.register, automations } };
}

/** An incident is open because a check's share fell, or because a check of zero tolerance fails. */
async function openIncident(check: ReturnType<typeof okCheck>) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ checks: [check], channels: [channel.ready] });
  for (let index = 1; index <= 16; index += 1) {
    const slotAt = monday + index * hour;
    bench.source.outputs.push(...hourOf(slotAt, index < 11 ? 0 : 10));
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  }
  expect(bench.ground.store.incidents.open()).toHaveLength(1);
  return { ...bench, channel };
}

describe("an edited register", () => {
  it.each([
    ["a check that drifts is taken out", okCheck(), []],
    ["a check that drifts is put differently", okCheck(), [{ check: okCheck(), settings: "edited" }]],
    ["a check of zero tolerance is taken out", okCheck({ rule: { kind: "zero-tolerance" } }), []],
  ])("ends what rested on a check as it was: %s", async (_, check, checks) => {
    const { ground, watched, clock, source } = await openIncident(check);
    const edited: Watched = {
      ...watched,
      checks: checks.map((each) => each.check),
      metrics: planMetrics(entry, checks, following),
    };
    const slotAt = monday + 17 * hour;
    source.outputs.push(...hourOf(slotAt, 10));
    clock.set(slotAt);
    await runSlots(withRegister(ground, [edited]), edited, [slotAt], options);
    expect(ground.store.incidents.open()).toEqual([]);
    const checked = ground.store.findings.active("invoices").filter((each) => each.finding.check !== null);
    expect(checked).toEqual([]);
    const last = ground.store.incidents.moves(1).at(-1);
    expect(last?.why).toBe("the check it rests on was taken out or edited");
  });

  it("ends blindness where there is no source any more to be read", async () => {
    const { ground, watched, source } = benchGround();
    source.break("no such file");
    await runSlots(ground, watched, [monday], options);
    expect(ground.store.incidents.open()).toMatchObject([{ kind: "blind" }]);
    const edited = withRegister(ground, [{ ...watched, source: null }]);
    expect([closeOrphans(edited), closeOrphans(edited)]).toEqual([1, 0]);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.incidents.moves(1).at(-1)).toMatchObject({ why: "it has no source any more" });
    expect(ground.store.findings.active("invoices")).toEqual([]);
  });

  it("keeps the new schedule when the old one is edited while a run is under way", async () => {
    const { ground, watched, clock, source } = benchGround();
    const edited = { ...watched, schedule: parseSchedule("30 * * * *", "UTC") };
    const state = { resting: new Map<string, number>() };
    const beat = () =>
      runDue(ground, { ...options, ...state, limit: (work) => work(), askingLimit: (work) => work() });
    keepSchedules(ground);
    await beat();
    clock.set(monday + hour + 10_000);
    const running = beat();
    keepSchedules(withRegister(ground, [edited]));
    await running;
    expect(source.reads()).toBe(2);
    expect(ground.store.schedules.get("invoices", "sampled")).toMatchObject({
      expression: "30 * * * *",
      nextDueAt: monday + 1.5 * hour,
    });
    const again = beat();
    keepSchedules(withRegister(ground, []));
    await again;
    expect(ground.store.schedules.list()).toEqual([]);
  });

  it("hands what was owed to a channel that is gone to those that did not get it, once", async () => {
    const { ground } = await openIncident(okCheck());
    const renamed = recordingChannel("ops-new");
    const edited = { ...ground, register: { ...ground.register, channels: [renamed.ready] } };
    expect([keepChannels(edited), keepChannels(edited)]).toEqual([1, 0]);
    await deliverDue(edited, new Set(), new AbortController().signal);
    expect(renamed.messages.map((message) => message.kind)).toEqual(["opened"]);
    expect(renamed.sent).toHaveLength(1);
    expect(ground.store.outbox.counts()).toEqual({ superseded: 1, sent: 1 });
  });

  it.each(["{}", '{"kind":"opened","headline":"what an older version stored"}', "no JSON"])(
    "gives up a message to a channel that is gone where it cannot be read, and hands on the others: %s",
    async (message) => {
      const { ground } = benchGround();
      const [renamed, gone] = [recordingChannel("ops-new"), recordingChannel("ops-old")];
      ground.store.outbox.owe({
        ...{ id: "unreadable", incident: null, channel: "ops-old", kind: "opened", payload: {} },
        ...{ payloadHash: "", message, dedupeKey: "ops-old:1:opened", createdAt: monday },
      });
      sendTest({ ...ground, register: { ...ground.register, channels: [gone.ready] } }, null);
      const edited = { ...ground, register: { ...ground.register, channels: [renamed.ready] } };
      expect(keepChannels(edited)).toBe(1);
      await deliverDue(edited, new Set(), new AbortController().signal);
      expect(renamed.messages.map(({ kind }) => kind)).toEqual(["test"]);
      expect(ground.store.outbox.counts()).toEqual({ dead: 1, superseded: 1, sent: 1 });
    },
  );
});
