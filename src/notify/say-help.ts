import { type IncidentStatus, isEnded } from "../domain/incident.js";
import { sayDuration } from "../wording/durations.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { sayDayAndTime, sayInstant, sayZone } from "../wording/times.js";
import { layOutFields } from "./lay-out-fields.js";
import type { MessageByHand, MessageExample, MessageRecipient } from "./message.js";
import { sayContain } from "./say-clocks.js";
import { sayHandLife } from "./say-life.js";
import { isAhead, personOf, type Story, type StoryExample, withRole, zoneOf } from "./story.js";

/** What is due until when, as phrases that go on after the name of the person called. */
export function sayUntil(story: Story, now: number): string[] {
  const { incident, next, onCall } = story;
  if (isEnded(incident.status)) return [];
  const waits = incident.status === "open" && incident.acknowledgedBy === null;
  if (!waits) return [...sayContain(story, now), ...sayRestore(story, now)];
  const { acknowledgeBy } = incident;
  if (acknowledgeBy === null || acknowledgeBy <= now) {
    const late = acknowledgeBy === null ? "please acknowledge; no time is set" : "please acknowledge at once";
    return [late, ...sayContain(story, now), ...sayRestore(story, now)];
  }
  const otherwise = next === null || next === onCall ? "" : ` or ${withRole(story, next)} is called`;
  const by = sayInstant(acknowledgeBy, zoneOf(story), now);
  return [`acknowledge by ${by}${otherwise}`, ...sayContain(story, now), ...sayRestore(story, now)];
}

/** "working again by 15:02"; once that has passed, that it is overdue. */
export function sayRestore(story: Story, now: number): string[] {
  const { kind, restoreBy, status } = story.incident;
  // it is at its usual level again: what is left is to switch back
  if (restoreBy === null || status === "recovering" || isAhead(story.incident)) return [];
  const what = kind === "blind" ? "readable again" : "working again";
  const by = sayInstant(restoreBy, zoneOf(story), now);
  return [restoreBy <= now ? `${what} is overdue since ${by}` : `${what} by ${by}`];
}

/** Who does what by hand; for a source that cannot be read, what to look at. */
export function sayByHand(story: Story): MessageByHand | null {
  const { automation, incident } = story;
  if (isEnded(incident.status)) return null;
  if (incident.kind === "blind") return lookAtSource(automation.id);
  if (isAhead(incident)) return { intro: "", steps: stepsOf(story) };
  const { fallback } = automation;
  if (fallback === null) {
    const step = `Nothing is written down. Ask ${withRole(story, automation.owner)} what people do meanwhile.`;
    return { intro: "", steps: [step] };
  }
  const parts = [withRole(story, fallback.by ?? automation.owner)];
  if (fallback.inputsAt !== null) parts.push(`inputs: ${withoutStop(fallback.inputsAt)}`);
  if (fallback.minutesPerItem !== null) parts.push(`about ${minutes(fallback.minutesPerItem)} each`);
  parts.push(...sayHandLife(story));
  return { intro: parts.join("; "), steps: stepsOf(story) };
}

function lookAtSource(id: string): MessageByHand {
  return {
    intro: "",
    steps: [
      "See whether its source can be reached and its key is still valid.",
      `Run: evenkeel try ${id}. It says what it sees.`,
      "What was missed is read afterwards; nothing is lost that the source still keeps.",
    ],
  };
}

function minutes(count: number): string {
  return sayDuration(Math.max(1, Math.round(count)) * 60_000);
}

/** Nothing is to be done by hand yet; there is a model to be changed in time. */
const switchOver = [
  "Choose the model that comes next and give it the known inputs in a copy of the automation.",
  "Switch over before that day. The change is noted, and outputs before and since are compared.",
];

/** Stopping the automation comes first, unless the steps say it themselves. */
export function stepsOf({ automation, incident }: Story): string[] {
  if (isAhead(incident)) return switchOver;
  const { steps = [], pause = null } = automation.fallback ?? {};
  if (pause === null) return [...steps];
  const known = steps.some((step) => withoutStop(step).toLowerCase() === withoutStop(pause).toLowerCase());
  return known ? [...steps] : [`${upperFirst(withoutStop(pause))}.`, ...steps];
}

/** At most three outputs that show it and one from before. */
export function sayExamples(story: Story, now: number): MessageExample[] {
  const shows = story.examples.filter(({ kind }) => kind === "wrong" || kind === "changed").slice(0, 3);
  const before = story.examples.filter(({ kind }) => kind === "right" || kind === "usual").slice(0, 1);
  return [...shows, ...before].map((example) => ({
    label: exampleLabels[example.kind],
    kind: example.kind === "wrong" || example.kind === "changed" ? "wrong" : "right",
    id: example.id,
    when: sayDayAndTime(example.at, zoneOf(story), now),
    reason: example.reason ?? "",
    excerpt: layOutFields(example.excerpt),
  }));
}

/** A change need not be wrong, and what was usual need not be right. */
const exampleLabels: Readonly<Record<StoryExample["kind"], string>> = {
  wrong: "Wrong",
  right: "Right, before",
  changed: "Now",
  usual: "Usual, before",
};

/** The last line: "Open · incident 27 · high risk · owner Marta Quill · Vienna time". */
export function saySmallPrint(story: Story): string {
  const { automation, incident } = story;
  const blind = incident.kind === "blind";
  return [
    blind && !isEnded(incident.status) ? "Blind" : upperFirst(sayStatus(incident.status)),
    `incident ${incident.id}`,
    `${automation.risk} risk`,
    `owner ${automation.owner}`,
    ...(blind && !isEnded(incident.status) ? ["messages about its quality are held back meanwhile"] : []),
    sayZone(zoneOf(story)),
  ].join(" · ");
}

/** Whom it concerns: who is called, and who does it by hand. */
export function recipientsOf(story: Story): MessageRecipient[] {
  const byHand = story.incident.kind === "blind" ? null : (story.automation.fallback?.by ?? null);
  const names = [...new Set([story.onCall, ...(byHand === null ? [] : [byHand])])];
  return reached(story, names).map((name) => ({ name, email: personOf(story, name)?.email ?? null }));
}

/** A team is reached through its members. */
function reached(story: Story, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => personOf(story, name)?.members ?? [name]))];
}

/** The next command worth typing. */
export function commandsFor({
  id,
  status,
}: {
  readonly id: number;
  readonly status: IncidentStatus;
}): string[] {
  if (status === "open") return [`evenkeel incidents ack ${id}`];
  if (status === "recovering") return [`evenkeel incidents switch-back ${id}`];
  // what has not recovered by itself is not ended without its cause, nor an ending without a reason
  if (status === "fallback") return [`evenkeel incidents switch-back ${id} --cause "..."`];
  return [`evenkeel incidents ${isEnded(status) ? `show ${id}` : `resolve ${id} --cause "..." --why "..."`}`];
}
