/**
 * Who is called and by when: names of people and teams, swaps of turns, clocks in their order.
 * In: the settings as written. Out: faults with where they stand.
 */
import { turnByRota } from "../automation/on-call.js";
import { dayMs } from "../domain/time.js";
import { parseDuration } from "../text/duration.js";
import { meantHint } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { namesIn, unknownName } from "./known-names.js";
import { found, listAt, textAt } from "./setting-values.js";

/** A name that no person has. */
export function unknownPerson(document: SettingsDocument, path: SettingPath): Fault[] {
  const names = namesIn(document, "people", "name");
  return unknownName(document, path, { what: "person", names, listedAs: "people:" });
}

/** A name that no person and no team has. */
function unknownCallable(document: SettingsDocument, path: SettingPath): Fault[] {
  const names = [...namesIn(document, "people", "name"), ...namesIn(document, "teams", "name")];
  return unknownName(document, path, { what: "person or team", names, listedAs: "people:" });
}

/** Members that are nobody, and names that stand for two. */
export function teamFaults(document: SettingsDocument): Fault[] {
  const people = namesIn(document, "people", "name");
  const names = listAt(document, ["teams"]).map((_team, index) => textAt(document, ["teams", index, "name"]));
  return names.flatMap((name, index) => {
    const taken = name !== null && (people.includes(name) || names.indexOf(name) < index);
    return [
      ...(taken
        ? [document.fault(["teams", index, "name"], `${found(name)}: used twice; expected another name`)]
        : []),
      ...listAt(document, ["teams", index, "members"]).flatMap((_member, member) =>
        unknownPerson(document, ["teams", index, "members", member]),
      ),
    ];
  });
}

/** Whoever is called may be a person or a team. */
export function callableFaults(document: SettingsDocument, path: SettingPath): Fault[] {
  const onCall = [...path, "onCall"];
  const names: SettingPath[] = [
    [...path, "deputy"],
    onCall,
    [...path, "sla", "hoursOf"],
    ...listAt(document, [...onCall, "weekly"]).map((_name, turn) => [...onCall, "weekly", turn]),
    ...listAt(document, [...onCall, "swaps"]).map((_swap, index) => [...onCall, "swaps", index, "instead"]),
  ];
  const swaps = listAt(document, [...onCall, "swaps"]);
  return [
    ...names.flatMap((name) => unknownCallable(document, name)),
    ...swaps.flatMap((_swap, index) => swapFaults(document, onCall, index)),
  ];
}

/** Longest swap looked at day by day. */
const longestSwapDays = 400;

function swapFaults(document: SettingsDocument, onCall: SettingPath, index: number): Fault[] {
  const swap = [...onCall, "swaps", index];
  const weekly = listAt(document, [...onCall, "weekly"]).flatMap(
    (_name, turn) => textAt(document, [...onCall, "weekly", turn]) ?? [],
  );
  const [from, to, who, startsOn] = [
    textAt(document, [...swap, "from"]),
    textAt(document, [...swap, "to"]),
    textAt(document, [...swap, "who"]),
    textAt(document, [...onCall, "startsOn"]),
  ];
  if (from === null || to === null || who === null || startsOn === null) return [];
  if (!weekly.includes(who)) {
    const hint = meantHint(who, weekly, "weekly:");
    return [document.fault([...swap, "who"], `${found(who)}: has no turn in weekly`, [hint])];
  }
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  if (days < 0)
    return [document.fault([...swap, "to"], `${found(to)}: before from, expected ${from} or later`)];
  if (!(days < longestSwapDays)) return [];
  const turns = Array.from({ length: days + 1 }, (_day, day) =>
    turnByRota({ names: weekly, startsOn }, Date.parse(from) + day * dayMs),
  );
  if (turns.includes(who)) return [];
  const whose = [...new Set(turns)].join(" and then ");
  return [
    document.fault([...swap, "who"], `${found(who)}: is not on call from ${from} to ${to}; it is ${whose}`),
  ];
}

/** What has to be contained cannot have longer than what has to work again. */
export function clockFaults(document: SettingsDocument, path: SettingPath): Fault[] {
  const [contain, restore] = [
    textAt(document, [...path, "sla", "contain"]),
    textAt(document, [...path, "sla", "restore"]),
  ];
  if (contain === null || restore === null) return [];
  const [containMs, restoreMs] = [parseDuration(contain), parseDuration(restore)];
  if (containMs === null || restoreMs === null || containMs <= restoreMs) return [];
  return [
    document.fault(
      [...path, "sla", "contain"],
      `${found(contain)}: longer than restore, expected ${restore} or less`,
    ),
  ];
}
