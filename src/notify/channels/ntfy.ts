/**
 * ntfy, on ntfy.sh or a server of your own (docs.ntfy.sh/publish/#publish-as-json): one notification a message, as plain
 * text, with a priority by risk and a link to the incident. Whoever knows a topic of a public server can read it: give
 * it a name nobody guesses, or a token.
 */
import { z } from "zod";
import { secretSetting } from "../../text/setting-types.js";
import { defineChannelType } from "../channel-type.js";
import {
  type IncidentMessage,
  labelsOf,
  newsLinesOf,
  openLabelOf,
  shownFacts,
  type Tone,
  toneOf,
  topLineOf,
} from "../message.js";
import { type PlainLayout, plainByHand, untilWithName } from "../plain.js";
import { post } from "../post.js";
import { cutAtWord } from "../trim-text.js";

/** A message above 4,096 bytes would arrive as an attachment. */
const messageBytes = 4_000;

/** Longest title a phone shows without folding it away. */
const titleMax = 200;

/** A phone folds lines itself. */
const layout: PlainLayout = { width: 400, excerptMax: 200 };

const stored = z.strictObject({ body: z.string() });

/** A topic of an ntfy server. */
export const ntfy = defineChannelType({
  type: "ntfy",
  settings: z.strictObject({
    topic: z
      .string()
      .regex(/^[-_A-Za-z0-9]{1,64}$/, "write letters, digits, - and _ only, at most 64")
      .describe("The topic; on a public server choose a name nobody guesses."),
    server: z
      .url({ protocol: /^https?$/ })
      .default("https://ntfy.sh")
      .describe("Address of the server, without the topic."),
    token: secretSetting
      .optional()
      .describe("Access token (tk_…), where the topic is protected. Left out: sent without one."),
  }),
  prepare: ({ topic, server, token }, { secret, ...ports }) => ({
    render: (message) => ({ body: JSON.stringify({ topic, ...notification(message) }) }),
    send: async (payload, { signal }) => {
      const { body } = stored.parse(payload);
      const headers = token === undefined ? {} : { authorization: `Bearer ${secret(token)}` };
      return post(ports, { url: server, headers, body, signal });
    },
  }),
});

function notification(message: IncidentMessage) {
  const { url, reportUrl } = message;
  const views = [
    ...(url === null ? [] : [{ action: "view", label: openLabelOf(message), url }]),
    ...(reportUrl === undefined ? [] : [{ action: "view", label: "Report something odd", url: reportUrl }]),
  ];
  return {
    title: cutAtWord(topLineOf(message), titleMax),
    message: cutBytes(textOf(message), messageBytes),
    priority: priorityOf(message),
    tags: [signs[toneOf(message)], ...(message.automation === null ? [] : [message.automation.id])],
    ...(url === null ? {} : { click: url }),
    ...(views.length === 0 ? {} : { actions: views }),
  };
}

/** What is new, since when, until when, what to do by hand; the title says what it is about. */
function textOf(message: IncidentMessage): string {
  const shown = shownFacts(message);
  const facts: [string, readonly string[]][] = [
    ["Since", shown.since],
    [labelsOf(message).sure, shown.howSure],
    ["Until", untilWithName(shown)],
  ];
  const parts = [
    newsLinesOf(message),
    facts.filter(([, lines]) => lines.length > 0).map(([label, lines]) => `${label}: ${lines.join("; ")}`),
    plainByHand(shown, layout).map((line) => line.trim()),
    [message.smallPrint],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

const priorities = { high: 5, medium: 4, low: 3 } as const;

/** 5 rings through; what only tells of a move comes without a sound. */
function priorityOf({ kind, automation, incident, worse }: IncidentMessage): number {
  const asNew = incident?.kind === "blind" ? 3 : priorities[automation?.risk ?? "low"];
  if (kind === "escalated") return 5;
  if (kind === "reminder") return Math.max(4, asNew);
  if (kind === "opened" || kind === "group" || kind === "still" || worse === true) return asNew;
  return kind === "moved" ? 2 : 3;
}

/** Shown as a sign before the title (docs.ntfy.sh/emojis). */
const signs: Readonly<Record<Tone, string>> = {
  bad: "warning",
  unknown: "grey_question",
  good: "white_check_mark",
  plain: "information_source",
};

/** The text cut to so many bytes of UTF-8, at a word. */
function cutBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let points = Math.min([...text].length, max);
  let cut = cutAtWord(text, points);
  while (Buffer.byteLength(cut) > max) {
    points -= Math.ceil((Buffer.byteLength(cut) - max) / 4);
    cut = cutAtWord(text, points);
  }
  return cut;
}
