import { type IncidentMessage, type MessageAction, openLabelOf } from "./message.js";
import { type OverflowMenu, plainText, type SlackAction, type SlackBlock } from "./slack-blocks.js";
import { slackLimits } from "./slack-limits.js";

/** Whether presses of buttons come back to us: by Socket Mode or by the interactivity endpoint. Else links do it. */
export type Presses = "heard" | "not-heard";

/** The menu of endings. */
export const endingsMenu = "end";
/** The entry of that menu that asks for how long the incident is to be silent. */
export const snoozeEvent = "snooze";
/** The button of a test message. */
export const testButton = "test_ok";

/** The row of buttons: what can be done now, the page, and behind a menu the endings, which ask for a reason. */
export function actionBlocks(message: IncidentMessage, presses: Presses): SlackBlock[] {
  const { incident, kind } = message;
  const elements = kind === "test" ? testActions(presses) : incidentActions(message, presses);
  if (elements.length === 0) return [];
  const block_id = incident === null ? kind : blockIdOf(incident, kind);
  return [{ type: "actions", block_id, elements }];
}

/** Names the incident and its revision, for a press to bring back: `i27r1-opened`. */
export function blockIdOf(
  incident: { readonly id: number; readonly revision: number },
  kind: string,
): string {
  return `i${incident.id}r${incident.revision}-${kind}`;
}

function testActions(presses: Presses): SlackAction[] {
  return presses === "heard" ? [press(testButton, "Check the button")] : [];
}

function incidentActions(message: IncidentMessage, presses: Presses): SlackAction[] {
  const { url, incident, kind } = message;
  const label = incident === null ? openLabelOf(message) : "Open";
  const open = url === null || url.length > slackLimits.url ? [] : [link("open", label, url)];
  if (incident === null) return open;
  const offered = kind === "ended" ? [] : message.actions;
  const report = reportButton(message);
  if (presses === "not-heard") return [...offered.flatMap(linkOf), ...open, ...report];
  return [...pressButtons(offered), ...open, ...report, ...(withoutMenu.has(kind) ? [] : endings(offered))];
}

function reportButton({ reportUrl }: IncidentMessage): SlackAction[] {
  if (reportUrl === undefined || reportUrl.length > slackLimits.url) return [];
  return [link("report", "Report something odd", reportUrl)];
}

/** Someone called now is to acknowledge first; an entry in a menu would not say which of a group it is about. */
const withoutMenu: ReadonlySet<string> = new Set(["escalated", "group"]);

/** The buttons that record something by themselves; the first is what is wanted most. */
export function pressButtons(actions: readonly MessageAction[]): SlackAction[] {
  return actions
    .filter(({ asksWhy }) => !asksWhy)
    .map(({ event, label }, index) => ({
      ...press(event, label),
      ...(index === 0 && wanted.has(event) ? { style: "primary" as const } : {}),
    }));
}

const wanted: ReadonlySet<string> = new Set(["acknowledge", "switch-back"]);

/** The menu of what asks for something first: a snooze for how long, an ending for the reason. */
export function endings(actions: readonly MessageAction[]): OverflowMenu[] {
  const snooze = { text: plainText("Snooze…"), value: snoozeEvent };
  const asking = actions
    .filter(({ asksWhy }) => asksWhy)
    .map(({ event, label }) => ({ text: plainText(`${label}…`), value: event }));
  // where nothing can be done any more there is nothing to put off
  const options = actions.length === 0 ? [] : [snooze, ...asking];
  return options.length === 0 ? [] : [{ type: "overflow", action_id: endingsMenu, options }];
}

function linkOf({ event, label, link: url }: MessageAction): SlackAction[] {
  return url === null || url.length > slackLimits.url ? [] : [link(`link-${event}`, label, url)];
}

function press(action_id: string, label: string) {
  return { type: "button", action_id, text: plainText(label) } as const;
}

function link(action_id: string, label: string, url: string) {
  return { type: "button", action_id, url, text: plainText(label) } as const;
}
