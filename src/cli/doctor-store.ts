import type { Ground } from "../flow/ground.js";
import { pressState } from "../flow/hear-presses.js";
import { askingChecks } from "../flow/judge-outputs.js";
import { self } from "../flow/raise.js";
import { judgingDay } from "../flow/spend.js";
import { monthOf, sayMonth } from "../flow/watch-budget.js";
import { sayCount, sayDollars, sayOf } from "../wording/numbers.js";
import { sayList } from "../wording/sentences.js";
import { sayInstant } from "../wording/times.js";
import { examineClock } from "./doctor-clock.js";
import { examineModels } from "./doctor-models.js";
import { atRisk, broken, type Examined, fine } from "./examined.js";

/** What the database knows of channels, messages, schedules, checks on probation and records put aside. */
export function examineStore(ground: Ground): readonly Examined[] {
  return [
    ...examineChannels(ground),
    ...examinePresses(ground),
    examineMessages(ground),
    examineSchedule(ground),
    ...examineClock(ground),
    ...examineProbation(ground),
    ...examineLowered(ground),
    ...examineBaselines(ground),
    ...examineJudging(ground),
    ...examineAsides(ground),
    ...examineModels(ground),
    ...examineBudgets(ground),
  ];
}

function sayAt({ register, clock }: Ground, at: number): string {
  return sayInstant(at, register.timeZone, clock.now());
}

function examineChannels(ground: Ground): readonly Examined[] {
  return ground.register.channels.map((each) => {
    const { brokenSince, reason } = ground.store.channels.get(each.id);
    const about = `channel ${each.id}`;
    if (brokenSince === null) return fine(about, each.type);
    const text = `${each.type}, since ${sayAt(ground, brokenSince)}: ${reason ?? "refused"}`;
    return broken(about, text, "put it right, then: evenkeel doctor --send-test");
  });
}

/** Connections over which buttons are heard; nothing where there is none, or none was opened yet. */
function examinePresses(ground: Ground): readonly Examined[] {
  return ground.register.channels.flatMap(({ id, channel }): readonly Examined[] => {
    const state = channel.interaction?.connect == null ? null : pressState(ground, id);
    if (state === null) return [];
    const about = `buttons of ${id}`;
    const since = sayAt(ground, state.at);
    return state.connected
      ? [fine(about, `heard since ${since}`)]
      : [
          broken(
            about,
            `not heard since ${since}: ${state.reason ?? "not connected"}`,
            "links and pages still work; see appToken",
          ),
        ];
  });
}

function examineMessages({ store }: Ground): Examined {
  const { waiting, undeliverable: dead } = store.outbox.tally();
  if (dead === 0) return fine("messages", `${waiting} waiting, 0 undeliverable`);
  const last = store.outbox.inState("dead", 1)[0];
  const why = last?.lastError ?? null;
  const text = `${sayCount(dead, "message")} could not be delivered${why === null ? "" : `; the last: ${why}`}`;
  return broken("messages", text, "evenkeel incidents list shows what they were about");
}

function examineSchedule(ground: Ground): Examined {
  const next = ground.store.schedules.list().map((each) => each.nextDueAt);
  if (next.length === 0) {
    const any = ground.register.automations.some((each) => each.schedule !== null);
    return fine("schedule", any ? "begins when the daemon starts" : "nothing is looked at by itself");
  }
  const at = Math.min(...next);
  const late = at < ground.clock.now();
  return fine("schedule", `${late ? "due since" : "next"} ${sayAt(ground, at)}`);
}

/** What judging cost today; nothing where no check asks. */
function examineJudging(ground: Ground): readonly Examined[] {
  const { store, register } = ground;
  const asking = register.automations.filter((each) => askingChecks(each).length > 0);
  if (asking.length === 0) return [];
  const day = judgingDay(ground);
  const { cap } = register.asking;
  const all = store.answers.spentByAll(day);
  const spent = `${sayDollars(all.costMicros)} of ${sayDollars(cap.dailyMicros)} spent today, ${sayOf({ hits: all.questions, n: cap.dailyQuestions })} questions asked`;
  const capped = asking.flatMap(({ entry }): readonly Examined[] => {
    const { refused } = store.answers.spentOn(day, entry.id);
    if (refused === 0) return [];
    const text = `today's limit for judging is reached: ${sayCount(refused, "question")} not asked`;
    return [atRisk(entry.id, text, 'raise "judging" in the configuration, or draw a smaller sample')];
  });
  return [...capped, fine("judging", spent)];
}

/** How the month stands against each budget, where one is set. */
function examineBudgets(ground: Ground): readonly Examined[] {
  const now = ground.clock.now();
  return ground.register.automations.flatMap((watched) => {
    const { entry } = watched;
    if (entry.budget === null) return [];
    const month = monthOf(ground, watched, now);
    const text = month === null ? "no output of this month says what it cost" : sayMonth(entry, month, now);
    return [fine(`budget of ${entry.id}`, text)];
  });
}

/** Metrics that know their usual level and still may not notify. */
function examineProbation({ store, register }: Ground): readonly Examined[] {
  return register.automations.flatMap(({ entry, metrics }) => {
    const held = store.metrics
      .list(entry.id)
      .filter((row) => row.standing === "probation" && row.phase !== "learning")
      .flatMap((row) => {
        const plan = metrics.find((each) => each.id === row.metric);
        return plan === undefined || plan.level !== "page" ? [] : [{ plan, why: row.standingWhy }];
      });
    const first = held[0];
    if (first === undefined) return [];
    const names = sayList(held.map(({ plan }) => `“${plan.title}”`));
    const text = `${names} may not notify yet${first.why === null ? "" : `: ${first.why}`}`;
    const fix = `evenkeel enable ${entry.id} ${first.plan.check ?? first.plan.id} --why "..."`;
    return [atRisk(entry.id, text, fix)];
  });
}

/** Checks of which not one fail is allowed, and that cried wolf. */
function examineLowered({ store, register }: Ground): readonly Examined[] {
  return register.automations.flatMap(({ entry, checks }) =>
    checks.flatMap((check) => {
      const lowered = store.loweredChecks.of(entry.id, check.id);
      if (lowered === null) return [];
      const cause = lowered.who === self ? lowered.why : `false alarm, says ${lowered.who}`;
      const text = `“${check.title}” counts for the digest only: ${cause}`;
      return [atRisk(entry.id, text, `evenkeel enable ${entry.id} ${check.id} --why "..."`)];
    }),
  );
}

/** What passes more often than is usual: either it was mended, or its usual level was learned while it was broken. */
function examineBaselines({ store, register }: Ground): readonly Examined[] {
  return register.automations.flatMap(({ entry, checks }) =>
    store.findings.active(entry.id).flatMap(({ finding, headline }) => {
      const check = checks.find((each) => each.id === finding.check);
      if (check === undefined || !finding.improvement) return [];
      const text = `${headline}: if that is how it should always have been, its usual level was learned while it was broken`;
      return [atRisk(entry.id, text, `evenkeel relearn ${entry.id} ${check.id} --why "..."`)];
    }),
  );
}

function examineAsides({ store, register }: Ground): readonly Examined[] {
  return register.automations.flatMap(({ entry }) => {
    const last = store.sources.asides(entry.id, 1)[0];
    if (last === undefined) return [];
    const total = store.sources.get(entry.id).asides;
    const text = `${sayCount(total, "record")} put aside; the last: ${last.where}: ${last.reason}`;
    return [atRisk(entry.id, text, `evenkeel try ${entry.id} shows them`)];
  });
}
