import type { Ground } from "../flow/ground.js";
import { draftEntry } from "../flow/register/draft-entry.js";
import { sayUnregistered } from "../flow/register/say-unregistered.js";
import { unregisteredActivity } from "../flow/register/unregistered.js";
import { hang } from "../notify/plain.js";
import { excerpt } from "../text/excerpt.js";
import { sayCount } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { isoOf } from "./incident-data.js";
import { clean, type Outcome } from "./outcome.js";
import { visible, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Texts shown of each name, and their longest. */
const shownTexts = 1;
const longestText = 200;

/** What sends outputs under a name nobody registered, each with an entry to paste. */
export function registerUnregistered(terminal: Terminal, ground: Ground): Outcome {
  const { names, dropped } = unregisteredActivity(ground);
  const found = names.map((each) => ({
    ...each,
    texts: ground.store.unregistered.textsOf(each.id, shownTexts).map(({ text }) => text),
    draft: draftEntry(ground, each),
  }));
  const data = {
    unregistered: found.map(({ id: _id, firstSeenAt, lastSeenAt, toldAt: _told, draft, ...each }) => ({
      ...each,
      firstSeenAt: isoOf(firstSeenAt),
      lastSeenAt: isoOf(lastSeenAt),
      draft: draft.join("\n"),
    })),
    dropped,
  };
  const notes =
    dropped === 0
      ? []
      : [`${sayCount(dropped, "request")} under further names came; there was no room to note them`];
  if (found.length === 0)
    return clean(data, ["Nothing sends outputs under a name that is not registered."], { notes });
  const { bold } = terminal.colors;
  const lines = found.flatMap((each) => [
    "",
    ...wrapped(terminal, each.name).map(bold),
    ...indented(terminal, `${upperFirst(sayUnregistered(ground, each))}.`),
    ...each.texts.flatMap((text) => indented(terminal, `One of them: ${excerpt(text, longestText)}`)),
    ...(each.sender === null ? [] : each.draft.map((line) => `    ${visibleLine(line)}`)),
  ]);
  return clean(
    data,
    [
      bold(
        `${sayCount(found.length, "name")} not registered ${found.length === 1 ? "sends" : "send"} outputs`,
      ),
      ...lines,
    ],
    {
      notes: [
        ...notes,
        'to register one, paste its entry into "automations" of the configuration and say what it does; to refuse its data, give the sender\'s token another value',
      ],
    },
  );
}

function indented(terminal: Terminal, text: string): readonly string[] {
  return hang([visible(text)], { first: "  ", rest: "    ", width: widthOf(terminal) });
}

/** Blanks at the beginning of a line are its layout. */
function visibleLine(line: string): string {
  const indent = line.length - line.trimStart().length;
  return `${line.slice(0, indent)}${visible(line)}`;
}
