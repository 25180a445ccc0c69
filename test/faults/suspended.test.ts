import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { endAll, start, until } from "./daemon-process.js";
import { count, emptyFolder, removeFolders, rows } from "./folder.js";

afterEach(() => {
  endAll();
  removeFolders();
});

/** Puts the wall clock of the process so that a minute begins when `secondsToGo` have passed. */
function beforeTheMinute(secondsToGo: number): string {
  return `const real = Date.now;
    const offset = 60_000 - (real() % 60_000) - ${secondsToGo * 1_000};
    Date.now = () => real() + offset;`;
}

/** A folder with three automations that look at a file every minute. */
function minuteFolder(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "replies.jsonl"), '{"id":"a","at":"2026-03-02T09:00:00Z","output":"Hello"}\n');
  const automation = (id: string) => ({
    id,
    title: `Replies ${id}`,
    does: "Drafts replies",
    owner: "Tom Ashby",
    risk: "low",
    schedule: "every 1m",
    source: { type: "file", path: "replies.jsonl", complete: true },
    checks: [{ id: "short", type: "length", max: 100 }],
  });
  const settings = {
    name: "Harbour & Lane",
    timeZone: "UTC",
    aiOwner: "Tom Ashby",
    people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    automations: ["one", "two", "three"].map(automation),
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(settings));
  return folder;
}

it("fault 12: SIGSTOP over a slot, then SIGCONT: one late run of each schedule, no burst, no source called down", async () => {
  const folder = minuteFolder();
  const daemon = await start(folder, beforeTheMinute(12));
  const read = "SELECT count(*) FROM automation WHERE history_read_at IS NOT NULL";
  await until("the histories are read", 20_000, () => count(folder, read) === 3);
  const next = rows<{ at: number }>(folder, "SELECT DISTINCT next_due_at AS at FROM schedule");
  expect(next).toHaveLength(1);
  const slotAt = next[0]?.at ?? 0;
  daemon.signal("SIGSTOP");
  await setTimeout(14_000);
  daemon.signal("SIGCONT");
  const runs = `SELECT automation FROM run WHERE slot_at = ${slotAt} AND kind = 'sampled' ORDER BY automation`;
  await until("each has had its run", 25_000, () => rows(folder, runs).length === 3);
  expect(rows(folder, runs)).toEqual(["one", "three", "two"].map((automation) => ({ automation })));
  expect(daemon.stderr()).toContain("the process was held up");
  const health: { beat: { longestLateMs: number } } = JSON.parse(await (await daemon.ask("healthz")).text());
  expect(health.beat.longestLateMs).toBeGreaterThan(10_000);
  expect(count(folder, "SELECT count(*) FROM incident")).toBe(0);
  expect(
    count(folder, `SELECT count(*) FROM run WHERE slot_at > ${slotAt} AND slot_at < ${slotAt + 60_000}`),
  ).toBe(0);
  expect(await daemon.stop()).toMatchObject({ code: 0 });
});
