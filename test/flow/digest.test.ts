import { describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { forget } from "../../src/flow/forget.js";
import { keepChannels } from "../../src/flow/keep-channels.js";
import { raise } from "../../src/flow/raise.js";
import { runSlots } from "../../src/flow/run.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import { takeJudgement } from "../../src/flow/take-judgement.js";
import { digestDue } from "../../src/report/digest-due.js";
import { hour, monday, options, recordingChannel } from "./bench-ground.js";
import { digestBench, owner } from "./digest-bench.js";

const eight = monday + 8 * hour;

describe("fault 52: a digest", () => {
  it("comes once a week, on its day and hour, however often the beat looks", () => {
    const { until, digests } = digestBench();
    until(eight - hour);
    expect(digests()).toHaveLength(0);
    until(monday + 21 * dayMs + 7 * hour);
    expect(digests().map(({ at }) => (at - eight) / dayMs)).toEqual([0, 7, 14]);
    expect(new Set(digests().map(({ notificationId }) => notificationId)).size).toBe(3);
  });

  it("is owed for no time before its reader was known", () => {
    const { digests, until } = digestBench();
    until(monday);
    expect(digests()).toHaveLength(0);
  });

  it("that was missed while the machine was off goes out once, the newest alone", () => {
    const { clock, ground, digests } = digestBench();
    clock.set(eight + 17 * dayMs);
    oweDigests(ground);
    oweDigests(ground);
    expect(digests()).toHaveLength(1);
    expect(ground.store.digests.latest("Marta Quill")).toMatchObject({
      period: "2026-03-16",
      dueAt: eight + 14 * dayMs,
    });
  });

  it("is not sent again when the clock is set back or its day is changed within the week", () => {
    const { clock, ground, digests, until } = digestBench();
    until(eight);
    clock.set(eight - 9 * dayMs);
    oweDigests(ground);
    clock.set(eight + 3 * dayMs);
    oweDigests({ ...ground, register: { ...ground.register, digest: [{ ...owner, weekday: 2 }] } });
    expect(digests()).toHaveLength(1);
  });

  it.each([
    ["spring, when 02:30 does not come", "2026-03-30", 6, 150, "2026-03-29T01:00:00.000Z"],
    ["autumn, when 02:30 comes twice", "2026-10-26", 6, 150, "2026-10-25T00:30:00.000Z"],
    ["the Monday after the change", "2026-10-27", 0, 480, "2026-10-26T07:00:00.000Z"],
  ])("comes at its local hour in %s", (_, day, weekday, minute, expected) => {
    const due = digestDue({ weekday, minute }, "Europe/Vienna", Date.parse(`${day}T12:00:00Z`));
    expect(new Date(due.dueAt).toISOString()).toBe(expected);
  });

  it("comes once in the weeks in which the clock changes", () => {
    const { clock, until, digests, ground } = digestBench({
      timeZone: "Europe/Vienna",
      readers: [{ ...owner, weekday: 6, minute: 150 }],
    });
    clock.set(Date.UTC(2026, 2, 20));
    oweDigests(ground);
    const before = digests().length;
    until(Date.UTC(2026, 3, 3), 10 * 60_000);
    expect(
      digests()
        .slice(before)
        .map(({ at }) => new Date(at).toISOString()),
    ).toEqual(["2026-03-22T01:30:00.000Z", "2026-03-29T01:00:00.000Z"]);
  });

  it("of a week without data says so", () => {
    const { until, digests } = digestBench();
    until(eight);
    expect(digests()[0]?.digest).toMatchObject({
      subject: "Week 10: no data, so nothing is known",
      intro: [
        "1 automation: 1 no data.",
        "No incident is open, nothing was changed, no output waits to be judged.",
        "All of it, on the machine it runs on: evenkeel register",
      ],
    });
  });

  it("asks its reader to judge what was picked of last week, picked in time", async () => {
    const { receive, until, digests, ground } = digestBench();
    await receive();
    until(eight);
    const digest = digests()[0]?.digest;
    expect(digest?.headline).toBe("Marta, 5 outputs to judge.");
    expect(digest?.judging[0]?.outputs.map(({ spotCheck }) => spotCheck)).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.stringify(digest)).not.toContain("by chance, one of");
    expect(ground.store.digests.latest("Marta Quill")?.asked).toBe(5);
  });

  it("goes to nobody twice when two restarts look at once", () => {
    const { until, ground, digests } = digestBench();
    until(eight);
    ground.store.transaction(() =>
      expect(
        ground.store.digests.owe({
          reader: "Marta Quill",
          period: "2026-03-02",
          dueAt: eight,
          owedAt: eight,
          asked: 0,
        }),
      ).toBe(false),
    );
    oweDigests(ground);
    expect(digests()).toHaveLength(1);
  });

  it("tells what was found and no incident tells, once", async () => {
    const { receive, until, digests, ground, clock } = digestBench();
    await receive();
    const found = {
      headline: "the model m-1 shuts down on 20 March",
      finding: {
        rule: "model-sunset" as const,
        metric: "model:m-1",
        check: null,
        level: "digest" as const,
        baseline: null,
        current: null,
        evidence: null,
        changedAt: null,
        foundAt: clock.now(),
        chanceMonths: null,
        sentence: "the model m-1 shuts down on 20 March, in 18 days",
        improvement: false,
      },
    };
    const raised = { automation: "invoices", kind: "outputs" as const, at: clock.now(), endedKeys: [] };
    ground.store.transaction(() => raise(ground, { ...raised, found: [found] }));
    until(eight);
    expect(digests()[0]?.digest?.sections).toContainEqual({
      title: "Found, for this digest only",
      lines: ["today 01:00, Invoice extraction: the model m-1 shuts down on 20 March, in 18 days"],
      more: null,
    });
    expect(JSON.stringify(digests()[0]?.digest?.lines)).not.toContain("shuts down");
  });

  it("first sent long after it was due is still the digest, and says so", async () => {
    const { receive, until, digests, deliver, clock } = digestBench();
    await receive();
    until(eight);
    clock.set(eight + 2 * hour);
    await deliver();
    expect(digests()).toHaveLength(1);
    const [sent] = digests();
    expect(sent?.digest?.judging[0]?.outputs).toHaveLength(5);
    expect(sent?.digest?.intro.at(-1)).toMatch(/^Delayed by 2 h: this is how it stood/);
  });

  it("owed to a channel that is gone goes to nobody else", async () => {
    const { receive, until, ground } = digestBench();
    await receive();
    until(eight);
    const other = recordingChannel("other");
    keepChannels({ ...ground, register: { ...ground.register, channels: [other.ready] } });
    expect(other.messages).toEqual([]);
    const [dead] = ground.store.outbox.inState("dead", 2);
    expect(dead?.lastError).toBe(
      "channel mail is no longer configured, and a digest goes to nobody but its reader; evenkeel digest --send sends one now",
    );
  });

  it("that nobody answers is followed up once, after three days, with the outputs alone", async () => {
    const { receive, until, digests } = digestBench();
    await receive();
    until(eight + 3 * dayMs - hour);
    expect(digests()).toHaveLength(1);
    until(eight + 7 * dayMs - hour);
    expect(digests().map(({ headline }) => headline)).toEqual([
      "Marta, 5 outputs to judge.",
      "Marta, 5 outputs still wait to be judged.",
    ]);
    expect(digests()[1]?.at).toBe(eight + 3 * dayMs);
    expect(digests()[1]?.digest?.sections).toEqual([]);
  });

  it("that somebody answers is not followed up", async () => {
    const { receive, until, digests, ground } = digestBench();
    await receive();
    until(eight + hour);
    const said = { answer: "right" as const, note: null, correction: null };
    takeJudgement(ground, { ...said, spotCheck: 1, who: "Marta Quill" });
    until(eight + 7 * dayMs - hour);
    expect(digests()).toHaveLength(1);
  });

  it("is told the AI owner when nobody has judged for four weeks", async () => {
    const { receive, until, digests } = digestBench({
      readers: [owner, { ...owner, person: "Ines Calder", judges: [] }],
    });
    await receive();
    until(eight + 27 * dayMs);
    const told = () =>
      digests().filter(
        ({ recipients, digest }) =>
          recipients[0]?.name === "Ines Calder" &&
          JSON.stringify(digest).includes("No one has judged Invoice extraction for 4 weeks."),
      );
    expect(told()).toHaveLength(0);
    until(eight + 28 * dayMs);
    expect(told()).toHaveLength(1);
  });
});

describe("an output that is to be forgotten", () => {
  it("is forgotten in the digests that quote it too", async () => {
    const { receive, until, ground } = digestBench();
    await receive();
    until(eight);
    const output = ground.store.spotChecks.get(1)?.outputId ?? "";
    const name = `Gudrun Halvorsen-${output.slice(2)}`;
    const owed = () => ground.store.outbox.inState("pending", 10).map(({ message }) => message);
    expect(owed()[0]).toContain(name);
    await forget(ground, {
      of: { automation: "invoices", id: output },
      preview: false,
      who: "Marta Quill",
      why: "asked for",
    });
    expect(owed()[0]).not.toContain(`${name}"`);
    expect(owed()[0]).toContain("[forgotten]");
  });
});

describe("fault 52: a digest whose mailbox is down on Monday", () => {
  it("is tried for six days, kept, and counted as undeliverable in the next", async () => {
    const { until, deliver, digests, mailbox, clock, ground } = digestBench({
      readers: [{ ...owner, person: "Ines Calder" }],
    });
    until(eight);
    mailbox.full = true;
    for (; clock.now() < eight + 6 * dayMs + hour; clock.set(clock.now() + 10 * 60_000)) await deliver();
    const [dead] = ground.store.outbox.inState("dead", 10);
    expect(dead?.kind).toBe("digest");
    const told = ground.store.incidents.list(10).map(({ title }) => title);
    // once when it had not arrived for an hour, once when it was given up
    const broken = told.filter((title) => title.includes("channel mail is broken")).length;
    expect([1, 2]).toContain(broken);
    expect(dead?.lastError).toBe("mailbox full; tried for 144 h");
    until(eight + 7 * dayMs);
    expect(
      digests()
        .at(-1)
        ?.digest?.sections.map(({ title }) => title),
    ).toContain("Messages that could not be delivered");
  });

  it("holds up no other message, and goes to nobody else", async () => {
    const { until, deliver, ready, mailbox, ground, clock } = digestBench();
    const other = recordingChannel("other");
    const withOther = {
      ...ground,
      register: { ...ground.register, channels: [{ ...ready, fallback: "other" }, other.ready] },
    };
    until(eight);
    mailbox.full = true;
    for (let tries = 0; tries < 8; tries += 1) {
      await deliver();
      clock.set(clock.now() + 10 * 60_000);
    }
    expect(ground.store.outbox.head("mail")?.kind).toBe("digest");
    ground.store.outbox.owe({
      id: "urgent",
      incident: null,
      channel: "mail",
      kind: "self",
      payload: { headline: "urgent" },
      payloadHash: "",
      message: "{}",
      dedupeKey: "urgent",
      createdAt: clock.now(),
    });
    expect(ground.store.outbox.head("mail")?.id).toBe("urgent");
    const { passOn } = await import("../../src/flow/pass-on.js");
    const digest = ground.store.outbox.inState("pending", 10).find(({ kind }) => kind === "digest");
    if (digest === undefined) throw new Error("no digest is owed");
    const from = withOther.register.channels[0];
    if (from !== undefined) passOn(withOther, from, digest, clock.now());
    expect(other.messages).toEqual([]);
  });
});

describe("a digest tells what was not watched", () => {
  const brokenFor = async (hours: readonly (readonly [from: number, to: number])[], until: number) => {
    const bench = digestBench({ timeZone: "Europe/Vienna" });
    const read = async (at: number) => {
      bench.clock.set(at);
      await runSlots(bench.ground, bench.watched, [at], options);
    };
    for (const [from, to] of hours) {
      bench.source.break("desk.example.com: HTTP 503");
      await read(monday + from * hour);
      await read(monday + from * hour + hour / 2);
      bench.source.break(null);
      await read(monday + to * hour);
    }
    bench.clock.set(monday + until * hour);
    oweDigests(bench.ground);
    return JSON.stringify(bench.digests().at(-1)?.digest);
  };
  const week = 7 * 24;

  it("of a time that is over: how long, when and why", async () => {
    const said = await brokenFor([[3 * 24, 3 * 24 + 5]], week + 8);
    expect(said).toContain("Gaps in the watching");
    expect(said).toContain(
      "Invoice extraction: could not be read for 5 h, Thu 01:00 to Thu 06:00 (desk.example.com: HTTP 503)",
    );
  });

  it("of several times as one line, and of none that ended before the week", async () => {
    const long = [
      [-20, -18],
      [3 * 24, 3 * 24 + 5],
      [5 * 24, 5 * 24 + 2],
    ] as const;
    const said = await brokenFor(long, week + 8);
    expect(said).toContain(
      "could not be read 2 times, for 7 h altogether, last Sat 01:00 to Sat 03:00 (desk.example.com: HTTP 503)",
    );
    expect(await brokenFor([[-20, -18]], week + 8)).not.toContain("could not be read");
  });
});
