import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SourceError } from "../../src/domain/errors.js";
import { deliverDue, recoverOutbox } from "../../src/flow/deliver.js";
import { escalateOverdue } from "../../src/flow/escalate.js";
import type { Ground, ReadyChannel, Watched } from "../../src/flow/ground.js";
import { keepSilences } from "../../src/flow/keep-silences.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { offlineSince } from "../../src/flow/offline-since.js";
import { watchOwnOutage } from "../../src/flow/own-outage.js";
import { raise } from "../../src/flow/raise.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { runDue } from "../../src/flow/run-due.js";
import { tellUntold } from "../../src/flow/tell.js";
import { isDown, isUnanswered } from "../../src/flow/unreachable.js";
import { incidentPage } from "../../src/http/dashboard/incident-page.js";
import { overviewPage } from "../../src/http/dashboard/overview-page.js";
import { readMessage } from "../../src/notify/read-message.js";
import type { Route } from "../../src/notify/route.js";
import { httpFailure } from "../../src/platform/http-failure.js";
import { readAnswer } from "../../src/sample/http-answer.js";
import { openStore } from "../../src/store/open.js";
import {
  benchGround,
  draft,
  entry,
  hour,
  monday,
  options,
  recordingChannel,
  scriptedSource,
} from "./bench-ground.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const gone = "desk.example.com: cannot be reached (ECONNREFUSED)";
const titles = ["Support triage", "Reply drafting", "Product translation"];

/** Three automations that are read from one host, and one from another, on a database that outlives the process. */
async function bench({ idle = [], routes = [] }: { idle?: ReadyChannel[]; routes?: Route[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-source-"));
  folders.push(folder);
  const channel = recordingChannel("ops");
  const { ground: one, watched, clock } = benchGround({ channels: [channel.ready, ...idle], routes });
  const watchedOn = (id: string, title: string, host: string) => {
    const source = scriptedSource();
    const automation: Watched = {
      ...watched,
      source,
      sourceHost: host,
      entry: { ...entry, id, title },
      // looked at by hand
      schedule: null,
    };
    return { source, automation };
  };
  const all = [
    ...titles.map((title, index) => watchedOn(`desk-${index}`, title, "desk.example.com")),
    watchedOn("shop", "Shop texts", "shop.example.com"),
  ];
  const open = (): Ground => ({
    ...one,
    store: openStore({ path: join(folder, "evenkeel.db"), newInstanceId: "1".repeat(32) }),
    register: { ...one.register, automations: all.map((each) => each.automation) },
    atWork: new Set(),
  });
  const state = { ground: open() };
  const restart = () => {
    state.ground.store.close();
    state.ground = open();
    recoverOutbox(state.ground);
  };
  for (const [index, each] of all.entries()) {
    each.source.outputs.push(draft(`${index}`, monday, "ok"));
    await readHistory(state.ground, each.automation, options);
  }
  const run = async (index: number, at: number) => {
    clock.set(at);
    const each = all[index];
    if (each !== undefined) await runSlots(state.ground, each.automation, [at], options);
    await deliverDue(state.ground, new Set(), options.signal);
  };
  const beat = async (at: number) => {
    clock.set(at);
    const { ground } = state;
    keepSilences(ground);
    watchOwnOutage(ground);
    escalateOverdue(ground);
    const now = <T>(work: () => Promise<T>) => work();
    await runDue(ground, { ...options, limit: now, askingLimit: now, resting: new Map() });
    await deliverDue(ground, new Set(), options.signal);
    watchOwnOutage(ground);
  };
  const breakAll = (reason: string | null, hosts = ["desk.example.com"]) => {
    for (const each of all) if (hosts.includes(each.automation.sourceHost ?? "")) each.source.break(reason);
  };
  const told = () => channel.messages.map(({ kind, headline }) => `${kind}: ${headline}`);
  const openIncidents = () => state.ground.store.incidents.open();
  return { state, restart, run, beat, breakAll, all, channel, told, openIncidents, clock };
}

describe("fault 50: a source is unreachable for all that are read from it", () => {
  it("opens one message about the source, holds the others back and shows them", async () => {
    const { state, run, breakAll, told, channel, openIncidents } = await bench();
    breakAll(gone);
    for (const index of [0, 1, 2]) await run(index, monday + (index + 1) * hour);
    expect(openIncidents()).toHaveLength(3);
    expect(told()).toEqual(["opened: Source down: desk.example.com (Support triage and 2 more)"]);
    expect(channel.messages[0]?.facts).toContain(
      "Reply drafting and Product translation read from there too; nothing of their own is sent while this is open",
    );
    const page = String(incidentPage(state.ground, 2));
    expect(page).toContain("Source down: desk.example.com. One incident speaks for all");
    expect(page).toContain('<a href="/i/1">Incident 1</a> (Support triage)');
    expect(String(overviewPage(state.ground))).toContain("3 incidents open");
  });

  it("takes a fresh sample of the others once it is back, before anything is said, and a restart changes nothing", async () => {
    const { run, beat, breakAll, told, openIncidents, restart, all } = await bench();
    breakAll(gone);
    for (const index of [0, 1]) await run(index, monday + (index + 1) * hour);
    restart();
    await run(2, monday + 3 * hour);
    await run(1, monday + 4 * hour);
    expect(told()).toHaveLength(1);
    restart();
    breakAll(null);
    all[2]?.source.break("desk.example.com: answered 401; is the key right and allowed to read?");
    await run(0, monday + 5 * hour);
    expect(told().slice(1)).toEqual(["recovered: Support triage cannot be checked"]);
    restart();
    await beat(monday + 5 * hour + 1_000);
    expect(openIncidents().map((row) => row.automation)).toEqual(["desk-2"]);
    expect(told().slice(2)).toEqual(["opened: Product translation cannot be checked"]);
  });

  it("keeps back what is wrong with the outputs meanwhile, over a restart too, until they were looked at anew", async () => {
    const { state, run, breakAll, told, restart, all, clock } = await bench();
    await run(0, monday + hour / 2);
    breakAll(gone);
    await run(0, monday + hour);
    const finding = {
      rule: "silence" as const,
      metric: null,
      check: null,
      level: "page" as const,
      baseline: null,
      current: null,
      evidence: null,
      changedAt: clock.now(),
      foundAt: clock.now(),
      chanceMonths: null,
      sentence: "nothing received for 9 h since 01:00",
      improvement: false,
    };
    const say = () => {
      const automation = all[0]?.automation;
      if (automation !== undefined) tellUntold(state.ground, automation, clock.now());
    };
    const found = [{ headline: "nothing received for 9 h", finding }];
    raise(state.ground, { automation: "desk-0", kind: "outputs", at: clock.now(), found, endedKeys: [] });
    say();
    restart();
    say();
    expect(told()).toHaveLength(1);
    breakAll(null);
    await run(0, monday + 2 * hour);
    expect(told().slice(1)).toEqual([
      "recovered: Support triage cannot be checked",
      "opened: Support triage: nothing received for 9 h",
    ]);
  });

  it("holds back nothing whose key alone is refused", async () => {
    const { run, breakAll, told, all } = await bench();
    breakAll(gone);
    all[1]?.source.break("desk.example.com: answered 401; is the key right and allowed to read?");
    await run(0, monday + hour);
    await run(1, monday + 2 * hour);
    expect(told()).toEqual([
      "opened: Source down: desk.example.com (Support triage and 2 more)",
      "opened: Reply drafting cannot be checked",
    ]);
  });

  it.each([
    [
      "a closed port",
      () => httpFailure(Object.assign(new Error("x"), { code: "ECONNREFUSED" }), "a"),
      true,
      true,
    ],
    ["no name", () => httpFailure(Object.assign(new Error("x"), { code: "ENOTFOUND" }), "a"), true, true],
    [
      "no connection in time",
      () => httpFailure(Object.assign(new Error("x"), { code: "ETIMEDOUT" }), "a"),
      true,
      true,
    ],
    ["a cut", () => httpFailure(new Error("socket hang up"), "a"), true, true],
    [
      "a bad certificate",
      () => httpFailure(Object.assign(new Error("x"), { code: "CERT_HAS_EXPIRED" }), "a"),
      false,
      false,
    ],
    ["503", () => answered(503), false, true],
    ["401", () => answered(401), false, false],
    ["HTML", () => answered(200), false, false],
  ])("tells by the reason who is to blame: %s", (_, made, unanswered, down) => {
    const { message } = made();
    expect([isUnanswered(message), isDown(message)]).toEqual([unanswered, down]);
  });
});

function answered(status: number): Error {
  try {
    readAnswer({ status, headers: {}, body: "<html>" }, "a");
  } catch (thrown) {
    if (thrown instanceof SourceError) return thrown;
  }
  throw new Error("no refusal");
}

describe("fault 51: Evenkeel itself is offline", () => {
  const offline = {
    status: "retry",
    reason: "slack.com: cannot be reached (ENOTFOUND)",
    afterMs: null,
  } as const;
  const everywhere = ["desk.example.com", "shop.example.com"];

  it("is one incident of its own: on the page meanwhile, the first message once it is back; nothing is judged", async () => {
    const { state, run, beat, breakAll, channel, told, restart, openIncidents, all } = await bench();
    channel.answers.push(...Array.from({ length: 40 }, () => offline));
    breakAll("x.example.com: cannot be reached (ENOTFOUND)", everywhere);
    for (const index of [0, 1, 2, 3]) await run(index, monday + hour + index * 60_000);
    await beat(monday + hour + 10 * 60_000);
    await beat(monday + hour + 11 * 60_000);
    const { store } = state.ground;
    expect(openIncidents().map((row) => [row.kind, row.toldStatus])).toEqual(
      Array.from({ length: 4 }, () => ["blind", null]),
    );
    expect(String(overviewPage(state.ground))).toContain(
      "Evenkeel itself has been offline since today 01:00",
    );
    const failed = all.map((each) => store.outputs.countFailingSince(each.automation.entry.id, ["ok"], 0));
    expect(failed).toEqual([0, 0, 0, 0]);
    expect(store.outbox.tally().waiting).toBe(0);
    const sentBefore = told().length;
    restart();
    expect(String(overviewPage(state.ground))).toContain(
      "Evenkeel itself has been offline since today 01:00",
    );
    channel.answers.length = 0;
    channel.sent.length = 0;
    breakAll(null, everywhere);
    for (const minute of [20, 22, 23, 24]) await beat(monday + hour + minute * 60_000);
    expect(told().slice(sentBefore)).toEqual([
      expect.stringMatching(/^self: Evenkeel itself was offline from 01:00 to 01:2\d \(2\d min\)$/),
    ]);
    expect(channel.sent).toHaveLength(1);
    expect(openIncidents()).toEqual([]);
    expect(String(overviewPage(state.ground))).not.toContain("Evenkeel itself");
  });

  const broken = "Evenkeel: channel ops is broken";
  const unreached = "Evenkeel may be cut off: no source answers, nor does its channel ops";
  const onlyOps: Route[] = [{ when: {}, to: ["ops"], also: false }];

  it.each([
    ["because of the routes", { onlyAsFallback: false }],
    ["because it stands in for another only", { onlyAsFallback: true }],
  ])("is seen though a channel was never tried %s", async (_, change) => {
    const pager = recordingChannel("pager", change);
    const { state, run, beat, breakAll, channel, all } = await bench({
      idle: [pager.ready],
      routes: onlyOps,
    });
    for (const each of [channel, pager]) each.answers.push(...Array.from({ length: 60 }, () => offline));
    breakAll("x.example.com: cannot be reached (ENOTFOUND)", everywhere);
    for (const [index] of all.entries()) await run(index, monday + hour + index * 60_000);
    const seenAt = async () => {
      for (let minute = 4; minute < 60; minute += 1) {
        await beat(monday + hour + minute * 60_000);
        if (offlineSince(state.ground) !== null) return minute;
      }
      return null;
    };
    expect(await seenAt()).toBeLessThan(10);
  });

  it.each([
    ["nothing answers", true, [broken, broken]],
    ["it still takes messages", false, [broken, broken, unreached]],
  ])(
    "asks the channel that is idle, as what is wrong with the other is known: %s",
    async (_, seen, heard) => {
      const pager = recordingChannel("pager");
      const { state, run, beat, breakAll, channel, all } = await bench({
        idle: [pager.ready],
        routes: onlyOps,
      });
      const { store } = state.ground;
      channel.answers.push({ status: "refused", reason: "slack.com: answered 401" });
      breakAll("desk.example.com: answered 500");
      for (const index of [0, 1, 2]) await run(index, monday + hour + index * 60_000);
      const [own] = store.incidents.open().filter((row) => row.automation === "evenkeel:itself");
      moveIncident(state.ground, {
        incident: own?.id ?? 0,
        event: "acknowledge",
        who: "Ines Calder",
        why: null,
      });
      await beat(monday + hour + 4 * 60_000);
      channel.answers.push(...Array.from({ length: 60 }, () => offline));
      if (seen) pager.answers.push(...Array.from({ length: 60 }, () => offline));
      breakAll("x.example.com: cannot be reached (ENOTFOUND)", everywhere);
      for (const [index] of all.entries()) await run(index, monday + 2 * hour + index * 60_000);
      for (let minute = 4; minute < 30; minute += 1) await beat(monday + 2 * hour + minute * 60_000);
      expect(offlineSince(state.ground) !== null).toBe(seen);
      const arrived = store.outbox.inState("sent", 99).filter((row) => row.channel === "pager");
      const headlines = arrived.map(({ message }) => readMessage(JSON.parse(message)).headline);
      expect(headlines.reverse()).toEqual(heard);
      if (!seen) return;
      channel.answers.length = 0;
      pager.answers.length = 0;
      breakAll(null, everywhere);
      for (const minute of [40, 41, 42, 43]) await beat(monday + 2 * hour + minute * 60_000);
      expect(offlineSince(state.ground)).toBe(null);
      const later = store.outbox.inState("sent", 99).filter((row) => row.channel === "pager");
      expect(later.map(({ message }) => readMessage(JSON.parse(message)).headline)).toContainEqual(
        expect.stringMatching(/^Evenkeel itself was offline from/),
      );
      expect(later.map(({ message }) => readMessage(JSON.parse(message)).headline)).not.toContain(unreached);
    },
  );

  it("keeps the queue, and is not seen where a channel or another source still answers", async () => {
    const { state, run, beat, breakAll, channel, told } = await bench();
    channel.answers.push(...Array.from({ length: 40 }, () => offline));
    breakAll(gone);
    for (const index of [0, 1, 2]) await run(index, monday + hour + index * 60_000);
    await beat(monday + hour + 10 * 60_000);
    await beat(monday + hour + 12 * 60_000);
    expect(String(overviewPage(state.ground))).not.toContain("Evenkeel itself has been offline");
    // what was found, and that the only channel takes nothing
    expect(state.ground.store.outbox.tally().waiting).toBe(2);
    expect(told()).toEqual([
      "opened: Source down: desk.example.com (Support triage and 2 more)",
      expect.stringMatching(/^opened: .*channel/i),
    ]);
  });
});
