/**
 * What someone presses in Slack, and what they are answered: the move itself is act-on-incident's.
 * In: a payload that was proven to be Slack's. Out: the answer due at once, and what is sent after it. Never waits
 * for anything: Slack gives three seconds.
 */
import { KnownError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { type PersonalEvent, personalEvents } from "../incident/transitions.js";
import { compose } from "../notify/compose.js";
import { reasonWindow, snoozeWindow } from "../notify/slack-answers.js";
import { readJudgePress } from "../notify/slack-judge-press.js";
import { readPress, type SlackPress } from "../notify/slack-press.js";
import { moveLabels } from "../wording/move-labels.js";
import { sayList, upperFirst } from "../wording/sentences.js";
import { acknowledgeGroup } from "./acknowledge-group.js";
import {
  type Act,
  type Acted,
  actOnIncident,
  asksWhy,
  statableCauses,
  whatHinders,
} from "./act-on-incident.js";
import type { Ground } from "./ground.js";
import { incidentStory } from "./incident-story.js";
import { isSnooze, snoozeAsked, snoozeChoices, whatHindersSnooze } from "./offer-snooze.js";
import { knownAs, slackActor, slackIdOf } from "./presses/slack-actor.js";
import { takeJudgePress } from "./presses/take-judge-press.js";
import { nothingTaken, sayTo, type Taken } from "./presses/taken-press.js";
import { reworkOwed, sayOwed } from "./rework.js";
import { sayActed } from "./say-acted.js";
import { missingFor } from "./switch-back.js";

/** Takes a press: moves the incident, asks for a reason, or says why nothing was changed. */
export function takePress(ground: Ground, payload: unknown): Taken {
  const judging = readJudgePress(payload);
  if (judging !== null) return takeJudgePress(ground, judging);
  const press = readPress(payload);
  if (press === null) return nothingTaken;
  if (press.kind === "test") {
    const said = `It works: Evenkeel heard ${slackActor(ground.register, press.user)} press this button.`;
    return { ...nothingTaken, followUp: sayTo(press.answerTo, said, null) };
  }
  if (isSnooze(press.event)) return snooze(ground, press);
  const event = personalEvents.find((each) => each === press.event);
  if (event === undefined) return nothingTaken;
  return press.kind === "pressed" ? pressed(ground, press, event) : explained(ground, press, event);
}

/** The menu's entry asks for how long; the window that it opened makes the silence. */
function snooze(ground: Ground, press: Extract<SlackPress, { kind: "pressed" | "explained" }>): Taken {
  const { incident, revision, event, user, answerTo } = press;
  const who = knownAs(ground.register, user);
  const hindered = whatHindersSnooze(ground, incident, who);
  if (press.kind === "pressed") {
    if (hindered !== null) return { ...nothingTaken, followUp: sayTo(answerTo, hindered, null) };
    const view = snoozeWindow({ incident, revision, event, answerTo }, snoozeChoices);
    return { ...nothingTaken, followUp: { do: "ask", trigger: press.trigger, view } };
  }
  const { why, length } = press;
  const made =
    hindered === null && who !== null
      ? snoozeAsked(ground, { incident, who, why, length })
      : { done: false, said: hindered ?? "" };
  return made.done
    ? { ...nothingTaken, followUp: sayTo(answerTo, made.said, null), done: true }
    : { ...nothingTaken, answer: { response_action: "errors", errors: { length: made.said } } };
}

/** Why this person may not do it; null: they may. An ending answers for the outputs, so it takes a name. */
function barred({ register }: Ground, user: string): string | null {
  if (knownAs(register, user) !== null) return null;
  return `Nothing was changed: an incident is ended under a name, and yours is not known. Ask ${register.aiOwner.name} to add your Slack id (${slackIdOf(user)}) to people, then press again.`;
}

function pressed(
  ground: Ground,
  press: Extract<SlackPress, { kind: "pressed" }>,
  event: PersonalEvent,
): Taken {
  const { user, answerTo } = press;
  const bar = asksWhy(event) ? barred(ground, user) : null;
  if (bar !== null) return { ...nothingTaken, followUp: sayTo(answerTo, bar, null) };
  const group = press.ofGroup && event === "acknowledge" ? groupOf(ground, press.incident) : null;
  if (group !== null) return acknowledged(ground, group, press);
  const act = actOf(ground, press, event);
  const acted = asksWhy(event) ? whatHinders(ground, act) : actOnIncident(ground, act);
  if (acted !== null && !asksMore.has(acted.outcome)) return answered(ground, answerTo, act, acted);
  // a switch back that needs a cause or overrules the sample ends it under a name too
  const unnamed = barred(ground, user);
  if (unnamed !== null) return { ...nothingTaken, followUp: sayTo(answerTo, unnamed, null) };
  const view = windowFor(ground, act, answerTo, null);
  return { ...nothingTaken, followUp: { do: "ask", trigger: press.trigger, view } };
}

/** What a window can still ask for. */
const asksMore: ReadonlySet<Acted["outcome"]> = new Set(["reason-needed", "cause-needed", "refused"]);

function groupOf({ store }: Ground, incident: number): number | null {
  return store.groups.memberOf(incident)?.group ?? null;
}

/** All of a group that waits, whatever of it has moved since: the message names them all. */
function acknowledged(
  ground: Ground,
  group: number,
  { user, answerTo }: { readonly user: string; readonly answerTo: string | null },
): Taken {
  const who = slackActor(ground.register, user);
  try {
    const ids = acknowledgeGroup(ground, group, who).map(({ id }) => String(id));
    const which = ids.length === 1 ? `incident ${ids[0]}` : `incidents ${sayList(ids)}`;
    return {
      ...nothingTaken,
      followUp: sayTo(answerTo, `Recorded: ${which} acknowledged, ${who}.`, null),
      done: true,
    };
  } catch (thrown) {
    if (!(thrown instanceof KnownError) || thrown.code !== "incident-move") throw thrown;
    return { ...nothingTaken, followUp: sayTo(answerTo, `${thrown.message} Nothing was changed.`, null) };
  }
}

/** A reason that is missing, or an incident that moved meanwhile, is said in the window itself. */
function explained(
  ground: Ground,
  press: Extract<SlackPress, { kind: "explained" }>,
  event: PersonalEvent,
): Taken {
  const bar = barred(ground, press.user);
  if (bar !== null) return { ...nothingTaken, answer: { response_action: "errors", errors: { why: bar } } };
  const act: Act = {
    ...actOf(ground, press, event),
    why: press.why,
    cause: statableCauses.find((each) => each === press.cause) ?? null,
    waiveRest: press.waiveRest,
    override: press.overrules,
    lesson: press.lesson,
  };
  const acted = actOnIncident(ground, act);
  const said = sayActed(ground, act, acted);
  if (acted.outcome === "reason-needed")
    return { ...nothingTaken, answer: { response_action: "errors", errors: { why: said } } };
  if (acted.outcome === "cause-needed")
    return { ...nothingTaken, answer: { response_action: "errors", errors: { cause: said } } };
  if (acted.outcome === "stale" || acted.outcome === "rework-needed" || acted.outcome === "refused") {
    const shown = acted.outcome === "refused" ? `Nothing was recorded: ${sampleOrBox}` : said;
    const view = windowFor(ground, { ...act, revision: acted.row.revision }, press.answerTo, shown);
    return { ...nothingTaken, answer: { response_action: "update", view } };
  }
  return answered(ground, press.answerTo, act, acted);
}

function actOf(
  { register }: Ground,
  press: { readonly incident: number; readonly revision: number; readonly user: string },
  event: PersonalEvent,
): Act {
  const { incident, revision, user } = press;
  return { incident, revision, event, who: slackActor(register, user), why: null, cause: null };
}

function windowFor(ground: Ground, act: Act, answerTo: string | null, said: string | null): Json {
  const { incident, revision, event } = act;
  const row = ground.store.incidents.get(incident);
  const owed = row === null ? 0 : reworkOwed(ground, row, { event });
  const missing = row === null ? null : missingFor(ground, row, event);
  return reasonWindow({
    memory: { incident, revision, event, answerTo },
    title: moveLabels[event],
    said,
    causes: event === "resolve" || event === "switch-back" ? statableCauses : [],
    missing: missing === null ? null : `${upperFirst(missing)}.`,
    whyNeeded: asksWhy(event) || missing !== null ? "needed" : "optional",
    owed: owed === 0 ? null : `${upperFirst(sayOwed(owed))}; the incident's page lists them.`,
  });
}

const sampleOrBox =
  "switching back needs a fresh sample that passes, or the box that says you do it without, for your reason.";

/** What came of it; where it has moved, with the buttons as they are now. */
function answered(ground: Ground, answerTo: string | null, act: Act, acted: Acted): Taken {
  const now = ground.clock.now();
  const story = acted.outcome === "stale" ? incidentStory(ground, act.incident, now) : null;
  const message = story === null ? null : compose({ kind: "opened" }, story, now);
  const followUp = sayTo(answerTo, sayActed(ground, act, acted), message);
  return { answer: {}, followUp, done: acted.outcome === "done" };
}
