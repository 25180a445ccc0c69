import { checkTypes } from "../check/registry.js";
import type { SecretReference } from "../domain/ports.js";
import { meantHint } from "../text/nearest.js";
import type { WrittenCheck } from "./declared-checks.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { missingSecrets } from "./outside-faults.js";
import { found, listAt, textAt } from "./setting-values.js";

/** What keeps checks from asking: a model that is not there, a secret that is not set, texts that are not kept. */
export function askingFaults(
  document: SettingsDocument,
  automation: SettingPath,
  written: readonly WrittenCheck[],
  isPresent: (reference: SecretReference) => boolean,
): readonly Fault[] {
  const asking = written.filter(asks);
  return [
    ...asking.flatMap((check) => unknownModel(document, check)),
    ...asking.flatMap(({ document: file, path }) => missingSecrets(file, path, isPresent)),
    ...nothingToShow(document, automation, asking),
  ];
}

/** True for a check, as written, of a type that asks models or services. */
export function asks({ document, path }: Pick<WrittenCheck, "document" | "path">): boolean {
  const type = textAt(document, [...path, "type"]);
  return type !== null && checkTypes.get(type)?.asks === true;
}

function unknownModel(config: SettingsDocument, { document, path }: WrittenCheck): Fault[] {
  const model = textAt(document, [...path, "model"]);
  const known = listAt(config, ["models"]).flatMap(
    (_model, index) => textAt(config, ["models", index, "id"]) ?? [],
  );
  if (model === null || known.includes(model)) return [];
  const hint =
    known.length === 0
      ? `declare it at the top:  "models": [{ "id": ${JSON.stringify(model)}, "type": "openai", "model": "its name" }]`
      : meantHint(model, known, "models:");
  return [document.fault([...path, "model"], `${found(model)}: no such model`, [hint])];
}

function nothingToShow(
  document: SettingsDocument,
  automation: SettingPath,
  asking: readonly WrittenCheck[],
): Fault[] {
  const first = asking[0];
  if (first === undefined || textAt(document, [...automation, "store"]) !== "hash") return [];
  const id = textAt(first.document, [...first.path, "id"]) ?? "a check";
  const message = `"hash": no text is kept, so there is nothing that "${id}" could show to whom it asks`;
  return [
    document.fault([...automation, "store"], message, [
      'write "redacted", or take out the checks that ask models and services',
    ]),
  ];
}
