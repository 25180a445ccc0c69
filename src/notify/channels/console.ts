/**
 * Prints each message in the terminal the daemon runs in, as design/terminal.md frames it: the
 * embedded default where neither Slack nor e-mail is set up.
 */
import { z } from "zod";
import { defineChannelType } from "../channel-type.js";
import { happenedTo, type IncidentMessage, markOf, newsLinesOf, shownFacts, topLineOf } from "../message.js";
import { hang, type PlainLayout, plainByHand, plainExamples, plainFacts } from "../plain.js";

const stored = z.strictObject({ text: z.string() });

/** The frame's columns. */
const frameWidth = 79;

const layout: PlainLayout = { width: frameWidth, excerptMax: 60 };

const hintLine = "note  only this terminal saw it; evenkeel doctor says how to set up Slack, mail";

/** The terminal. */
export const consoleChannel = defineChannelType({
  type: "console",
  settings: z.strictObject({
    hint: z
      .boolean()
      .default(false)
      .describe(
        "End each message with the line that says how to set up Slack and e-mail; for a console that is the only channel.",
      ),
  }),
  prepare: ({ hint }, { write }) => ({
    render: (message) => ({ text: renderFrame(message, hint ? [hintLine] : []) }),
    send: async (payload) => {
      write(stored.parse(payload).text);
      return { status: "sent", reference: null };
    },
  }),
});

/** The message in its frame, with notes under it. */
export function renderFrame(message: IncidentMessage, notes: readonly string[]): string {
  const shown = shownFacts(message);
  const parts = [
    [...headline(message), ...newsLines(message)],
    plainFacts(shown, layout),
    plainByHand(shown, layout),
    plainExamples(shown, layout),
    hang([lastLine(message)], { first: "  ", rest: "  ", width: Number.POSITIVE_INFINITY }),
  ].filter((part) => part.length > 0);
  const body = parts.map((part) => part.join("\n")).join("\n\n");
  return `${[topLine(message), body, "=".repeat(frameWidth), ...notes].join("\n")}\n`;
}

function topLine(message: IncidentMessage): string {
  const { incident, when, zone } = message;
  const start = `==== ${incident === null ? frameWord(message) : `INCIDENT ${incident.id} ${happenedTo(message)}`} `;
  const end = ` ${when} ${zone} ====`;
  return `${start}${"=".repeat(Math.max(3, frameWidth - start.length - end.length))}${end}`;
}

function frameWord({ kind }: IncidentMessage): string {
  if (kind === "self") return "EVENKEEL ITSELF";
  return kind === "test" || kind === "summary" ? kind.toUpperCase() : "NOTICE";
}

function headline(message: IncidentMessage): string[] {
  return hang([topLineOf(message)], { first: `${markOf(message)} `, rest: "  ", width: frameWidth });
}

function newsLines(message: IncidentMessage): string[] {
  const lines = hang(newsLinesOf(message), { first: "  ", rest: "  ", width: frameWidth });
  return lines.length === 0 ? [] : ["", ...lines];
}

/** The next command and the page, side by side. */
function lastLine({ commands, url }: IncidentMessage): string {
  const command = commands[0] ?? "";
  if (url === null) return command;
  return command === "" ? url : `${command.padEnd(33)}  ${url}`;
}
