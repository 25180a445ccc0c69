import { meantHint } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { found, listAt, textAt } from "./setting-values.js";

/** Routes to channels, or about automations, that do not exist. */
export function routeFaults(document: SettingsDocument): readonly Fault[] {
  const channels = namesIn(document, "channels");
  const automations = namesIn(document, "automations");
  return listAt(document, ["routes"]).flatMap((_route, index) => [
    ...unknownNames(document, ["routes", index, "to"], { what: "channel", known: channels }),
    ...unknownNames(document, ["routes", index, "when", "automations"], {
      what: "automation",
      known: automations,
    }),
  ]);
}

function namesIn(document: SettingsDocument, list: string): readonly string[] {
  return listAt(document, [list]).flatMap((_entry, index) => textAt(document, [list, index, "id"]) ?? []);
}

function unknownNames(
  document: SettingsDocument,
  list: SettingPath,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
): Fault[] {
  return listAt(document, list).flatMap((_name, index) => {
    const path = [...list, index];
    const name = textAt(document, path);
    if (name === null || known.includes(name)) return [];
    return [document.fault(path, `${found(name)}: no such ${what}`, [meantHint(name, known, `${what}s:`)])];
  });
}
