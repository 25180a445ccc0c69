import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/domain/finding.js";
import { decideIncident, type Situation } from "../../src/incident/decide.js";
import { findingKey } from "../../src/incident/finding-key.js";

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
const quiet: Situation = { kind: "outputs", now, open: null, latest: null, paging: [] };
const open = { id: 7, status: "open" as const, openedAt: now - 20 * minute };
const ended = { id: 6, status: "resolved" as const, endedAt: now - 60 * minute, keys: [paging.key] };

describe("deciding about an incident", () => {
  it.each<[string, Partial<Situation>, object]>([
    ["does nothing when nothing is wrong", {}, { do: "nothing" }],
    ["opens with the first finding's headline", { paging: [paging] }, { do: "open", title: "Totals fell" }],
    [
      "reopens the one that ended within a day with the same problem",
      { paging: [paging], latest: ended },
      { do: "reopen", incident: 6 },
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
      { do: "join", incident: 7, worsened: false },
    ],
    [
      "says nothing when the same problem goes on",
      { paging: [{ ...paging, isNew: false }], open },
      { do: "nothing" },
    ],
    [
      "goes back to by hand when a recovering one is bad again",
      { paging: [{ ...paging, isNew: false }], open: { ...open, status: "recovering" } },
      { do: "join", incident: 7, worsened: true },
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
  ])("%s", (_, change, plan) => {
    expect(decideIncident({ ...quiet, ...change })).toEqual(plan);
  });

  it("gives one problem one key, whatever its level or wording", () => {
    expect(findingKey({ ...finding })).toBe(findingKey({ ...finding, rule: "drift" }));
    expect(findingKey(finding)).not.toBe(findingKey({ ...finding, rule: "floor" }));
  });
});
