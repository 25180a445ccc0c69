import { shown } from "../../text/shown.js";
import { spansOf } from "../../text/span.js";
import { chatTokens, promptHeadings } from "../chat-marks.js";
import type { Looked } from "./looked.js";
import type { Sighting } from "./sighting.js";

const tokens = new RegExp(chatTokens, "gi");

/** Tags that are harmless in other documents: bare names of who speaks, and what tools give back. */
const tags =
  /<\/?(?:system|assistant|human)>|<\/?(?:user|tool|function|developer)[_-]?(?:prompt|messages?|results?|calls?|response|output|instructions?)>|\[(?:system|assistant|developer)\]\(#/gi;

const headings = new RegExp(promptHeadings, "gim");
const speakerHeadings = /^#{2,4} ?(?:system|assistant) ?:/gim;

/** A line that claims to come from the system, and goes on to give orders. */
const systemLines =
  /^[ \t>]{0,5}\**(?:system|developer)(?: prompt| message| note)?\** ?: {0,5}(?=[^\n]{0,120}\b(?:you(?:r)?|must|always|never|ignore|override|approve|grant|refund|obey|comply|mode|instructions?|rules|prompt)\b)/gim;

/** Lines of a made-up conversation; two speakers make one. */
const speakers = /^[ \t>]{0,5}\**(assistant|ai|human|user)\** ?:/gim;

/** A message as programs pass it to models. */
const messages = /"role"\s{0,5}:\s{0,5}"(?:system|developer|assistant|tool)"\s{0,5},\s{0,5}"content"/g;

/** Looks for text that pretends to be the system, a tool or the model itself. */
export function findSpoofing({ text, label }: Looked): readonly Sighting[] {
  if (label === "role" && /^(?:system|assistant)$/.test(text)) {
    return [{ kind: "spoofing", start: 0, end: text.length, says: `a message in the role of "${text}"` }];
  }
  const found = [tokens, tags, headings, speakerHeadings, systemLines, messages].flatMap((pattern) =>
    spansOf(text, pattern),
  );
  const spoken = [...text.matchAll(speakers)];
  const names = new Set(spoken.map((one) => (/^(?:assistant|ai)$/i.test(one[1] ?? "") ? "model" : "person")));
  const first = spoken[0];
  if (names.size > 1 && first !== undefined)
    found.push({ start: first.index, end: first.index + first[0].length });
  return found
    .sort((left, right) => left.start - right.start)
    .map(({ start, end }) => ({
      start,
      end,
      kind: "spoofing",
      says: `text in the role of the system or a tool ("${shown(text.slice(start, end).trim(), 60)}")`,
    }));
}
