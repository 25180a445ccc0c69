/**
 * A judged output as a known answer, from the page behind a mail's link. In: the output, whose link it is. Out: what the
 * page says of it and offers. The reader must have judged it, and be a person of the register; whoever the mail was
 * forwarded to is neither.
 */
import { KnownError } from "../../domain/errors.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { canonicalJson } from "../../text/json-value.js";
import { type Ground, watchedOf } from "../ground.js";
import { knownAnswerOf } from "./known-answer.js";
import { promoteOutput } from "./promote.js";

/** What the page says about it; `button` null: there is nothing to press. */
export interface LinkPromotion {
  readonly lines: readonly string[];
  readonly button: string | null;
}

/** What is said where one is still missing, for someone who has a page and no command line. */
const missing: Readonly<Record<string, string>> = {
  "golden-no-correction":
    "To make it a known answer too, write above as it should be, and press Wrong once more.",
};

/** Nothing to do with the reader: there is no set, or nobody has said yet whether it is right. */
const silent: ReadonlySet<string> = new Set(["golden-none", "golden-unjudged"]);

/** What is offered to a reader who has judged it; null: nothing is to be said of known answers. */
export function linkPromotion(ground: Ground, row: SpotCheckRow, reader: string): LinkPromotion | null {
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null || watched.golden === null || !mayPromote(ground, row, reader)) return null;
  const standing = standingOf(ground, row);
  if (standing === "stands") return { lines: ["It is a known answer of the golden set."], button: null };
  if (standing instanceof KnownError) {
    if (silent.has(standing.code)) return null;
    return { lines: [missing[standing.code] ?? standing.message], button: null };
  }
  const hidden =
    watched.storeMode === "full" ? "" : " Personal data is hidden in it, and so the automation is asked.";
  return {
    lines: [
      ...(standing === "outdated" ? ["It is a known answer, as people judged it before."] : []),
      `The automation is asked this input in every golden run, and its answer is compared with what was judged right, or with the correction.${hidden} It stays until someone withdraws it, longer than the output itself.`,
    ],
    button: standing === "outdated" ? "Take it anew as a known answer" : "Make it a known answer",
  };
}

/** Makes it one in the reader's name; a second press of the same button records nothing more. Throws KnownError that says what is missing. */
export function promoteByLink(ground: Ground, row: SpotCheckRow, by: { reader: string; via: string }): void {
  if (!mayPromote(ground, row, by.reader))
    throw new KnownError("golden-unjudged", "Judge it first: right, or wrong with how it should be.");
  if (standingOf(ground, row) === "stands") return;
  promoteOutput(ground, { spotCheck: row.id, who: by.reader, reviewBy: null }, by.via);
}

function mayPromote({ register, store }: Ground, row: SpotCheckRow, reader: string): boolean {
  return register.people.has(reader) && store.judgements.of(row.output).some(({ who }) => who === reader);
}

/** Whether it is one as people judge it now, was one as they did before, could be one, or what it lacks. */
function standingOf(ground: Ground, row: SpotCheckRow): "stands" | "outdated" | "possible" | KnownError {
  const before = ground.store.goldenPromoted.of(row.automation).find(({ output }) => output === row.output);
  try {
    const { known } = knownAnswerOf(ground, row);
    if (before === undefined) return "possible";
    const texts = (each: typeof known) => canonicalJson([each.input, each.expected]);
    return texts(before) === texts(known) ? "stands" : "outdated";
  } catch (thrown) {
    if (thrown instanceof KnownError) return thrown;
    throw thrown;
  }
}
