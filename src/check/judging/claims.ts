import { z } from "zod";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { quoted } from "../../text/shown.js";
import { sayCount } from "../../wording/numbers.js";
import { type AnswerForm, answerForm } from "./ask-judge.js";
import { standsIn } from "./quotes.js";

/** Most claims that are checked; more are too many for one answer. */
export const mostClaims = 40;

/** The first question: what the output says. */
export const listForm = answerForm("claims", z.strictObject({ claims: z.array(z.string()) }));

/** How the first question is put. The judge does not see the source yet, so it cannot leave out what is missing there. */
export const listTask =
  'List every claim of fact that the text named "output" makes, one short sentence each, in its words and language, with its names, numbers and dates. A claim is what can be true or false. Leave out greetings, wishes, questions and opinions. If there is none, give an empty list.';

/** How the second question is put. */
export const checkTask = [
  'The text named "source" is all that is known. The text named "claims" lists claims, one a line, each after its key. Check each claim against the source alone, not against what you know.',
  "supported: the source says it, or it follows from the source at once; quote the words.",
  "contradicted: the source says otherwise; quote the words.",
  'not-in-source: the source does not say; leave quote "".',
  "A quote is copied from the source word by word, as short as will do.",
].join("\n");

const checkedClaim = z.strictObject({
  quote: z.string(),
  finding: z.enum(["supported", "contradicted", "not-in-source"]),
});

/** What the judge finds of each claim, by its key. */
export type ClaimFindings = Readonly<Record<string, z.output<typeof checkedClaim>>>;

/** The keys of claims: `k1`, `k2`. */
function claimKey(at: number): string {
  return `k${at + 1}`;
}

/** The form of an answer to the second question. */
export function checkForm(claims: readonly string[]): AnswerForm<ClaimFindings> {
  const keys = claims.map((_, at) => claimKey(at));
  return answerForm<ClaimFindings>(
    "findings",
    z.strictObject(Object.fromEntries(keys.map((key) => [key, checkedClaim]))),
    new Map(claims.map((claim, at) => [claimKey(at), quoted(claim, 60)])),
  );
}

/** The claims as the second question shows them: one a line. */
export function listed(claims: readonly string[]): string {
  return claims.map((claim, at) => `${claimKey(at)}: ${claim.replace(/\s+/g, " ").trim()}`).join("\n");
}

/**
 * Counts what the source does not bear out. A finding whose quote does not stand in the source is none: the judge
 * may have made it up. Fails when more than `maxUnsupported` claims are certainly unsupported, passes when not more
 * could be, and is `error` between.
 */
export function tellClaims(
  source: string,
  claims: readonly string[],
  findings: ClaimFindings,
  maxUnsupported: number,
): Verdict {
  const told = claims.map((claim, at) => ({ claim, ...readFinding(source, findings[claimKey(at)]) }));
  const wrong = told.filter(({ finding }) => finding === "contradicted" || finding === "not-in-source");
  const unclear = told.filter(({ finding }) => finding === "unclear");
  const score = (told.length - wrong.length - unclear.length) / told.length;
  const count = `${wrong.length} of ${sayCount(told.length, "claim")}`;
  if (wrong.length > maxUnsupported) {
    const named = wrong
      .slice(0, 3)
      .map(({ claim, finding, quote }) => `${quoted(claim, 80)} (${because(finding, quote)})`);
    const more = wrong.length > named.length ? `; and ${wrong.length - named.length} more` : "";
    const limit = maxUnsupported === 0 ? "" : `, at most ${maxUnsupported} may be so`;
    return fail(`says what its source does not, in ${count}${limit}: ${named.join("; ")}${more}`, { score });
  }
  if (wrong.length + unclear.length > maxUnsupported) {
    const named = unclear.slice(0, 2).map(({ claim, quote }) => `${quoted(claim)} (${quoted(quote)})`);
    return error(`could not tell: the judge's quote does not stand in the source, for ${named.join("; ")}`);
  }
  return pass({ score, reason: `keeps to its source in all but ${count}, expected it not to` });
}

interface Told {
  readonly finding: ClaimFindings[string]["finding"] | "unclear";
  readonly quote: string;
}

function readFinding(source: string, said: ClaimFindings[string] | undefined): Told {
  if (said === undefined) return { finding: "unclear", quote: "" };
  if (said.finding === "not-in-source" || standsIn(source, said.quote)) return said;
  return { finding: "unclear", quote: said.quote };
}

function because(finding: Told["finding"], quote: string): string {
  return finding === "contradicted" ? `the source says ${quoted(quote, 80)}` : "not in the source";
}
