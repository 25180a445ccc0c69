import { createHash } from "node:crypto";
import { KnownError } from "../../domain/errors.js";
import { sayCount, sayNumber } from "../../wording/numbers.js";

/** Longest text a judge is shown, in characters; about 25,000 tokens. */
export const longestJudged = 100_000;

/** A text that a judge sees, and what it is to it. */
export interface Part {
  /** Ours: lower-case words. */
  readonly name: string;
  readonly text: string;
}

/** Texts of other people as they stand in a question. */
export interface Fenced {
  /** Stands in every fence line, and nowhere in the texts. */
  readonly key: string;
  readonly content: string;
}

/** The beginning of a fence line, which no text may imitate. */
const imitation = /<<<(?=\s*(?:END\s+)?DATA)/gi;

/**
 * Puts texts between fence lines. The key is the hash of all of them, so the same question is the same text every
 * time (answers are kept by content), and nobody can write a closing line into a text: it would have to hold its own
 * hash. Marking data off so that a model takes no orders from it is "delimiting" in Hines and others, "Defending
 * Against Indirect Prompt Injection Attacks With Spotlighting", 2024 (arXiv 2403.14720): it lowers the risk, it does
 * not end it. Throws KnownError `judge-too-long`.
 */
export function fence(parts: readonly Part[]): Fenced {
  for (const { name, text } of parts) {
    if (text.length > longestJudged) throw tooLong(name, text);
  }
  const texts = parts.map(({ text }) => text.replace(imitation, "‹‹‹"));
  const key = keyFor(texts);
  const blocks = parts.map(
    ({ name }, at) => `<<<DATA ${name} ${key}>>>\n${texts[at] ?? ""}\n<<<END DATA ${name} ${key}>>>`,
  );
  return { key, content: blocks.join("\n\n") };
}

/** 64 bits that occur in none of the texts. */
function keyFor(texts: readonly string[]): string {
  let hash = sha256(JSON.stringify(texts));
  while (texts.some((text) => text.includes(hash.slice(0, 16)))) hash = sha256(hash);
  return hash.slice(0, 16);
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function tooLong(name: string, text: string): KnownError {
  return new KnownError(
    "judge-too-long",
    `the ${name} has ${sayCount(text.length, "character")}, a judge is shown ${sayNumber(longestJudged)} at most`,
  );
}
