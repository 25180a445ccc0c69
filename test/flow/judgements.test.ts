import { describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { enableCheck } from "../../src/flow/enable-check.js";
import { gatherDigest, noLinks } from "../../src/flow/gather-digest.js";
import { humanQuality } from "../../src/flow/human-quality.js";
import { holdCheck } from "../../src/flow/learning/held-checks.js";
import { lastWeek, pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { runSlots } from "../../src/flow/run.js";
import { takeJudgement } from "../../src/flow/take-judgement.js";
import { composeDigest } from "../../src/report/compose-digest.js";
import { benchGround, draft, hour, hourOf, monday, okCheck, options } from "./bench-ground.js";

/** The week before `monday`. */
const before = monday - 7 * dayMs;

/** An automation with a week of outputs, of which those of `wrong` fail its check; the draw is under the test's hand. */
async function watch(
  outputs: number,
  change: Parameters<typeof benchGround>[0] = {},
  wrong = (_: number) => false,
) {
  const bench = benchGround({ size: "all", ...change });
  for (let index = 0; index < outputs; index += 1)
    bench.source.outputs.push(
      draft(`o-${index}`, before + hour + index * 60_000, wrong(index) ? `bad ${index}` : `ok ${index}`, {
        segment: index % 10 === 0 ? "refunds" : "replies",
      }),
    );
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  let next = 0;
  const draws = { at: (_: number): number => (next++ * 0.37) % 1 };
  const ground = { ...bench.ground, random: { ...bench.ground.random, next: () => draws.at(0) } };
  const pick = () =>
    ground.store.transaction(() => pickSpotChecks(ground, bench.watched, ground.clock.now()));
  const picked = () => ground.store.spotChecks.ofSpan("invoices", monday);
  const judge = (spotCheck: number, answer: "right" | "wrong" | "cannot-tell", who = "Marta Quill") =>
    takeJudgement(ground, { spotCheck, answer, who, note: null, correction: null });
  return { ...bench, ground, pick, picked, judge };
}

describe("picking what people look at", () => {
  it("takes last week's once, and never the same output twice", async () => {
    const { pick, picked } = await watch(100);
    expect(pick()).toBe(5);
    expect(pick()).toBe(0);
    expect(new Set(picked().map((each) => each.output)).size).toBe(5);
    expect(picked().every(({ at }) => at >= before && at < monday)).toBe(true);
  });

  it("states with which probability chance took one", async () => {
    const { pick, picked } = await watch(100);
    pick();
    const random = picked().filter(({ reason }) => reason === "random");
    // nothing was disputed: chance takes its place
    expect(random.map(({ inclusion }) => inclusion)).toEqual(
      [0.04, 0.04, 0.04, 0.04].slice(0, random.length),
    );
    expect(random[0]?.why).toBe("by chance, one of 100 outputs of that week");
  });

  it("takes one of the rarest segment, and one on which checks disagree", async () => {
    const long = okCheck({ id: "short", title: "Short", judge: () => ({ status: "pass" }) });
    const { pick, picked } = await watch(100, { checks: [okCheck(), long] }, (index) => index === 41);
    pick();
    expect(picked().find(({ reason }) => reason === "rare")?.why).toBe(
      "a rare kind: segment “refunds”, 10 of 100 outputs of that week",
    );
    expect(picked().find(({ reason }) => reason === "disputed")).toMatchObject({
      outputId: "o-41",
      why: "checks disagree on it: “ok” failed it, “short” passed it",
      inclusion: null,
    });
  });

  it("takes what passed by little where no checks disagree", async () => {
    const scored = okCheck({
      judge: (output) => ({ status: "pass", score: output.id === "o-7" ? 0.61 : 0.9 }),
    });
    const { pick, picked } = await watch(30, { checks: [scored] });
    pick();
    expect(picked().find(({ reason }) => reason === "disputed")?.outputId).toBe("o-7");
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
  ])("of %i outputs takes %i", async (outputs, expected) => {
    const { pick } = await watch(outputs);
    expect(pick()).toBe(expected);
  });

  it("knows the week of the automation's own zone", () => {
    // Monday 26 October 2026, 00:00 in Vienna, after a week of 169 hours
    const { fromAt, untilAt } = lastWeek(Date.UTC(2026, 9, 27, 9), "Europe/Vienna");
    expect(new Date(untilAt).toISOString()).toBe("2026-10-25T23:00:00.000Z");
    expect((untilAt - fromAt) / hour).toBe(169);
  });
});

describe("what people say", () => {
  it("is an estimate of true quality, from the picks of chance alone", async () => {
    const { pick, picked, judge, ground, watched } = await watch(100);
    pick();
    for (const each of picked()) judge(each.id, each.reason === "random" ? "right" : "wrong");
    const random = picked().filter(({ reason }) => reason === "random").length;
    const { quality, waiting } = humanQuality(ground, watched, ground.clock.now());
    expect(quality).toMatchObject({ share: 1, judged: random, disagreed: 0 });
    expect(waiting).toBe(0);
  });

  it("counts once per person, the last word of each, and shows that two disagree", async () => {
    const { pick, picked, judge, ground, watched } = await watch(20, {
      entryChange: { spotCheck: { perWeek: 1, question: null } },
    });
    pick();
    const [only] = picked();
    const id = only?.id ?? 0;
    expect(judge(id, "wrong")).toMatchObject({ replaced: false, others: [] });
    expect(judge(id, "right")).toMatchObject({ replaced: true, others: [] });
    expect(humanQuality(ground, watched, ground.clock.now()).quality).toMatchObject({ share: 1, judged: 1 });
    expect(judge(id, "wrong", "Jonas Feld").others).toMatchObject([{ who: "Marta Quill", answer: "right" }]);
    expect(humanQuality(ground, watched, ground.clock.now()).quality).toBeNull();
  });

  it("tells only afterwards why it was picked and what the checks said", async () => {
    const { pick, picked, judge } = await watch(20, {}, () => true);
    pick();
    const taken = judge(picked()[0]?.id ?? 0, "right");
    expect(taken.why).toContain("by chance");
    expect(taken.checks).toMatchObject([{ check: "ok", status: "fail" }]);
  });

  it("is refused where the text has been let go, or nothing was picked", async () => {
    const { pick, picked, judge, ground } = await watch(20);
    pick();
    const [first] = picked();
    expect(() => judge(999, "right")).toThrow("No spot check 999; evenkeel judge lists those that wait.");
    ground.store.transaction(() =>
      ground.store.retention.dropBodies({
        automation: "invoices",
        before: monday,
        after: { at: 0, key: 0 },
        limit: 1000,
        now: monday + hour,
      }),
    );
    expect(() => judge(first?.id ?? 0, "right")).toThrow(
      `The text of output ${first?.outputId} is no longer kept, so it cannot be judged.`,
    );
  });
});

describe("a check that people contradict", () => {
  const often = { entryChange: { spotCheck: { perWeek: 10, question: null } } };
  const zero = okCheck({ rule: { kind: "zero-tolerance" } });

  it.each([
    ["followed", okCheck()],
    ["of which not one fail is allowed", zero],
  ])("counts for the digest only: one %s", async (_, check) => {
    const { pick, picked, judge, ground, watched } = await watch(
      40,
      { ...often, checks: [check] },
      () => true,
    );
    ground.store.transaction(() =>
      enableCheck(ground, watched, { subject: "ok", who: "Marta Quill", why: "trusted" }),
    );
    pick();
    const said = picked()
      .slice(0, 4)
      .map((each) => judge(each.id, "right").contradicted);
    expect(said).toEqual([[], [], [], ["Begins with ok"]]);
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      {
        what: "contradicted",
        who: "evenkeel",
        subject: "ok",
        why: "people called 4 of 4 outputs right that it failed",
      },
    ]);
    const standings = watched.metrics
      .filter((plan) => plan.check === "ok")
      .map((plan) => ground.store.metrics.get("invoices", plan.id)?.standing);
    expect(new Set(standings)).not.toContain("active");
    if (check === zero) expect(ground.store.loweredChecks.of("invoices", "ok")).not.toBeNull();
    expect(humanQuality(ground, watched, ground.clock.now()).checks).toMatchObject([
      { id: "ok", contradicted: true },
    ]);
  });

  it("starts anew once a person has enabled it again", async () => {
    const { pick, picked, judge, ground, watched, clock } = await watch(40, often, () => true);
    pick();
    const ids = picked().map((each) => each.id);
    for (const id of ids.slice(0, 4)) judge(id, "right");
    clock.set(clock.now() + hour);
    enableCheck(ground, watched, { subject: "ok", who: "Marta Quill", why: "mended" });
    expect(ids.slice(4, 7).map((id) => judge(id, "right").contradicted)).toEqual([[], [], []]);
    expect(judge(ids[7] ?? 0, "right").contradicted).toEqual(["Begins with ok"]);
  });
});

describe("a check that is held because people contradict it", () => {
  const often = { entryChange: { spotCheck: { perWeek: 30, question: null } } };
  const judging = okCheck({ asks: true });

  /** Judged by the check in a run that is not of this test; what it failed people call right. */
  async function contradicted(check = okCheck()) {
    const bench = await watch(40, { ...often, checks: [okCheck()] }, (index) => index % 2 === 0);
    // what the check said is on record: whether it asks makes no difference to people's words on it
    const watched = { ...bench.watched, checks: [check] };
    const ground = { ...bench.ground, register: { ...bench.ground.register, automations: [watched] } };
    bench.pick();
    const said = (status: "fail" | "pass") =>
      bench
        .picked()
        .filter(({ output }) =>
          ground.store.spotChecks.verdictsOf(output).some((each) => each.status === status),
        );
    const judge = (spotCheck: number, answer: "right" | "wrong") => {
      bench.clock.set(bench.clock.now() + 60_000);
      return takeJudgement(ground, { spotCheck, answer, who: "Marta Quill", note: null, correction: null });
    };
    const [fails, passes] = [said("fail"), said("pass")];
    const before = fails.slice(0, 4).flatMap((each) => judge(each.id, "right").contradicted);
    const held = () =>
      ground.store.findings.active("invoices").filter(({ finding }) => finding.rule === "contradicted");
    return { ...bench, ground, watched, judge, fails: fails.slice(4), passes, before, held };
  }

  it("tells the owner in the digest, with why and what ends it, before its baseline is full", async () => {
    const { before, held, ground } = await contradicted();
    expect(before).toEqual(["Begins with ok"]);
    expect(ground.store.metrics.get("invoices", "check:ok")?.phase).toBe("learning");
    expect(held()).toMatchObject([
      {
        finding: {
          level: "digest",
          check: "ok",
          sentence:
            'people contradict the check “Begins with ok” of invoice extraction: people called 4 of 4 outputs right that it failed; what it finds counts for the digest only until someone enables it: evenkeel enable invoices ok --why "..."',
        },
      },
    ]);
    const reader = {
      person: "Marta Quill",
      automations: ["invoices"],
      judges: ["invoices"],
      weekday: 0,
      minute: 480,
      channel: null,
    };
    const digest = composeDigest(gatherDigest(ground, reader, noLinks, []));
    expect(digest.sections.find(({ title }) => title === "People contradict")?.lines).toEqual([
      expect.stringMatching(
        /^People contradict the check “Begins with ok” of invoice extraction: .*"\.\.\."$/,
      ),
    ]);
    expect(
      ground.store.decisions.list("invoices", 5).filter(({ what }) => what === "contradicted"),
    ).toHaveLength(1);
  });

  it("wakes nobody once its baseline is full, where it would have otherwise", async () => {
    const runs = async (hold: boolean) => {
      const bench = benchGround();
      const { ground, watched, source, clock } = bench;
      for (let index = 0; index < 16; index += 1) {
        const at = monday + index * hour;
        source.outputs.push(...hourOf(at, index < 8 ? 0 : 12));
        clock.set(at);
        if (index === 2 && hold)
          ground.store.transaction(() =>
            holdCheck(ground, watched, okCheck(), { why: "people called it right", at }),
          );
        await runSlots(ground, watched, [at], options);
      }
      const drift = ground.store.findings
        .active("invoices")
        .find(({ finding }) => finding.metric === "check:ok");
      return { level: drift?.finding.level, incidents: ground.store.incidents.open().length };
    };
    expect(await runs(false)).toEqual({ level: "page", incidents: 1 });
    expect(await runs(true)).toEqual({ level: "digest", incidents: 0 });
  });

  it("ends an incident that rests on nothing else, and says why", async () => {
    const { ground, watched, source, clock } = benchGround();
    for (let index = 0; index < 16; index += 1) {
      source.outputs.push(...hourOf(monday + index * hour, index < 8 ? 0 : 12));
      clock.set(monday + index * hour);
      await runSlots(ground, watched, [monday + index * hour], options);
    }
    const [open] = ground.store.incidents.open();
    ground.store.transaction(() =>
      holdCheck(ground, watched, okCheck(), { why: "people called it right", at: clock.now() }),
    );
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.incidents.moves(open?.id ?? 0).at(-1)?.why).toBe(
      "people contradict the check it rests on, “Begins with ok”",
    );
  });

  it("is believed again by itself where it is a judge that agrees on nine of nine judged since", async () => {
    const { judge, passes, held, ground } = await contradicted(judging);
    expect(held()[0]?.finding.sentence).toContain("until it agrees with people again, or someone enables it");
    for (const each of passes.slice(0, 8)) judge(each.id, "right");
    expect(held()).toHaveLength(1);
    judge(passes[8]?.id ?? 0, "right");
    expect(held()).toEqual([]);
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      { what: "agrees-again", who: "evenkeel", why: "it agreed with people on 9 of 9 outputs judged since" },
    ]);
  });

  it("stays held where it is no judge, or a judge that goes on failing what is right", async () => {
    const plain = await contradicted();
    for (const each of plain.passes.slice(0, 12)) plain.judge(each.id, "right");
    expect(plain.held()).toHaveLength(1);
    const stubborn = await contradicted(judging);
    stubborn.judge(stubborn.fails[0]?.id ?? 0, "right");
    for (const each of stubborn.passes.slice(0, 14)) stubborn.judge(each.id, "right");
    expect(stubborn.held()).toHaveLength(1);
  });

  it("is held no more once a person enables it, nor once it is taken out", async () => {
    const enabled = await contradicted();
    enableCheck(enabled.ground, enabled.watched, { subject: "ok", who: "Marta Quill", why: "mended" });
    expect(enabled.held()).toEqual([]);
    const { ground, watched, held, clock } = await contradicted();
    clock.set(clock.now() + hour);
    await runSlots(ground, { ...watched, checks: [] }, [clock.now()], options);
    expect(held()).toEqual([]);
  });
});
