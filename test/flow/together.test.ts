import { expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import type { Watched } from "../../src/flow/ground.js";
import { keepSilences } from "../../src/flow/keep-silences.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { addSilence, silenceRequest } from "../../src/flow/order-silence.js";
import { pauseAutomation } from "../../src/flow/pause-automation.js";
import { raise } from "../../src/flow/raise.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { runDue } from "../../src/flow/run-due.js";
import { tellAlso, tellUntold } from "../../src/flow/tell.js";
import { raiseOwn } from "../../src/flow/watch-itself.js";
import { findingKey } from "../../src/incident/finding-key.js";
import { readByPeople } from "../../src/notify/pacing.js";
import {
  benchGround,
  draft,
  entry,
  hour,
  monday,
  okCheck,
  options,
  recordingChannel,
  scriptedSource,
} from "./bench-ground.js";

const minute = 60_000;
const { signal } = options;
const now = <T>(work: () => Promise<T>) => work();
const due = { ...options, limit: now, askingLimit: now, resting: new Map<string, number>() };
const sla = {
  acknowledgeMs: hour,
  containMs: 2 * hour,
  restoreMs: 80 * hour,
  acknowledgementExpiresMs: 8 * hour,
  remindMs: 8 * hour,
  clock: "round-the-clock",
  hoursOf: null,
} as const;

/** An incident announced on Monday at 01:00. */
async function announced(change: Partial<Watched> = {}) {
  const channel = recordingChannel("ops");
  const checks = [okCheck({ rule: { kind: "zero-tolerance" } })];
  const bench = benchGround({ checks, channels: [channel.ready], entryChange: { sla }, change });
  bench.ground.store.registry.markHistoryRead("invoices", monday);
  bench.source.outputs.push(draft("a", monday + 30 * minute, "bad"));
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  await deliverDue(bench.ground, new Set(), signal);
  return { ...bench, channel, id: bench.ground.store.incidents.open()[0]?.id ?? 0 };
}

function found(metric: string, at: number) {
  return {
    headline: metric,
    finding: {
      rule: "drift" as const,
      metric,
      check: null,
      level: "page" as const,
      baseline: null,
      current: null,
      evidence: null,
      changedAt: at,
      foundAt: at,
      chanceMonths: null,
      sentence: metric,
      improvement: false,
    },
  };
}

it("an automation that was paused is contained", async () => {
  const carryOut = async () => ({ done: true, said: "stopped" });
  const { ground, clock, id } = await announced({
    switches: { pause: { name: "stop", carryOut }, resume: null },
  });
  moveIncident(ground, { incident: id, event: "acknowledge", who: "Jonas Feld", why: null });
  clock.set(monday + 1.5 * hour);
  await pauseAutomation(ground, { incident: id, wish: "pause", who: "Jonas Feld", why: null }, signal);
  clock.set(monday + 3 * hour + minute);
  escalateOverdue(ground);
  expect(ground.store.incidentClocks.get(id)?.containedAt).toBe(monday + 1.5 * hour);
  expect(ground.store.incidents.moves(id).map(({ event }) => event)).not.toContain("missed-contain");
});

it("what was left of an acknowledgement before a silence is left after it", async () => {
  const { ground, clock, id } = await announced();
  moveIncident(ground, { incident: id, event: "acknowledge", who: "Jonas Feld", why: null });
  escalateOverdue(ground);
  clock.set(monday + 2 * hour);
  const order = { automations: ["invoices"], until: "10h", why: "moving", who: "Jonas Feld", confirm: true };
  addSilence(ground, silenceRequest.parse(order));
  keepSilences(ground);
  clock.set(monday + 12 * hour + minute);
  keepSilences(ground);
  for (let at = 0; at < 5 && ground.store.silences.openHolds().length > 0; at += 1) {
    await runDue(ground, due);
    clock.set(clock.now() + 1_000);
    keepSilences(ground);
  }
  expect(ground.store.silences.openHolds()).toEqual([]);
  escalateOverdue(ground);
  expect(ground.store.incidents.get(id)?.status).toBe("acknowledged");
  const left = (ground.store.incidentClocks.get(id)?.acknowledgementExpiresAt ?? 0) - clock.now();
  expect(left / hour).toBeCloseTo(7, 1);
});

it("a source that bounces is not told of again by those that read from it too, and they do not ask each other for ever", async () => {
  const channel = recordingChannel("ops");
  const { ground: one, watched, clock } = benchGround({ channels: [channel.ready] });
  const all = [0, 1, 2].map((index) => {
    const source = scriptedSource();
    const automation: Watched = {
      ...watched,
      source,
      sourceHost: "desk.example.com",
      schedule: null,
      entry: { ...entry, id: `d${index}`, title: `Desk ${index}`, schedule: null },
    };
    return { source, automation };
  });
  const ground = { ...one, register: { ...one.register, automations: all.map((each) => each.automation) } };
  for (const [index, each] of all.entries()) {
    each.source.outputs.push(draft(`${index}`, monday, "ok"));
    await readHistory(ground, each.automation, options);
  }
  let at = monday + hour;
  const readAll = async (broken: string | null) => {
    for (const each of all) each.source.break(broken);
    for (const each of all) {
      at += minute;
      clock.set(at);
      await runSlots(ground, each.automation, [at], options);
      await deliverDue(ground, new Set(), signal);
    }
    at += 5 * minute;
  };
  for (let times = 0; times < 2; times += 1) {
    await readAll("desk.example.com: cannot be reached (ECONNREFUSED)");
    await readAll(null);
  }
  const openings = channel.messages.filter(({ kind }) => kind === "opened");
  expect(openings.every(({ headline }) => headline.startsWith("Source down"))).toBe(true);
  expect(openings.length).toBeLessThanOrEqual(2);
  const before = all.map(({ source }) => source.reads());
  for (let beats = 0; beats < 60; beats += 1) {
    at += 1_000;
    clock.set(at);
    keepSilences(ground);
    await runDue(ground, due);
  }
  // once when the first of them could be read again
  for (const [index, { source }] of all.entries())
    expect(source.reads() - (before[index] ?? 0)).toBeLessThanOrEqual(1);
});

it("what opens while a channel is down and its summary was passed on reaches the other channel", async () => {
  const mail = recordingChannel("mail", { onlyAsFallback: true });
  const slack = recordingChannel("slack", { pacing: readByPeople, fallback: "mail" });
  const bench = benchGround({ channels: [slack.ready, mail.ready] });
  const automations: Watched[] = Array.from({ length: 20 }, (_, index) => ({
    ...bench.watched,
    schedule: null,
    entry: { ...bench.watched.entry, id: `a${index}`, title: `Automation ${index}` },
  }));
  const ground = { ...bench.ground, register: { ...bench.ground.register, automations } };
  const open = (index: number) => {
    const at = bench.clock.now();
    const each = automations[index];
    if (each === undefined) throw new Error(`no automation ${index}`);
    ground.store.transaction(() => {
      raise(ground, {
        automation: each.entry.id,
        kind: "outputs",
        at,
        found: [found("check:ok", at)],
        endedKeys: [],
      });
      tellUntold(ground, each, at);
    });
  };
  const deliverFor = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 5) {
      await deliverDue(ground, new Set(), signal);
      bench.clock.set(bench.clock.now() + 5_000);
    }
  };
  slack.answers.push(
    ...Array.from({ length: 2_000 }, () => ({ status: "retry", reason: "refused", afterMs: null }) as const),
  );
  for (let index = 0; index < 12; index += 1) open(index);
  await deliverFor(400);
  const before = mail.sent.length;
  for (let index = 12; index < 20; index += 1) open(index);
  await deliverFor(300);
  const told = mail.messages.slice(before).map(({ automation }) => automation?.id);
  for (let index = 12; index < 20; index += 1) expect(told).toContain(`a${index}`);
});

it("news about Evenkeel itself go where they can be read by then, and where they were told before", () => {
  const channels = ["a", "b", "c"].map((id) => recordingChannel(id));
  const { ground, clock } = benchGround({ channels: channels.map(({ ready }) => ready) });
  const broken = (id: string, since: number | null) =>
    ground.store.channels.put(id, {
      blockedUntil: null,
      brokenSince: since,
      reason: since === null ? null : "403",
    });
  const raiseBroken = (id: string) =>
    ground.store.transaction(() =>
      raiseOwn(ground, {
        subject: `channel:${id}`,
        headline: `channel ${id} is broken`,
        sentence: `channel ${id} is broken`,
      }),
    );
  broken("a", clock.now());
  broken("b", clock.now());
  raiseBroken("a");
  broken("b", null);
  clock.set(clock.now() + minute);
  broken("c", clock.now());
  raiseBroken("c");
  const owed = ground.store.outbox.inState("pending", 9).map(({ channel }) => channel);
  expect(owed.filter((channel) => channel === "b")).toHaveLength(1);
});

it("a problem that joins, ends and joins again is told both times", async () => {
  const { ground, watched, clock, id } = await announced();
  const owed = () => ground.store.outbox.ofIncident(id).length;
  const join = (metric: string | null, endedKeys: readonly string[]) =>
    ground.store.transaction(() => {
      const at = clock.now();
      const all = metric === null ? [] : [found(metric, at)];
      for (const { incident, finding } of raise(ground, {
        automation: "invoices",
        kind: "outputs",
        at,
        found: all,
        endedKeys,
      }))
        if (incident !== null) tellAlso(ground, watched, incident, finding, at);
    });
  const before = owed();
  join("check:x", []);
  expect(owed()).toBe(before + 1);
  clock.set(clock.now() + hour);
  join(null, [findingKey({ rule: "drift", metric: "check:x", check: null })]);
  clock.set(clock.now() + hour);
  join("check:x", []);
  expect(owed()).toBe(before + 2);
});
