import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/domain/finding.js";
import { decideIncident, type Situation } from "../../src/incident/decide.js";
import { findingKey } from "../../src/incident/finding-key.js";
import { noSwings, type Swings } from "../../src/incident/flapping.js";

const now = Date.UTC(2026, 2, 3, 9);
const minute = 60_000;
const finding: Finding = {
  rule: "drift",
  metric: "check:total",
  check: "total",
  level: "page",
  baseline: { share: 0.96, n: 323 },
  current: { share: 0.71, n: 41 },
  evidence: 5000,
  changedAt: now - 5 * minute,
  foundAt: now,
  chanceMonths: 14,
  sentence: "Totals fell since Tue",
  improvement: false,
};
const paging = { key: findingKey(finding), finding, headline: "Totals fell", isNew: true };
const quiet: Situation = { kind: "outputs", now, clockAt: now, open: null, latest: null, paging: [] };
const open = {
  id: 7,
  status: "open" as const,
  openedAt: now - 20 * minute,
  swings: noSwings,
  lastWrongAt: null,
};
const ended = {
  id: 6,
  status: "resolved" as const,
  endedAt: now - 60 * minute,
  keys: [paging.key],
  swings: noSwings,
};
/** Opened, recovered and came back, all within the hour. */
const threeChanges: Swings = { flapping: false, changedAt: [10, 20, 40].map((ago) => now - ago * minute) };
const flapping: Swings = { ...threeChanges, flapping: true };

describe("deciding about an incident", () => {
  it.each<[string, Partial<Situation>, object]>([
    ["does nothing when nothing is wrong", {}, { do: "nothing" }],
    ["opens with the first finding's headline", { paging: [paging] }, { do: "open", title: "Totals fell" }],
    [
      "reopens the one that ended within a day with the same problem",
      { paging: [paging], latest: ended },
      { do: "reopen", incident: 6, flaps: false },
    ],
    [
      "opens another after a day",
      { paging: [paging], latest: { ...ended, endedAt: now - 25 * 60 * minute } },
      { do: "open", title: "Totals fell" },
    ],
    [
      "opens another when the old one was about something else",
      { paging: [paging], latest: { ...ended, keys: ["v1:other"] } },
      { do: "open", title: "Totals fell" },
    ],
    [
      "opens another when the old one was a false alarm",
      { paging: [paging], latest: { ...ended, status: "false-alarm" } },
      { do: "open", title: "Totals fell" },
    ],
    [
      "joins a new finding to the open one",
      { paging: [paging], open },
      { do: "join", incident: 7, worsened: false, flaps: false, quietly: false },
    ],
    [
      "says nothing when the same problem goes on",
      { paging: [{ ...paging, isNew: false }], open },
      { do: "nothing" },
    ],
    [
      "goes back to by hand when a recovering one is bad again",
      { paging: [{ ...paging, isNew: false }], open: { ...open, status: "recovering" } },
      { do: "join", incident: 7, worsened: true, flaps: false, quietly: false },
    ],
    ["recovers when no paging finding is left", { open }, { do: "recover", incident: 7 }],
    [
      "waits ten minutes before it recovers",
      { open: { ...open, openedAt: now - 5 * minute } },
      { do: "nothing" },
    ],
    [
      "recovers a blind one at the first good read",
      { kind: "blind", open: { ...open, openedAt: now - minute } },
      { do: "recover", incident: 7 },
    ],
    [
      "leaves a recovering one to the person who switches back",
      { open: { ...open, status: "recovering" } },
      { do: "nothing" },
    ],
    [
      "holds it open at the fourth change in an hour",
      { open: { ...open, swings: threeChanges } },
      { do: "hold", incident: 7 },
    ],
    [
      "lets it recover when the changes lie further apart",
      {
        open: {
          ...open,
          swings: { ...threeChanges, changedAt: [10, 20, 61].map((ago) => now - ago * minute) },
        },
      },
      { do: "recover", incident: 7 },
    ],
    [
      "says that it flaps when coming back is the fourth change",
      { paging: [paging], latest: { ...ended, swings: threeChanges } },
      { do: "reopen", incident: 6, flaps: true },
    ],
    [
      "keeps a flapping one open until nothing was wrong for an hour",
      { open: { ...open, swings: flapping, lastWrongAt: now - 59 * minute } },
      { do: "nothing" },
    ],
    [
      "ends a flapping one once it was quiet for an hour",
      { open: { ...open, swings: flapping, lastWrongAt: now - 60 * minute } },
      { do: "recover", incident: 7 },
    ],
    [
      "never ends it by a recovery that is older than the opening",
      { open: { ...open, openedAt: now + 20 * minute }, clockAt: now + 60 * minute },
      { do: "nothing" },
    ],
    [
      "ends one that a clock opened which stood ahead",
      { open: { ...open, openedAt: now + 20 * minute }, clockAt: now },
      { do: "recover", incident: 7 },
    ],
    [
      "notes what came before the end of one that is over, and opens nothing",
      { paging: [paging], latest: { ...ended, endedAt: now + minute }, clockAt: now + 60 * minute },
      { do: "note-late", incident: 6 },
    ],
    [
      "opens for another problem, however late it is told",
      {
        paging: [paging],
        latest: { ...ended, endedAt: now + minute, keys: ["v1:other"] },
        clockAt: now + 60 * minute,
      },
      { do: "open", title: "Totals fell" },
    ],
  ])("%s", (_, change, plan) => {
    expect(decideIncident({ ...quiet, ...change })).toEqual(plan);
  });

  it("gives one problem one key, whatever its level or wording", () => {
    expect(findingKey({ ...finding })).toBe(findingKey({ ...finding, rule: "drift" }));
    expect(findingKey(finding)).not.toBe(findingKey({ ...finding, rule: "floor" }));
  });
});
