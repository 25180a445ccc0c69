import type { Output } from "../../src/domain/output.js";
import { field, type History, historyOf } from "./history.js";

/** The categories of support triage. */
export const categories = ["delivery", "returns", "billing", "product", "damaged", "account", "general"];

const formerModel = "ridge-small-2026-06";
const newerModel = "ridge-small-2026-09";

/** Support triage, which goes wrong at its end. */
export const triage = historyOf("support-triage");

/** Its outputs before the vendor's alias moved to a newer model. */
export const before = triage.outputs.filter(({ model }) => model === formerModel);

/** Its outputs since then. */
export const since = triage.outputs.filter(({ model }) => model === newerModel);

/** Whether an output was put into a category. */
export function inCategory(category: string): (output: Output) => boolean {
  return (output) => field(output, "category") === category;
}

/** The outputs before the model moved; everything, where it never did. */
export function steadyPart({ id, outputs }: History): readonly Output[] {
  return id === triage.id ? before : outputs;
}
