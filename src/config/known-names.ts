/**
 * Names that refer to something of the settings, and that nothing there bears. In: the settings as written, where the
 * names stand, what is known. Out: a fault for each unknown name, with the nearest known one.
 */
import { meantHint } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { found, listAt, textAt } from "./setting-values.js";

/** What a name may refer to. */
export interface Known {
  /** "channel", as in "no such channel". */
  readonly what: string;
  readonly names: readonly string[];
  /** "channels:", before the known names. */
  readonly listedAs: string;
}

/** The names of the entries of a list, under this key. */
export function namesIn(document: SettingsDocument, list: string, key: "id" | "name"): readonly string[] {
  return listAt(document, [list]).flatMap((_entry, index) => textAt(document, [list, index, key]) ?? []);
}

/** What the entries of a list are called by their id. */
export function knownIds(document: SettingsDocument, what: "channel" | "automation"): Known {
  return { what, names: namesIn(document, `${what}s`, "id"), listedAs: `${what}s:` };
}

/** A name that is not known. */
export function unknownName(document: SettingsDocument, path: SettingPath, known: Known): Fault[] {
  const name = textAt(document, path);
  if (name === null || known.names.includes(name)) return [];
  return [
    document.fault(path, `${found(name)}: no such ${known.what}`, [
      meantHint(name, known.names, known.listedAs),
    ]),
  ];
}

/** Every name of a list that is not known. */
export function unknownNames(document: SettingsDocument, list: SettingPath, known: Known): Fault[] {
  return listAt(document, list).flatMap((_name, index) => unknownName(document, [...list, index], known));
}
