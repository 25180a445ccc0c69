import type { ChecksRead } from "./declared-checks.js";
import type { SettingsDocument } from "./document.js";
import { type Fault, formatPath } from "./fault.js";
import { listAt, textAt, valueAt } from "./setting-values.js";

/** Header names whose values are secrets. */
const secretHeader =
  /^(authorization|proxy-authorization|cookie|x-api-key|api-key|x-auth-token|x-n8n-api-key)$/i;

/** What is worth knowing and no fault. */
export function notesOf(
  document: SettingsDocument,
  checkFiles: readonly string[],
  checks: readonly ChecksRead[],
  faults: readonly Fault[],
): readonly string[] {
  const automations = listAt(document, ["automations"]).length;
  const fine = new Set(checks.flatMap((read) => read.checks.map(({ file, check }) => `${file} ${check.id}`)))
    .size;
  const read = `${count(automations, "automation")} and ${count(checkFiles.length, "check file")} read; ${count(fine, "check")} fine`;
  return [...withoutFallback(document), ...secretsInPlain(document), ...(faults.length > 0 ? [read] : [])];
}

function withoutFallback(document: SettingsDocument): string[] {
  return listAt(document, ["automations"]).flatMap((_entry, index) => {
    const path = ["automations", index];
    const low = textAt(document, [...path, "risk"]) === "low";
    if (!low || valueAt(document.value, [...path, "fallback"]) !== undefined) return [];
    return [
      `${textAt(document, [...path, "id"]) ?? formatPath(path)} has no fallback; allowed at risk "low"`,
    ];
  });
}

function secretsInPlain(document: SettingsDocument): string[] {
  const holders = listAt(document, ["automations"]).flatMap((_entry, index) => [
    ["automations", index, "source", "headers"],
    ["automations", index, "golden", "probe", "headers"],
  ]);
  return holders.flatMap((path) => {
    const headers = valueAt(document.value, path);
    if (typeof headers !== "object" || headers === null) return [];
    const plain = Object.entries(headers).filter(
      ([name, value]) => secretHeader.test(name) && typeof value === "string",
    );
    return plain.map(
      ([name]) => `${formatPath([...path, name])} is written out; name a secret instead: { "env": "NAME" }`,
    );
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
