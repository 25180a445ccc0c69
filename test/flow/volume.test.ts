import { describe, expect, it } from "vitest";
import type { PushIntake } from "../../src/flow/ground.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { volumeMetric } from "../../src/flow/volume-metric.js";
import { officeHours } from "../drift/volumes.js";
import {
  type BenchOptions,
  benchGround,
  draft,
  hour,
  monday,
  options,
  recordingChannel,
} from "./bench-ground.js";

type Bench = ReturnType<typeof benchGround>;
/** Outputs of the hour that begins so many hours after Monday 0:00. */
type Arrivals = (index: number) => number;

const office = officeHours(4);
const openingHours: Arrivals = (index) =>
  office(index % 168) + (index % 3 === 0 && office(index % 168) > 0 ? 1 : 0);

function arrive(bench: Bench, index: number, arrivals: Arrivals): void {
  for (let each = 0; each < arrivals(index); each += 1)
    bench.source.outputs.push(draft(`${index}-${each}`, monday + index * hour + each * 600_000, "ok"));
}

/** Closes the slot at the end of each hour. */
async function live(bench: Bench, from: number, to: number, arrivals: Arrivals): Promise<void> {
  for (let index = from; index < to; index += 1) {
    arrive(bench, index, arrivals);
    await close(bench, index + 1);
  }
}

async function close(bench: Bench, index: number): Promise<void> {
  const slotAt = monday + index * hour;
  bench.clock.set(slotAt);
  await runSlots(bench.ground, bench.watched, [slotAt], options);
}

const week = 168;

/** An automation whose history of some full weeks has been read on a Monday at 0:00. */
async function withHistory(weeks: number, arrivals: Arrivals, change: BenchOptions = {}) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready], checks: [], ...change });
  for (let index = 0; index < weeks * week; index += 1) arrive(bench, index, arrivals);
  bench.clock.set(monday + weeks * week * hour);
  await readHistory(bench.ground, bench.watched, options);
  return { bench, channel, now: weeks * week };
}

const row = (bench: Bench) => bench.ground.store.metrics.get("invoices", volumeMetric);
const volumeFinding = (bench: Bench) =>
  bench.ground.store.findings.active("invoices").find(({ finding }) => finding.metric === volumeMetric);

describe("the volume of an automation", () => {
  it("is learned from its history, hours without outputs and weekends included", async () => {
    const { bench } = await withHistory(3, openingHours);
    // the last slot with outputs of the history ends on Friday at 17:00
    expect(row(bench)).toMatchObject({ phase: "watching", learnedRuns: 2 * week + 4 * 24 + 17 - 9 + 1 - 1 });
    await close(bench, 3 * week);
    expect(row(bench)).toMatchObject({ phase: "watching", runs: 3 * week - 9 });
  });

  it("pages nobody for a realistic week, its evenings and its weekend", async () => {
    const { bench, channel, now } = await withHistory(4, openingHours);
    await live(bench, now, now + 2 * week, openingHours);
    expect(channel.messages).toEqual([]);
    expect(bench.ground.store.findings.active("invoices")).toEqual([]);
  });

  it("pages nobody when nothing runs for a day of the weekend", async () => {
    const { bench, channel, now } = await withHistory(4, openingHours);
    await live(bench, now, now + 5 * 24, openingHours);
    // from Saturday 6:00 to Sunday 6:00 nothing runs, then the missed slots are closed at once
    const missed = Array.from({ length: 25 }, (_, index) => monday + (now + 5 * 24 + 6 + index) * hour);
    bench.clock.set(missed.at(-1) ?? 0);
    await runSlots(bench.ground, bench.watched, missed, options);
    await live(bench, now + 6 * 24 + 6, now + week + 24, openingHours);
    expect(channel.messages).toEqual([]);
    expect(row(bench)?.phase).toBe("watching");
  });

  it("pages once when nothing comes during office hours, and recovers with the first hour that brings something", async () => {
    const { bench, channel, now } = await withHistory(4, openingHours);
    await live(bench, now, now + 24 + 9, openingHours);
    await live(bench, now + 24 + 9, now + 24 + 14, () => 0);
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened"]);
    expect(volumeFinding(bench)?.finding).toMatchObject({ level: "page", rule: "drift" });
    expect(volumeFinding(bench)?.finding.sentence).toMatch(
      /^no outputs for \d+ h, where about \d+(\.\d+)? are usual; the last came before Mon 17:00$/,
    );
    await live(bench, now + 24 + 14, now + 24 + 15, openingHours);
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened", "recovered"]);
    expect(bench.ground.store.incidents.open()).toEqual([]);
  });

  it("leaves a halved volume to the digest, pages the silence after it, and takes a decision", async () => {
    const halved: Arrivals = (index) => Math.ceil(openingHours(index) / 3);
    const { bench, channel, now } = await withHistory(4, openingHours);
    await live(bench, now, now + 2 * 24, halved);
    expect(volumeFinding(bench)?.finding).toMatchObject({ level: "digest" });
    expect(volumeFinding(bench)?.headline).toMatch(/^outputs fell from \S+ an hour to \S+ an hour$/);
    expect(channel.messages).toEqual([]);
    await live(bench, now + 2 * 24, now + 5 * 24, () => 0);
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened"]);
    const [open] = bench.ground.store.incidents.open();
    moveIncident(bench.ground, {
      incident: open?.id ?? 0,
      event: "accept-change",
      who: "Marta Quill",
      why: "it was switched off",
    });
    expect(row(bench)?.phase).toBe("learning");
  });

  it("takes a source that sends the same outputs again for silent", async () => {
    const { bench, channel, now } = await withHistory(4, openingHours);
    // Tuesday noon again and again, as an export sends it that is no longer made anew
    const stale = bench.source.outputs.filter(({ id }) => id.startsWith(`${now - week + 36}-`));
    expect(stale.length).toBeGreaterThan(0);
    for (let index = now; index < now + 2 * 24; index += 1) {
      bench.source.outputs.push(...stale);
      await close(bench, index + 1);
    }
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened"]);
    expect(volumeFinding(bench)?.headline).toMatch(/^no outputs for/);
  });

  it("is told of one silence once where the automation runs on a timetable", async () => {
    const daily: Arrivals = (index) => (index % 24 === 6 ? 6 : 0);
    const { bench, channel, now } = await withHistory(9, daily);
    await live(bench, now, now + 7, daily);
    await live(bench, now + 7, now + 5 * 24, () => 0);
    const silences = bench.ground.store.findings
      .active("invoices")
      .filter(({ headline }) => /no outputs for|nothing received/.test(headline));
    expect(silences).toHaveLength(1);
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened"]);
  });

  it("counts an hour once: what comes late moves no hour that was fed", async () => {
    const late = await withHistory(2, () => 3);
    const never = await withHistory(2, () => 3);
    for (const { bench, now } of [late, never]) {
      await live(bench, now, now + 3, () => 3);
      if (bench === late.bench)
        for (let each = 0; each < 40; each += 1)
          bench.source.outputs.push(draft(`late-${each}`, monday + (now + 1) * hour + each, "ok"));
      await live(bench, now + 3, now + 5, () => 3);
    }
    expect(row(late.bench)?.state).toEqual(row(never.bench)?.state);
  });

  it("feeds no hour in which the source could not be read", async () => {
    const { bench, channel, now } = await withHistory(2, () => 3);
    await live(bench, now, now + 3, () => 3);
    const before = row(bench)?.runs ?? 0;
    bench.source.break("mail.example.com answers 401");
    await live(bench, now + 3, now + 30, () => 0);
    expect(row(bench)?.runs).toBe(before);
    bench.source.break(null);
    await live(bench, now + 30, now + 32, () => 3);
    expect(row(bench)).toMatchObject({ runs: before + 2, phase: "watching" });
    expect(channel.messages.map(({ headline }) => headline)).not.toContain(/no outputs/);
  });

  it("feeds no hour in which nobody listened to pushed outputs, and all of them of a source that keeps its own", async () => {
    const push: PushIntake = { map: () => ({ kind: "golden" }), token: () => "token", hmac: null };
    for (const [listens, fed] of [
      [push, 1],
      [null, 10],
    ] as const) {
      const { bench, now } = await withHistory(2, () => 3, { change: { push: listens } });
      await live(bench, now, now + 2, () => 3);
      const before = row(bench)?.runs ?? 0;
      for (let index = now + 2; index < now + 12; index += 1)
        if (listens === null) arrive(bench, index, () => 3);
      const missed = Array.from({ length: 9 }, (_, index) => monday + (now + 3 + index) * hour);
      bench.clock.set(monday + (now + 11.6) * hour);
      await runSlots(bench.ground, bench.watched, missed, options);
      expect(row(bench)?.runs).toBe(before + fed - 1);
      // half an hour of this one was missed as well
      await close(bench, now + 12);
      await live(bench, now + 12, now + 13, () => 3);
      expect(row(bench)?.runs).toBe(before + fed + (listens === null ? 1 : 0));
      expect(row(bench)?.phase).toBe("watching");
    }
  });

  it("says nothing of an automation that has never brought anything", async () => {
    const { bench, channel, now } = await withHistory(0, () => 0);
    await live(bench, now, now + 3 * week, () => 0);
    expect(row(bench)).toBeNull();
    expect(channel.messages).toEqual([]);
  });
});
