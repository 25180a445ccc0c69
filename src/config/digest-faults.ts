import { digestCarriers } from "../notify/digest-carriers.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { knownIds, namesIn, unknownName, unknownNames } from "./known-names.js";
import { unknownPerson } from "./on-call-faults.js";
import { found, listAt, textAt } from "./setting-values.js";

/** Readers that are nobody or named twice, automations and channels that do not exist, channels that carry no digest. */
export function digestFaults(document: SettingsDocument): readonly Fault[] {
  const readers = ["digest", "readers"];
  const names = listAt(document, readers).map((_reader, index) =>
    textAt(document, [...readers, index, "person"]),
  );
  return [
    ...channelFaults(document, ["digest", "channel"]),
    ...names.flatMap((name, index) => {
      const reader = [...readers, index];
      const twice = name !== null && names.indexOf(name) < index;
      return [
        ...unknownPerson(document, [...reader, "person"]),
        ...(twice ? [document.fault([...reader, "person"], `${found(name)}: is a reader already`)] : []),
        ...unknownNames(document, [...reader, "automations"], knownIds(document, "automation")),
        ...channelFaults(document, [...reader, "channel"]),
      ];
    }),
  ];
}

function channelFaults(document: SettingsDocument, path: SettingPath): readonly Fault[] {
  const name = textAt(document, path);
  const unknown = unknownName(document, path, knownIds(document, "channel"));
  if (name === null || unknown.length > 0) return unknown;
  const type = textAt(document, ["channels", namesIn(document, "channels", "id").indexOf(name), "type"]);
  if (type === null || digestCarriers.includes(type)) return [];
  const expected = `expected one of type ${digestCarriers.join(" or ")}`;
  return [document.fault(path, `${found(name)}: a ${type} channel carries no digest, ${expected}`)];
}
