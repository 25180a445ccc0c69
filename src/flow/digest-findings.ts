import type { DigestFacts } from "../report/digest-facts.js";
import type { StoredFinding } from "../store/finding.js";
import { upperFirst } from "../wording/sentences.js";
import type { Ground, Watched } from "./ground.js";

/**
 * What stands of one automation and is told by no incident: drift of what does not page, dates and prices, people's
 * reports, improvements. In: its state's own sentence, which is not said twice. Out: the newest first.
 */
export function digestFindings({ store }: Ground, { entry }: Watched, said: string): DigestFacts["findings"] {
  return (
    store.findings
      .active(entry.id)
      .filter(({ finding, incident }) => finding.level !== "record" && incident === null)
      // known answers that people contradict have a section of their own
      .filter(({ finding }) => finding.rule !== "contradicted" && upperFirst(finding.sentence) !== said)
      .map((each) => ({ at: each.finding.foundAt, automation: entry.title, words: wordsOf(each) }))
  );
}

/** True where the month's budget is spoken of as a finding: its cost need not be said again. */
export function isBudgetTold({ store }: Ground, { entry }: Watched): boolean {
  return store.findings
    .active(entry.id)
    .some(
      ({ finding, incident }) => finding.rule === "budget" && finding.level !== "record" && incident === null,
    );
}

function wordsOf({ finding }: StoredFinding): string {
  return finding.improvement ? `better: ${finding.sentence}` : finding.sentence;
}
