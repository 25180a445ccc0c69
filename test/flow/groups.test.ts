import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Automation } from "../../src/domain/automation.js";
import { acknowledgeGroup } from "../../src/flow/acknowledge-group.js";
import { perform } from "../../src/flow/command.js";
import { deliverDue } from "../../src/flow/deliver.js";
import type { Ground, ReadyChannel, Watched } from "../../src/flow/ground.js";
import { withLinks } from "../../src/flow/issue-links.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { raise } from "../../src/flow/raise.js";
import { receiveOutputs } from "../../src/flow/receive-outputs.js";
import { takePress } from "../../src/flow/take-press.js";
import { tellUntold } from "../../src/flow/tell.js";
import { incidentPage } from "../../src/http/dashboard/incident-page.js";
import { renderFrame } from "../../src/notify/channels/console.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { ports, settings } from "../notify/channel-fixtures.js";
import { benchGround, draft, entry, levels, monday, options, recordingChannel } from "./bench-ground.js";

const minute = 60_000;

const shares = (id: string, title: string, change: Partial<Automation> = {}): Automation => ({
  ...entry,
  id,
  title,
  vendor: "Ridgeline",
  fallback: {
    by: "Lena Voss",
    steps: [`Do ${title.toLowerCase()} by hand.`],
    minutesPerItem: 2,
    inputsAt: null,
    pause: null,
  },
  ...change,
});

const three = [
  shares("triage", "Support triage"),
  shares("replies", "Reply drafting"),
  shares("translation", "Product translation"),
  shares("notes", "Meeting notes", { vendor: "Elsewhere" }),
];

function bench(
  entries: readonly Automation[] = three,
  channels?: readonly ReadyChannel[],
  host: string | null = null,
  change: Partial<Watched> = {},
  publicUrl: string | null = null,
) {
  const recording = recordingChannel("ops");
  const { ground: one, watched, clock } = benchGround({ channels: channels ?? [recording.ready] });
  const automations = entries.map(
    (each): Watched => ({ ...watched, ...change, sourceHost: host, entry: each }),
  );
  const ground: Ground = { ...one, register: { ...one.register, publicUrl, automations } };
  clock.set(monday + 9 * 60 * minute);
  const start = clock.now();
  /** So many minutes after nine an automation begins to fail. */
  const fails = (id: string, afterMinutes: number, beganMinutesEarlier = 0) => {
    clock.set(start + afterMinutes * minute);
    const about = automations.find((each) => each.entry.id === id);
    if (about === undefined) throw new Error(id);
    const now = clock.now();
    ground.store.transaction(() => {
      const finding = {
        rule: "drift" as const,
        metric: "check:ok",
        check: "ok",
        level: "page" as const,
        baseline: { share: 0.94, n: 300 },
        current: { share: 0.61, n: 40 },
        evidence: 900,
        changedAt: now - beganMinutesEarlier * minute,
        foundAt: now,
        chanceMonths: 40,
        sentence: `right queue of ${id} fell from 94% to about 61% since 09:00`,
        improvement: false,
      };
      const found = [{ headline: `right queue of ${id} fell from 94% to about 61%`, finding }];
      raise(ground, { automation: id, kind: "outputs", at: now, found, endedKeys: [] });
      tellUntold(ground, about, now);
    });
  };
  return { ground, clock, fails, messages: recording.messages, automations };
}

describe("incidents that begin together on something they share", () => {
  it("are announced as one: the first at once, from the second on all by name", () => {
    const { fails, messages } = bench();
    fails("triage", 0);
    expect(messages.map(({ kind }) => kind)).toEqual(["opened"]);
    fails("replies", 7);
    fails("translation", 19);
    expect(messages.map(({ kind }) => kind)).toEqual(["opened", "group", "group"]);
    expect(messages[2]).toMatchObject({
      headline: "3 automations that use Ridgeline started failing within 20 minutes",
      alert:
        "3 automations that use Ridgeline started failing within 20 minutes: Support triage, Reply drafting and Product translation. Acknowledge once for all, by 10:00.",
      howSure: [
        "each alone may be chance, 3 together hardly",
        "that Ridgeline is the cause is likely, not proven",
      ],
      commands: ["evenkeel incidents ack --group 1"],
      group: { id: 1, members: 3 },
    });
    expect(messages[2]?.byHand?.steps).toEqual([
      "Support triage, incident 1: right queue of triage fell from 94% to about 61%. By hand: Do support triage by hand (Lena Voss)",
      "Reply drafting, incident 2: right queue of replies fell from 94% to about 61%. By hand: Do reply drafting by hand (Lena Voss)",
      "Product translation, incident 3: right queue of translation fell from 94% to about 61%. By hand: Do product translation by hand (Lena Voss)",
    ]);
  });

  it("name five and count the rest, however many they are: the message does not grow with them", () => {
    const many = Array.from({ length: 42 }, (_, index) => shares(`a${index + 1}`, `Automation ${index + 1}`));
    const { ground, fails, messages } = bench(
      many,
      undefined,
      null,
      { metrics: [], schedule: null },
      "https://evenkeel.example.com",
    );
    for (const [index, each] of many.entries()) fails(each.id, index / 10);
    const last = messages.at(-1);
    expect(last).toMatchObject({
      kind: "group",
      headline: "42 automations that use Ridgeline started failing within 20 minutes",
      alert: expect.stringContaining(
        ": Automation 1, Automation 2, Automation 3, Automation 4, Automation 5 and 37 more. ",
      ),
      news: { line: expect.stringMatching(/^Automation 42 too: /) },
      smallPrint: expect.stringContaining(" · incidents 1, 2, 3, 4, 5 and 37 more · "),
      group: { id: 1, members: 42 },
    });
    expect(last?.byHand?.steps).toHaveLength(6);
    expect(last?.byHand?.steps.at(-1)).toBe(
      "And 37 more, each with its own steps: https://evenkeel.example.com/, or evenkeel incidents list",
    );
    const size = (at: number) => JSON.stringify(messages[at]).length;
    expect(Math.abs(size(41) - size(9))).toBeLessThan(50);
    const page = String(incidentPage(ground, 1));
    expect(page).toContain('<a href="/i/20">Incident 20</a>');
    expect(page).not.toContain('<a href="/i/22">');
    expect(page).toContain(" and 21 more");
  });

  it("say since when it is wrong, as each message of its own does, not when it was noticed", () => {
    const { fails, messages } = bench();
    fails("triage", 0, 45);
    fails("replies", 7);
    expect(messages[0]?.since[0]).toMatch(/^today, about 08:15/);
    expect(messages[1]?.since).toEqual(["08:15, the first of them"]);
  });

  it("read well in a terminal", () => {
    const { fails, messages } = bench();
    fails("triage", 0);
    fails("replies", 7);
    const message = messages[1];
    if (message === undefined) throw new Error("no message");
    expect(renderFrame(message, [])).toMatchInlineSnapshot(`
      "==== INCIDENT 2 opened with others ========================= Mon 09:07 UTC ====
      ! 2 automations that use Ridgeline started failing within 20 minutes

        Since     09:00, the first of them
        How sure  each alone may be chance, 2 together hardly
                  that Ridgeline is the cause is likely, not proven
        Until     Jonas Feld: acknowledge by 10:00, when the first of them is due
                  done by hand or paused by 13:07
                  working again by 17:07

        Do this by hand now (one line for each)
        1. Support triage, incident 1: right queue of triage fell from 94% to about
           61%. By hand: Do support triage by hand (Lena Voss)
        2. Reply drafting, incident 2: right queue of replies fell from 94% to about
           61%. By hand: Do reply drafting by hand (Lena Voss)

        evenkeel incidents ack --group 1
      ===============================================================================
      "
    `);
  });

  it.each([
    ["the model in the register", { vendor: null, model: "gpt-5-mini" }, "that use gpt-5-mini"],
    ["what they depend on", { vendor: null, dependsOn: ["Mailroom"] }, "that depend on Mailroom"],
    [
      "one's vendor and the other's dependency",
      { vendor: null, dependsOn: ["ridgeline"] },
      "that use Ridgeline",
      {},
    ],
  ])("may share %s", (_, change, that, other?: Partial<Automation>) => {
    const { fails, messages } = bench([
      shares("triage", "Support triage", change),
      shares("replies", "Reply drafting", other ?? change),
    ]);
    fails("triage", 0);
    fails("replies", 7);
    expect(messages[1]?.headline.toLowerCase()).toContain(`2 automations ${that}`.toLowerCase());
  });

  it("may share the model that their outputs name", async () => {
    const { ground, fails, messages, automations } = bench([
      shares("triage", "Support triage", { vendor: null }),
      shares("replies", "Reply drafting", { vendor: null }),
    ]);
    for (const each of automations)
      await receiveOutputs(ground, each, { outputs: [draft("1", monday + 60 * minute, "ok")], asides: [] });
    fails("triage", 0);
    fails("replies", 7);
    expect(messages[1]?.headline).toBe("2 automations that use m-1 started failing within 20 minutes");
  });

  it("may share the host they are read from", () => {
    const { fails, messages } = bench(
      [
        shares("triage", "Support triage", { vendor: null }),
        shares("replies", "Reply drafting", { vendor: null }),
      ],
      undefined,
      "desk.example.com",
    );
    fails("triage", 0);
    fails("replies", 7);
    expect(messages[1]?.headline).toBe(
      "2 automations that read from desk.example.com started failing within 20 minutes",
    );
  });

  it("come each on its own where nothing is shared, or the second comes later", () => {
    const { fails, messages } = bench();
    fails("triage", 0);
    fails("notes", 5);
    fails("replies", 21);
    expect(messages.map(({ kind }) => kind)).toEqual(["opened", "opened", "opened"]);
  });

  it("take in a further one until an hour after the group's message, and no longer", () => {
    const { fails, messages } = bench([...three, shares("late", "Lead scoring")]);
    fails("triage", 0);
    fails("replies", 7);
    fails("translation", 66);
    fails("late", 68);
    expect(messages.map(({ kind, group }) => [kind, group?.id])).toEqual([
      ["opened", undefined],
      ["group", 1],
      ["group", 1],
      ["opened", undefined],
    ]);
  });

  it("name the broader thing once the third shares only that", () => {
    const { fails, messages } = bench([
      shares("triage", "Support triage", { model: "gpt-5-mini" }),
      shares("replies", "Reply drafting", { model: "gpt-5-mini" }),
      shares("translation", "Product translation", { model: "other" }),
    ]);
    fails("triage", 0);
    fails("replies", 7);
    fails("translation", 9);
    expect(messages[1]?.headline).toContain("2 automations that use gpt-5-mini");
    expect(messages[2]?.headline).toContain("3 automations that use Ridgeline");
  });

  it("keep their own records and clocks, are acknowledged at once, and name each other on their pages", () => {
    const { ground, fails, messages } = bench();
    fails("triage", 0);
    fails("replies", 7);
    const [first, second] = ground.store.incidents.open();
    expect((second?.acknowledgeBy ?? 0) - (first?.acknowledgeBy ?? 0)).toBe(7 * minute);
    expect(String(incidentPage(ground, 1))).toContain(
      "Group 1: automations that use Ridgeline began to fail together; that this is the cause is likely, not proven. The others: ",
    );
    expect(String(incidentPage(ground, 1))).toContain('<a href="/i/2">Incident 2</a>');
    const done = acknowledgeGroup(ground, 1, "Jonas Feld");
    expect(done.map(({ id, status }) => [id, status])).toEqual([
      [1, "acknowledged"],
      [2, "acknowledged"],
    ]);
    expect(messages.map(({ kind }) => kind)).toEqual(["opened", "group", "moved", "moved"]);
    expect(() => acknowledgeGroup(ground, 1, "Jonas Feld")).toThrow("Nothing of group 1 waits");
    expect(() => acknowledgeGroup(ground, 9, "Jonas Feld")).toThrow("No group 9");
  });
});

describe("an order without a running watch", () => {
  it("takes the alarm levels it is given for all it tells, instead of working them out for each", async () => {
    const schedule = parseSchedule("0 * * * *", "UTC");
    let slots = 0;
    const counted = {
      ...schedule,
      slotAfter: (at: number) => {
        slots += 1;
        return schedule.slotAfter(at);
      },
    };
    const { ground, fails, messages } = bench(three, undefined, null, { schedule: counted });
    fails("triage", 0);
    fails("replies", 7);
    fails("translation", 9);
    slots = 0;
    const order = { do: "acknowledge-group", group: 1, who: "Jonas Feld" } as const;
    await perform(ground, levels, order, options.signal);
    expect(messages.slice(-3).map(({ kind }) => kind)).toEqual(["moved", "moved", "moved"]);
    // the levels of one register alone take some 700 of each automation
    expect(slots).toBeLessThan(100);
  });
});

describe("Acknowledge on the message of a group", () => {
  const pressOf = (blockId: string) => ({
    type: "block_actions",
    user: { id: "U0NOBODY" },
    trigger_id: "t",
    response_url: "https://hooks.slack.com/actions/1",
    actions: [{ action_id: "acknowledge", block_id: blockId }],
  });

  it("is the only thing that can be done from there, and is meant for all of it", () => {
    const { ground, fails, messages } = bench();
    fails("triage", 0);
    fails("replies", 7);
    expect(messages[1]?.trend).toBeNull();
    expect(messages[1]?.actions).toEqual([
      { event: "acknowledge", label: "Acknowledge all 2", asksWhy: false, link: null },
    ]);
    // one of them has moved since the message was sent
    moveIncident(ground, { incident: 2, event: "fallback-on", who: "Lena Voss", why: null });
    fails("translation", 9);
    const taken = takePress(ground, pressOf("i2r1-group"));
    expect(taken).toMatchObject({
      done: true,
      followUp: { body: { text: "Recorded: incidents 1 and 3 acknowledged, Slack user U0NOBODY." } },
    });
    expect([1, 2, 3].map((id) => ground.store.incidents.get(id)?.status)).toEqual([
      "acknowledged",
      "fallback",
      "acknowledged",
    ]);
    expect(takePress(ground, pressOf("i2r1-group"))).toMatchObject({
      done: false,
      followUp: {
        body: {
          text: "Nothing of group 1 waits: each incident is acknowledged or over. Nothing was changed.",
        },
      },
    });
  });

  it("stands behind no link, for a link is about one incident", () => {
    const { ground, fails, messages } = bench();
    fails("triage", 0);
    fails("replies", 7);
    const message = messages[1];
    if (message === undefined) throw new Error("no message");
    const key = { id: "k", secret: "00".repeat(32), madeAt: 0 };
    const keys = { signing: () => key, good: () => [key] };
    const links = { baseUrl: "https://evenkeel.example.com", keys };
    const [ready] = ground.register.channels;
    if (ready === undefined) throw new Error("no channel");
    const linked = withLinks({ ...ground, register: { ...ground.register, links } }, ready, message);
    expect(linked.actions.map(({ link }) => link)).toEqual([null]);
  });
});

describe("a group in Slack", () => {
  it("is one message, edited as others join; what follows goes into its thread", async () => {
    const calls: { method: string; body: unknown }[] = [];
    const answer = z.looseObject({ channel: z.string() });
    const channel = prepareChannel(
      settings.slack,
      ports({
        http: {
          request: async ({ url, body }) => {
            const method = url.split("/").at(-1) ?? "";
            const sent = Object.fromEntries(new URLSearchParams(body ?? ""));
            calls.push({ method, body: sent });
            const ts = `17950${calls.length}.000100`;
            return {
              status: 200,
              headers: { "content-type": "application/json" },
              body: JSON.stringify({ ok: true, ...answer.parse(sent), ts }),
            };
          },
        },
      }),
    );
    const ready = { id: "slack", type: "slack", channel, fallback: null, onlyAsFallback: false };
    const { ground, fails } = bench(three, [ready]);
    const deliver = () => deliverDue(ground, new Set(), new AbortController().signal);
    fails("triage", 0);
    await deliver();
    fails("replies", 7);
    await deliver();
    fails("translation", 9);
    await deliver();
    moveIncident(ground, { incident: 3, event: "acknowledge", who: "Jonas Feld", why: null });
    await deliver();
    expect(calls.map(({ method }) => method)).toEqual([
      "chat.postMessage",
      "chat.postMessage",
      "chat.update",
      "chat.postMessage",
      "chat.postMessage",
    ]);
    const [, , edit, reply, move] = calls.map(({ body }) => JSON.stringify(body));
    expect(edit).toContain("179502.000100");
    expect(edit).toContain("3 automations that use Ridgeline");
    expect(reply).toContain('"thread_ts":"179502.000100"');
    expect(reply).toContain("Product translation too: right queue of translation fell from 94% to about 61%");
    expect(move).toContain('"thread_ts":"179502.000100"');
    expect(move).toContain("Product translation, incident 3: Jonas Feld acknowledged");
  });
});
