import { redactText } from "../../text/redact.js";
import { isClear, knownLanguages, rankLanguages } from "../language-ranks.js";
import { leavesOf } from "./field.js";
import { averageWords } from "./lengths.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposal, Proposer } from "./proposal.js";

/** Texts whose language is looked at. */
const looked = 300;
/** A language below this share was a slip of the detector or of the automation. */
const leastShare = 0.05;
const fewestTexts = 20;
/** Words on average from which the detector can tell. */
const fewestWords = 5;
/** A beginning shorter than this says nothing. */
const shortestBeginning = 4;

/** The texts stay in their languages. */
export const proposeLanguage: Proposer = async ({ outputs, root }) => {
  if (root === null) {
    const texts = outputs.map(({ text }) => text);
    return (await languageProposal({ id: "language" }, texts)) ?? [];
  }
  // one field tells: the one with the most to read
  const free = leavesOf(root).filter(({ field }) => averageWords(field.texts) >= fewestWords);
  const [longest] = free.sort(
    (left, right) => averageWords(right.field.texts) - averageWords(left.field.texts),
  );
  if (longest === undefined) return [];
  const place = { id: idFor(longest.field.path, "language"), ...placeOf(longest) };
  return (await languageProposal(place, longest.field.texts)) ?? [];
};

async function languageProposal(
  place: { id: string },
  texts: readonly string[],
): Promise<readonly Proposal[] | null> {
  if (averageWords(texts) < fewestWords) return null;
  const { id, ...where } = place;
  const counts = new Map<string, number>();
  for (const text of texts.slice(-looked)) {
    const ranked = await rankLanguages(text);
    const [best] = ranked;
    if (best === undefined || !isClear(ranked)) continue;
    counts.set(best.lang, (counts.get(best.lang) ?? 0) + 1);
  }
  const told = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const languages = [...counts]
    .filter(([language, count]) => count >= told * leastShare && knownLanguages.includes(language))
    .map(([language]) => language)
    .sort();
  if (told < fewestTexts || languages.length === 0) return null;
  return [
    {
      settings: { id, type: "language", ...where, languages },
      because: "Texts too short or too mixed to tell do not count.",
    },
  ];
}

/** Texts that always began with the same words go on doing so. */
export const proposeBeginning: Proposer = ({ outputs, root }) => {
  const [first] = outputs;
  if (root !== null || first === undefined || outputs.length < fewestTexts) return [];
  let common = first.text.trimStart();
  for (const { text } of outputs) {
    const begins = text.trimStart();
    while (!begins.startsWith(common)) common = common.slice(0, -1);
  }
  const prefix = /^[\s\S]{0,80}(?<=[\s,.:;!?])/.exec(common)?.[0] ?? "";
  if (prefix.trim().length < shortestBeginning || redactText(prefix) !== prefix) return [];
  return [
    {
      settings: { id: "beginning", type: "starts-with", prefix },
      because: "Every one of them began with it.",
      ofForm: true,
    },
  ];
};
