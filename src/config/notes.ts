import { isIP, isIPv4 } from "node:net";
import { createAddressGuard } from "../platform/address-guard.js";
import { sayCount } from "../wording/numbers.js";
import { asks } from "./asking-faults.js";
import type { ChecksRead } from "./declared-checks.js";
import type { SettingsDocument } from "./document.js";
import { type Fault, formatPath, type SettingPath } from "./fault.js";
import { familyOf } from "./model-family.js";
import { listAt, textAt, valueAt } from "./setting-values.js";
import { isNetwork } from "./settings.js";

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
  const read = `${sayCount(automations, "automation")} and ${sayCount(checkFiles.length, "check file")} read; ${sayCount(fine, "check")} fine`;
  return [
    ...withoutFallback(document),
    ...secretsInPlain(document),
    ...judgesOfOneFamily(document, checks),
    ...modelsWithoutPrice(document),
    ...modelsOutOfReach(document),
    ...(faults.length > 0 ? [read] : []),
  ];
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
  const holders = [
    ...listAt(document, ["models"]).map((_model, index) => ["models", index, "headers"]),
    ...listAt(document, ["automations"]).flatMap((_entry, index) => [
      ["automations", index, "source", "headers"],
      ["automations", index, "golden", "probe", "headers"],
    ]),
  ];
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

function judgesOfOneFamily(document: SettingsDocument, checks: readonly ChecksRead[]): string[] {
  const models = new Map(
    listAt(document, ["models"]).map((_model, index) => [
      textAt(document, ["models", index, "id"]),
      textAt(document, ["models", index, "model"]),
    ]),
  );
  return checks.flatMap(({ written }, index) => {
    const judged = textAt(document, ["automations", index, "model"]);
    const family = judged === null ? null : familyOf(judged);
    if (family === null) return [];
    return written.filter(asks).flatMap((check) => {
      const name = models.get(textAt(check.document, [...check.path, "model"]));
      if (name === null || name === undefined || familyOf(name) !== family) return [];
      const id = textAt(check.document, [...check.path, "id"]);
      const automation = textAt(document, ["automations", index, "id"]);
      return [
        `${automation} ${id}: ${name} judges ${judged}, both are ${family}; models are lenient with their own family, another one judges better`,
      ];
    });
  });
}

function modelsWithoutPrice(document: SettingsDocument): string[] {
  return listAt(document, ["models"]).flatMap((_model, index) => {
    const path = ["models", index];
    if (valueAt(document.value, [...path, "price"]) !== undefined) return [];
    return [
      `${modelAt(document, path)} has no price: it counts as free, and only the number of questions a day is capped`,
    ];
  });
}

/** Models on this computer or network that nothing allows to call; names other than localhost are not resolved. */
function modelsOutOfReach(document: SettingsDocument): string[] {
  const allowed = listAt(document, ["network", "allowPrivate"]).filter(
    (range): range is string => typeof range === "string" && isNetwork(range),
  );
  const guard = createAddressGuard(allowed);
  return listAt(document, ["models"]).flatMap((_model, index) => {
    const url = textAt(document, ["models", index, "baseUrl"]);
    if (url === null || !URL.canParse(url)) return [];
    const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
    const address = host === "localhost" ? "127.0.0.1" : host;
    if (isIP(address) === 0 || guard.refuse(address) === null) return [];
    // localhost may lead to both
    const ranges = [rangeOf(address), ...(host === "localhost" ? ["::1/128"] : [])];
    const written = ranges.map((range) => JSON.stringify(range)).join(", ");
    return [
      `${modelAt(document, ["models", index])} is at ${host}, which may not be called; add to "network": { "allowPrivate": [${written}] }`,
    ];
  });
}

function rangeOf(address: string): string {
  if (address.startsWith("127.")) return "127.0.0.0/8";
  return `${address}/${isIPv4(address) ? 32 : 128}`;
}

function modelAt(document: SettingsDocument, path: SettingPath): string {
  return `model ${textAt(document, [...path, "id"]) ?? formatPath(path)}`;
}
