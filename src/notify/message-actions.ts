import { moveLabels } from "../wording/move-labels.js";
import type { MessageAction } from "./message.js";
import { isAhead, mainFinding, type Story } from "./story.js";

/** What a message may offer, in its order. An ending asks for a reason first and never stands behind a link. */
const offers: readonly { readonly event: keyof typeof moveLabels; readonly asksWhy: boolean }[] = [
  { event: "acknowledge", asksWhy: false },
  { event: "fallback-on", asksWhy: false },
  { event: "fallback-off", asksWhy: false },
  { event: "switch-back", asksWhy: false },
  { event: "false-alarm", asksWhy: true },
  { event: "accept-change", asksWhy: true },
  { event: "resolve", asksWhy: true },
];

/** What can be done about the incident from a message: what is possible now and makes sense for what was found. */
export function actionsOf(story: Story): readonly MessageAction[] {
  const possible = new Set(story.possible);
  return offers
    .filter(({ event }) => possible.has(event) && fits(event, story))
    .map(({ event, asksWhy }) => ({ event, label: moveLabels[event], asksWhy, link: null }));
}

function fits(event: string, story: Story): boolean {
  const { incident } = story;
  // the watching is mended, not waited out; by hand nothing is done about it
  if (incident.kind === "blind") return event === "acknowledge";
  if (isAhead(incident)) return event !== "fallback-on" && event !== "accept-change";
  return event !== "accept-change" || mainFinding(incident)?.rule !== "zero-tolerance";
}
