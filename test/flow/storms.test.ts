import { describe, expect, it } from "vitest";
import type { Ground } from "../../src/flow/ground.js";
import { itselfId } from "../../src/flow/itself.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { readByPeople } from "../../src/notify/pacing.js";
import { recordingChannel } from "./bench-ground.js";
import { company as automationsWith } from "./company.js";

const second = 1_000;
const down = { status: "retry", reason: "connection refused", afterMs: null } as const;

/** The automations, and what the first channel was told. */
function company(automations: number, channels: ReturnType<typeof recordingChannel>[]) {
  const bench = automationsWith(
    automations,
    channels.map((each) => each.ready),
  );
  const headlines = () => channels[0]?.sent.map(({ id }) => headlineOf(bench.ground, id)) ?? [];
  return { ...bench, headlines };
}

function headlineOf({ store }: Ground, id: string): string {
  const message = store.outbox.byIds([id])[0]?.message ?? "{}";
  const parsed: { kind: string; headline: string; news: { line: string } | null } = JSON.parse(message);
  return `${parsed.kind}: ${parsed.kind === "opened" || parsed.news === null ? parsed.headline : parsed.news.line}`;
}

describe("fault 41: 500 incidents in one minute", () => {
  it("sends at most one message a second, the first few single, the rest as one summary, all on record", async () => {
    const slack = recordingChannel("slack", { pacing: readByPeople });
    const { ground, clock, open, deliver, later } = company(500, [slack]);
    const sentAt: number[] = [];
    for (let tick = 0; tick < 120; tick += 1) {
      for (let each = tick * 9; each < Math.min(500, tick * 9 + 9); each += 1) open(each);
      const before = slack.sent.length;
      await deliver();
      for (let each = before; each < slack.sent.length; each += 1) sentAt.push(clock.now());
      later(second);
    }
    const begunAt = sentAt[0] ?? 0;
    const within = (ms: number) => sentAt.filter((at) => at < begunAt + ms).length;
    expect(within(second)).toBe(3);
    for (let seconds = 1; seconds <= 120; seconds += 1)
      expect(within(seconds * second)).toBeLessThanOrEqual(3 + seconds);
    const kinds = slack.sent.map(({ id }) => ground.store.outbox.byIds([id])[0]?.kind);
    expect(kinds).toEqual([...Array.from({ length: 5 }, () => "opened"), "summary"]);
    const summary = ground.store.outbox.byIds([slack.sent.at(-1)?.id ?? ""])[0];
    expect(summary?.message).toContain("And 495 more incidents opened within 1 min");
    expect(summary?.message).toContain("https://evenkeel.example.com/messages");
    expect(ground.store.outbox.counts()).toEqual({ sent: 6, superseded: 495 });
    expect(ground.store.outbox.carriedTally(summary?.seq ?? 0)).toMatchObject({ messages: 495, opened: 495 });
    expect(ground.store.incidents.open()).toHaveLength(500);
  });

  it("says in the summary which have ended meanwhile, and tells nothing twice", async () => {
    const slack = recordingChannel("slack", { pacing: readByPeople });
    const { ground, open, deliver, later } = company(20, [slack]);
    for (let each = 0; each < 20; each += 1) open(each);
    await deliver();
    const last = ground.store.incidents.open().at(-1)?.id ?? 0;
    moveIncident(ground, {
      incident: last,
      event: "resolve",
      who: "Marta Quill",
      why: "mended",
      cause: "model",
      waiveRest: true,
    });
    for (let seconds = 0; seconds < 90; seconds += 1) {
      await deliver();
      later(second);
    }
    const summary = ground.store.outbox.byIds([slack.sent.at(-1)?.id ?? ""])[0];
    expect(summary?.kind).toBe("summary");
    expect(ground.store.outbox.counts()).toEqual({ sent: 6, superseded: 16 });
    expect(ground.store.outbox.tally().waiting).toBe(0);
  });

  it("sends every one by itself, as fast as it answers, where pace and summary are off", async () => {
    const hook = recordingChannel("hook");
    const { open, deliver, ground } = company(40, [hook]);
    for (let each = 0; each < 40; each += 1) open(each);
    await deliver();
    expect(hook.sent).toHaveLength(40);
    expect(ground.store.outbox.counts()).toEqual({ sent: 40 });
  });

  it("keeps to a faster rate between two beats", async () => {
    const slack = recordingChannel("slack", {
      pacing: { rate: { perSecond: 10, burst: 2 }, coalesce: false },
    });
    const { open, deliver, clock } = company(12, [slack]);
    for (let each = 0; each < 12; each += 1) open(each);
    const begunAt = clock.now();
    await deliver();
    expect(slack.sent).toHaveLength(12);
    expect(clock.now() - begunAt).toBe(second);
  });
});

describe("fault 40: opened and resolved while the channel was down", () => {
  it("tells it in one message, never the end alone, never nothing", async () => {
    const hook = recordingChannel("hook");
    hook.answers.push(down, down, down);
    const { ground, open, deliver, later, headlines } = company(1, [hook]);
    open(0);
    await deliver();
    later(25 * second);
    const incident = ground.store.incidents.open()[0]?.id ?? 0;
    moveIncident(ground, {
      incident,
      event: "resolve",
      who: "Marta Quill",
      why: "mended",
      cause: "model",
      waiveRest: true,
    });
    for (let seconds = 0; seconds < 60; seconds += 1) {
      await deliver();
      later(second);
    }
    expect(headlines().at(-1)).toBe(
      "ended: Automation 0: opened and resolved while this channel was unreachable",
    );
    expect(ground.store.outbox.counts()).toEqual({ sent: 1, superseded: 2 });
    const carried = ground.store.outbox.listed("superseded", 5).map((each) => each.carriedBy);
    expect(new Set(carried)).toEqual(new Set([ground.store.outbox.listed("sent", 1)[0]?.seq]));
  });

  it("keeps the two apart where the opening arrived", async () => {
    const hook = recordingChannel("hook");
    const { ground, open, deliver, headlines } = company(1, [hook]);
    open(0);
    await deliver();
    const incident = ground.store.incidents.open()[0]?.id ?? 0;
    moveIncident(ground, {
      incident,
      event: "resolve",
      who: "Marta Quill",
      why: "mended",
      cause: "model",
      waiveRest: true,
    });
    await deliver();
    expect(headlines().map((each) => each.split(":")[0])).toEqual(["opened", "ended"]);
  });
});

describe("fault 32: a receiver down for 26 hours", () => {
  it("passes everything on after 5 minutes, gives up after 24 hours, and keeps what it gave up", async () => {
    const slack = recordingChannel("slack", { fallback: "mail" });
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    slack.answers.push(...Array.from({ length: 1_000 }, () => down));
    const { ground, clock, open, deliver, later } = company(3, [slack, mail]);
    const begunAt = clock.now();
    open(0);
    open(1);
    const tries: number[] = [];
    let third = false;
    while (clock.now() - begunAt < 26 * 3_600 * second) {
      const before = slack.sent.length;
      await deliver();
      if (slack.sent.length > before) tries.push(clock.now());
      if (!third && clock.now() - begunAt > 7_200 * second) {
        open(2);
        third = true;
      }
      later(15 * second);
    }
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? at));
    expect(Math.max(...waits)).toBeLessThanOrEqual(315 * second);
    const dead = ground.store.outbox.listed("dead", 10);
    expect(dead.map((each) => [each.channel, each.passedOn])).toEqual(
      Array.from({ length: dead.length }, () => ["slack", true]),
    );
    expect(dead.length).toBeGreaterThanOrEqual(2);
    const passed = ground.store.outbox.listed("sent", 10).filter((each) => each.kind === "opened");
    // three incidents and the one about the broken channel
    expect(passed.map((each) => each.channel)).toEqual(["mail", "mail", "mail", "mail"]);
    expect(passed.at(-1)?.sentAt).toBeLessThanOrEqual(begunAt + 330 * second);
    expect(ground.store.incidents.openOf(itselfId, "outputs")?.title).toBe("channel slack is broken");
  });
});

describe("fault 34: a channel that refuses for good", () => {
  it("asks the fallback channel at once, opens one incident about itself, and does not try again", async () => {
    const slack = recordingChannel("slack", { fallback: "mail" });
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    slack.answers.push({ status: "refused", reason: "Slack says channel_not_found" });
    const { open, deliver, later } = company(1, [slack, mail]);
    open(0);
    await deliver();
    await deliver();
    for (let minutes = 0; minutes < 30; minutes += 1) {
      await deliver();
      later(60 * second);
    }
    expect(slack.sent).toHaveLength(1);
    expect(mail.messages.map((each) => each.headline)).toEqual([
      "Automation 0: totals fell from 96% to about 71%",
      "Evenkeel: channel slack is broken",
    ]);
    expect(mail.sent).toHaveLength(2);
    expect(mail.messages[1]?.byHand?.steps[0]).toContain("evenkeel doctor");
  });

  it("ends that incident once a message arrives there again", async () => {
    const slack = recordingChannel("slack", { fallback: "mail" });
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    slack.answers.push({ status: "refused", reason: "Slack says invalid_auth" });
    const { ground, open, deliver, later } = company(2, [slack, mail]);
    open(0);
    await deliver();
    await deliver();
    later(3_600 * second);
    open(1);
    await deliver();
    await deliver();
    expect(ground.store.channels.get("slack").brokenSince).toBeNull();
    expect(ground.store.incidents.openOf(itselfId, "outputs")).toBeNull();
    expect(mail.messages.at(-1)?.news?.line).toBe("Evenkeel itself is in order again");
    // where it was not told that it opened, it is not told that it ended
    expect(slack.messages.map((each) => each.automation?.title)).not.toContain("Evenkeel");
  });
});
