import type { DigestFacts } from "../report/digest-facts.js";
import type { StoredFinding } from "../store/finding.js";
import { upperFirst } from "../wording/sentences.js";
import type { Ground, Watched } from "./ground.js";

/**
 * What stands of one automation and is told by no incident: drift of what does not page, dates and prices, people's
 * reports, improvements. In: its state's own sentence, which is not said twice. Out: the newest first.
 */
export function digestFindings(ground: Ground, { entry }: Watched, said: string): DigestFacts["findings"] {
  return (
    untold(ground, entry.id)
      // known answers that people contradict have a section of their own
      .filter(({ finding }) => finding.rule !== "contradicted" && upperFirst(finding.sentence) !== said)
      .map((each) => ({ at: each.finding.foundAt, automation: entry.title, words: wordsOf(each) }))
  );
}

/** True where the month's budget is spoken of as a finding: its cost need not be said again. */
export function isBudgetTold(ground: Ground, { entry }: Watched): boolean {
  return untold(ground, entry.id).some(({ finding }) => finding.rule === "budget");
}

/** What outlives the incident it was part of is the digest's again. */
function untold({ store }: Ground, automation: string): readonly StoredFinding[] {
  return store.findings
    .active(automation)
    .filter(({ finding }) => finding.level !== "record")
    .filter(({ incident }) => incident === null || store.incidents.get(incident)?.endedAt !== null);
}

function wordsOf({ finding }: StoredFinding): string {
  return finding.improvement ? `better: ${finding.sentence}` : finding.sentence;
}
