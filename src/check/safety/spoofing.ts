import { shown } from "../../text/shown.js";
import { spansOf } from "../../text/span.js";
import type { Looked } from "./looked.js";
import type { Sighting } from "./sighting.js";

/** Marks by which chat models tell who speaks: ChatML, Llama, Mistral, Gemma, and the tags that prompts commonly use. */
const tokens =
  /<\|[a-z_]{2,30}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>|<\/?(?:system|assistant|human)(?:[_-]?(?:prompt|message|instructions?))?>|<\/?(?:user|tool|function|developer)[_-]?(?:prompt|messages?|results?|calls?|response|output|instructions?)>|\[(?:system|assistant|developer)\]\(#/gi;

/** Headings under which instruction-tuned models were given their orders. */
const headings = /^#{2,4} ?(?:instructions?|system(?: prompt| message)?|assistant|response) ?:/gim;

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
  const found = [tokens, headings, systemLines, messages].flatMap((pattern) => spansOf(text, pattern));
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
