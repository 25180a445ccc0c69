import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/domain/finding.js";
import { raise } from "../../src/flow/raise.js";
import { runSlots } from "../../src/flow/run.js";
import { tellUntold } from "../../src/flow/tell.js";
import { findingKey } from "../../src/incident/finding-key.js";
import { benchGround, draft, hour, monday, okCheck, options, recordingChannel } from "./bench-ground.js";

const minute = 60_000;

/** One problem that a script lets come and go. */
function scripted() {
  const channel = recordingChannel("ops");
  const { ground, watched, clock } = benchGround({ channels: [channel.ready] });
  const finding: Finding = {
    rule: "drift",
    metric: "check:ok",
    check: "ok",
    level: "page",
    baseline: null,
    current: null,
    evidence: 900,
    changedAt: monday,
    foundAt: monday,
    chanceMonths: 14,
    sentence: "“Begins with ok” fell",
    improvement: false,
  };
  const key = findingKey(finding);
  /** What a run at that minute says: wrong or right; told at that minute or later. */
  const at = (minutes: number, isWrong: boolean, toldAt = minutes, level = finding.level) => {
    const slotAt = monday + minutes * minute;
    clock.set(monday + toldAt * minute);
    ground.store.transaction(() => {
      raise(ground, {
        automation: "invoices",
        kind: "outputs",
        at: slotAt,
        found: isWrong
          ? [{ headline: "“Begins with ok” fell", finding: { ...finding, level, foundAt: slotAt } }]
          : [],
        endedKeys: isWrong ? [] : [key],
      });
      tellUntold(ground, watched, clock.now());
    });
  };
  const kinds = () => channel.messages.map((message) => message.kind);
  const events = () => ground.store.incidents.moves(1).map(({ event }) => event);
  return { ground, channel, at, kinds, events };
}

describe("fault 43: pass, fail, pass at every run", () => {
  it("is told as flapping at the fourth change in an hour, then held open in silence", () => {
    const { ground, channel, at, kinds, events } = scripted();
    for (let minutes = 0; minutes < 240; minutes += 15) at(minutes, (minutes / 15) % 2 === 0);
    expect(events()).toEqual(["open", "recover", "reopen", "flapping"]);
    expect(kinds()).toEqual(["opened", "recovered", "opened", "moved"]);
    expect(channel.messages.at(-1)?.news).toEqual({
      line: "It keeps changing between wrong and right: 4 changes within an hour.",
      details: ["Held open until it has been quiet for 60 min; single changes are not told."],
    });
    expect(ground.store.incidents.open()).toMatchObject([{ id: 1, status: "open" }]);
  });

  it("ends once nothing was wrong for an hour, and says so", () => {
    const { ground, at, kinds } = scripted();
    for (let minutes = 0; minutes <= 120; minutes += 15) at(minutes, (minutes / 15) % 2 === 0);
    for (let minutes = 135; minutes < 195; minutes += 15) at(minutes, false);
    expect(ground.store.incidents.open()).toHaveLength(1);
    at(195, false);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(kinds()).toEqual(["opened", "recovered", "opened", "moved", "recovered"]);
  });

  it("is no flapping when an hour lies between the changes", () => {
    const { at, events } = scripted();
    for (let minutes = 0; minutes < 360; minutes += 60) at(minutes, (minutes / 60) % 2 === 0);
    expect(events()).toEqual(["open", "recover", "reopen", "recover", "reopen", "recover"]);
  });

  it("is said with the opening when coming back is the fourth change", () => {
    const { channel, at, events } = scripted();
    at(0, true);
    for (const minutes of [61, 76, 91, 106]) at(minutes, minutes % 2 === 0);
    expect(events()).toEqual(["open", "recover", "reopen", "recover", "reopen", "flapping"]);
    expect(channel.messages.at(-1)).toMatchObject({ kind: "opened" });
    expect(channel.messages.at(-1)?.facts[0]).toMatch(/^It keeps changing between wrong and right/);
  });
});

describe("an incident of which nothing calls anyone any more", () => {
  it("says what is left of it and where that goes, and not that all is well", () => {
    const { ground, channel, at, kinds, events } = scripted();
    at(0, true);
    at(15, true, 15, "digest");
    expect(events()).toEqual(["open", "recover"]);
    expect(ground.store.incidents.moves(1).at(-1)?.why).toBe(
      "what is left of it counts for the digest only: “Begins with ok” fell",
    );
    expect(kinds()).toEqual(["opened", "recovered"]);
    const said = channel.messages.at(-1)?.news;
    expect(said?.line).toBe("Invoice extraction needs nobody at once any more");
    expect(said?.details).toContain("What is left of it counts for the digest only: “Begins with ok” fell.");
    expect(JSON.stringify(said)).not.toContain("usual level");
  });

  it("says that it is back at its usual level once that is over too", () => {
    const { ground, channel, at } = scripted();
    at(0, true);
    at(15, false);
    expect(ground.store.incidents.moves(1).at(-1)?.why).toBe("back at its usual level");
    expect(channel.messages.at(-1)?.news?.line).toBe("Invoice extraction is back at its usual level");
  });
});

describe("a source that comes and goes", () => {
  it("is told as flapping, and holds back no word about the outputs while it can be read", async () => {
    const channel = recordingChannel("ops");
    const check = okCheck({ rule: { kind: "zero-tolerance" } });
    const { ground, watched, clock, source } = benchGround({ checks: [check], channels: [channel.ready] });
    const look = async (minutes: number, isBroken: boolean, text = "ok") => {
      const slotAt = monday + minutes * minute;
      source.break(isBroken ? "connection refused" : null);
      source.outputs.push(draft(`o${minutes}`, slotAt - minute, text));
      clock.set(slotAt);
      await runSlots(ground, watched, [slotAt], options);
    };
    for (let minutes = 0; minutes < 100; minutes += 10) await look(minutes, (minutes / 10) % 2 === 0);
    const kinds = () => channel.messages.map((message) => message.kind);
    expect(kinds()).toEqual(["opened", "recovered", "opened", "moved"]);
    await look(100, true);
    expect(kinds()).toHaveLength(4);
    await look(110, false, "bad");
    expect(channel.messages.at(-1)).toMatchObject({ kind: "opened", incident: { kind: "outputs" } });
    for (let minutes = 120; minutes <= 160; minutes += 10) await look(minutes, false);
    expect(ground.store.incidents.openOf("invoices", "blind")).not.toBeNull();
    await look(170, false);
    expect(ground.store.incidents.openOf("invoices", "blind")).toBeNull();
  });
});

describe("fault 42: the same problem 10,000 times", () => {
  it("is one incident with one notice and a counter of 10,000", () => {
    const { ground, at, kinds } = scripted();
    ground.store.transaction(() => {
      for (let minutes = 0; minutes < 10_000; minutes += 1) at(minutes, true);
    });
    expect(ground.store.incidents.list(10)).toHaveLength(1);
    expect(ground.store.findings.timesSeen(1)).toEqual({ times: 10_000, lastAt: monday + 9_999 * minute });
    expect(kinds()).toEqual(["opened"]);
  });
});

describe("fault 44: what is told out of order", () => {
  it("does not end an incident by a recovery that is older than its opening", () => {
    const { ground, at, events } = scripted();
    at(60, true);
    at(45, false, 90);
    expect(events()).toEqual(["open"]);
    expect(ground.store.incidents.open()).toHaveLength(1);
    at(105, false);
    expect(events()).toEqual(["open", "recover"]);
  });

  it("opens no ghost for what happened before the end of the one that is over", () => {
    const { ground, at, events, kinds } = scripted();
    at(0, true);
    at(60, false);
    at(30, true, 75);
    expect(events()).toEqual(["open", "recover", "late"]);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.findings.active("invoices")).toEqual([]);
    expect(kinds()).toEqual(["opened", "recovered"]);
    at(90, true);
    expect(ground.store.incidents.open()).toMatchObject([{ id: 1 }]);
  });

  it("keeps silence open when outputs from before it come late, until newer ones come", async () => {
    const bench = benchGround({ checks: [okCheck({ level: "record" })] });
    const { ground, watched, clock, source } = bench;
    const slot = async (at: number, now: number) => {
      clock.set(now);
      await runSlots(ground, watched, [at], options);
    };
    const day = 24 * hour;
    for (let at = 0; at < 10 * day; at += hour / 2) source.outputs.push(draft(`o${at}`, monday + at, "ok"));
    await slot(monday + 10 * day, monday + 10 * day);
    await slot(monday + 10 * day + 12 * hour, monday + 10 * day + 12 * hour);
    const [open] = ground.store.incidents.open();
    expect(open).toMatchObject({ status: "open" });
    source.outputs.push(draft("late", monday + 10 * day + 10 * minute, "ok"));
    await slot(monday + 10 * day + hour, monday + 10 * day + 13 * hour);
    expect(ground.store.incidents.get(open?.id ?? 0)).toMatchObject({ status: "open" });
    source.outputs.push(draft("new", monday + 10 * day + 14 * hour, "ok"));
    await slot(monday + 10 * day + 15 * hour, monday + 10 * day + 15 * hour);
    expect(ground.store.incidents.get(open?.id ?? 0)).toMatchObject({ status: "resolved" });
  });
});
