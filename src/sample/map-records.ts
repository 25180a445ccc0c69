import type { Aside, ForeignRow, OutputDraft } from "../domain/output.js";
import type { Mapping } from "./mapping.js";
import type { Numbered } from "./passes.js";

/** Outputs and asides of the records one reading took. */
export interface MappedRecords {
  readonly outputs: readonly OutputDraft[];
  readonly asides: readonly Aside[];
  readonly foreign: readonly ForeignRow[];
}

/** Maps records; golden ones are left out. */
export function mapRecords(records: readonly Numbered[], map: Mapping, where: string): MappedRecords {
  const outputs: OutputDraft[] = [];
  const asides: Aside[] = [];
  const foreign: ForeignRow[] = [];
  for (const { record, index } of records) {
    const mapped = map(record, `${where}[${index}]`);
    if (mapped.kind === "output") outputs.push(mapped.output);
    if (mapped.kind === "aside") asides.push(mapped.aside);
    if (mapped.kind === "foreign") foreign.push(mapped.foreign);
  }
  return { outputs, asides, foreign };
}

/** The newest time among outputs, or the one known before. */
export function newestOf(outputs: readonly OutputDraft[], before: number | null): number | null {
  return outputs.reduce((newest, { at }) => (at === null ? newest : Math.max(newest ?? at, at)), before);
}
