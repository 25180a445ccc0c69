import { z } from "zod";
import type { PlantedOutput } from "../../domain/check.js";
import { jsonSetting, wording } from "../setting-kinds.js";

const canary = z.strictObject({
  output: wording.describe("The text to judge; with `on`, the text that would stand there"),
  input: z.string().optional().describe("The input it answers, where the judge sees one"),
  reference: jsonSetting.optional().describe("The known-good answer, where the judge sees one"),
});

const howTo =
  'one answer that is certainly right and one that is certainly wrong, as an output would hold them: { "good": { "output": "Dear Ms Lind, your refund is on its way." }, "bad": { "output": "not my problem" } }. Both are put to the judge with every batch; a judge that gets one wrong is not believed';

/** An output that must pass and one that must fail: whether the judge can be trusted. */
export const canariesSetting = z
  .strictObject(
    {
      good: canary.describe("An answer that must pass"),
      bad: canary.describe("An answer that must fail"),
    },
    {
      error: (issue) => (issue.input === undefined ? `missing; write ${howTo}` : undefined),
    },
  )
  .describe(`To see whether the judge can be trusted: ${howTo}`);

/** The settings of both. */
export type Canaries = z.output<typeof canariesSetting>;

/** As the check plants them. */
export function plantedFrom({ good, bad }: Canaries): readonly PlantedOutput[] {
  return [planted("the planted good answer", good, true), planted("the planted bad answer", bad, false)];
}

/** What is wrong with canaries that are right one by one, or null. */
export function canaryComplaint({ good, bad }: Canaries): string | null {
  const same = JSON.stringify(good) === JSON.stringify(bad);
  return same
    ? "canaries: good and bad are the same; write as bad one an answer that certainly breaks the rule"
    : null;
}

function planted(name: string, { output, input, reference }: z.output<typeof canary>, passes: boolean) {
  return { name, text: output, input: input ?? null, reference: reference ?? null, passes };
}
