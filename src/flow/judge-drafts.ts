import { hash } from "node:crypto";
import { runChecks } from "../check/run-checks.js";
import { nobody } from "../domain/asking.js";
import type { Output, OutputDraft } from "../domain/output.js";
import type { NewOutput } from "../store/output.js";
import type { Observed } from "../store/output-row.js";
import { redactOutput, redactVerdict } from "../text/redact.js";
import type { Watched } from "./ground.js";
import { languagesOf } from "./language-metrics.js";

/** Outputs judged between two looks at the event loop: reading their languages takes some 1.5 ms each. */
const batchSize = 20;

/**
 * Runs every deterministic check on the text as it came, notes what the metrics take from it
 * and which strata it belongs to, then redacts.
 * What this returns is all that is ever stored; `readAt` is the time of an output whose source gives none.
 */
export async function judgeDrafts(
  watched: Watched,
  drafts: readonly OutputDraft[],
  origin: NewOutput["origin"],
  readAt: number,
): Promise<readonly NewOutput[]> {
  const judged: NewOutput[] = [];
  const checks = watched.checks.filter((each) => !each.asks);
  for (const [index, draft] of drafts.entries()) {
    if (index % batchSize === batchSize - 1) await breath();
    const output: Output = { ...draft, at: draft.at ?? readAt };
    const verdicts = await runChecks(checks, output, nobody);
    // what golden runs answer is compared with what is known, not followed
    const languages = origin === "source" ? await languagesOf(output) : {};
    judged.push({
      automation: watched.entry.id,
      origin,
      output: shortened(redactOutput(output, watched.storeMode)),
      contentHash: contentHash(draft),
      verdicts: redactVerdicts(verdicts, watched.storeMode),
      observed: { ...observe(watched, output, verdicts), ...languages },
      strata: watched.strataOf(output),
      ...(draft.versions === undefined ? {} : { versions: draft.versions }),
    });
  }
  return judged;
}

function redactVerdicts(verdicts: NewOutput["verdicts"], mode: Watched["storeMode"]): NewOutput["verdicts"] {
  if (mode === "full") return verdicts;
  return new Map([...verdicts].map(([check, verdict]) => [check, redactVerdict(verdict, mode)]));
}

/** Longest text kept of an output (RELIABILITY 3.7); the content hash covers all of it. */
export const keptTextLength = 256 * 1024;

function shortened(output: Output): Output {
  const cut = (text: string) =>
    text.length <= keptTextLength
      ? text
      : `${text.slice(0, keptTextLength)}… (cut; it had ${text.length} characters)`;
  if (
    output.text.length <= keptTextLength &&
    (output.input?.length ?? 0) <= keptTextLength &&
    (output.finalText?.length ?? 0) <= keptTextLength
  )
    return output;
  return {
    ...output,
    text: cut(output.text),
    // half a structure is none
    fields: output.text.length <= keptTextLength ? output.fields : undefined,
    input: output.input === null ? null : cut(output.input),
    finalText: output.finalText === null ? null : cut(output.finalText),
  };
}

/** Lets timers and requests have their turn. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Tells a repeat from another output that carries the same id. */
function contentHash(draft: OutputDraft): string {
  const { text, input, reference, model, error, finalText, approval } = draft;
  const parts = [draft.at, text, input, reference, model, error, finalText, approval];
  return hash("sha256", JSON.stringify(parts), "hex").slice(0, 32);
}

function observe(watched: Watched, output: Output, verdicts: NewOutput["verdicts"]): Observed {
  const observed: Record<string, boolean | number | string> = {};
  for (const metric of watched.metrics) {
    const value = metric.observe(output, verdicts);
    if (value !== undefined) observed[metric.id] = value;
  }
  return observed;
}
