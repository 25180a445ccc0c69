import { KnownError } from "../domain/errors.js";
import { scheduleFault } from "../schedule/schedule-fault.js";
import { isTimeZone, timeZoneNames } from "../schedule/time-zone.js";
import { compilePath } from "../text/json-path.js";
import { meantHint, nearest } from "../text/nearest.js";
import { digestFaults } from "./digest-faults.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { knownIds, unknownNames } from "./known-names.js";
import { callableFaults, clockFaults, teamFaults, unknownPerson } from "./on-call-faults.js";
import { routeFaults } from "./route-faults.js";
import { found, listAt, textAt, valueAt } from "./setting-values.js";

/**
 * What no single setting can tell: names that refer to something, times that exist, what a risk needs.
 * They look at the settings as written, so that a fault elsewhere hides none of theirs.
 */
export function ruleFaults(document: SettingsDocument): readonly Fault[] {
  const automations = listAt(document, ["automations"]).map(
    (_entry, index) => ["automations", index] as const,
  );
  return [
    ...duplicates(document, "people", "name"),
    ...duplicates(document, "channels", "id"),
    ...duplicates(document, "models", "id"),
    ...duplicates(document, "automations", "id"),
    ...unknownPerson(document, ["aiOwner"]),
    ...unknownPerson(document, ["governance", "who"]),
    ...unknownTimeZone(document, ["timeZone"]),
    ...listAt(document, ["people"]).flatMap((_person, index) =>
      unknownTimeZone(document, ["people", index, "timeZone"]),
    ),
    ...listAt(document, ["teams"]).flatMap((_team, index) =>
      unknownTimeZone(document, ["teams", index, "timeZone"]),
    ),
    ...channelFallbacks(document),
    ...routeFaults(document),
    ...digestFaults(document),
    ...automations.flatMap((path) => automationFaults(document, path)),
    ...listAt(document, ["maintenance"]).flatMap((_window, index) => windowFaults(document, index)),
    ...teamFaults(document),
  ];
}

function windowFaults(document: SettingsDocument, index: number): Fault[] {
  const path = ["maintenance", index];
  return [
    ...unknownNames(document, [...path, "automations"], knownIds(document, "automation")),
    ...unknownPerson(document, [...path, "owner"]),
    ...unknownTimeZone(document, [...path, "timeZone"]),
  ];
}

function automationFaults(document: SettingsDocument, path: SettingPath): Fault[] {
  const named: SettingPath[] = [["owner"], ["fallback", "by"], ["golden", "override", "by"]];
  return [
    ...named.flatMap((setting) => unknownPerson(document, [...path, ...setting])),
    ...callableFaults(document, path),
    ...clockFaults(document, path),
    ...unknownTimeZone(document, [...path, "timeZone"]),
    ...impossibleSchedule(document, [...path, "schedule"]),
    ...impossibleSchedule(document, [...path, "golden", "schedule"]),
    ...missingFallback(document, path),
    ...realEffects(document, path),
    ...unreadablePaths(document, [...path, "follow", "numbers"]),
    ...unreadablePaths(document, [...path, "follow", "categories"]),
  ];
}

function duplicates(document: SettingsDocument, list: string, key: string): Fault[] {
  const first = new Map<string, SettingPath>();
  return listAt(document, [list]).flatMap((_entry, index) => {
    const path = [list, index, key];
    const name = textAt(document, path);
    if (name === null) return [];
    const earlier = first.get(name);
    first.set(name, earlier ?? path);
    if (earlier === undefined) return [];
    const { line } = document.fault(earlier, "");
    return [
      document.fault(path, `${found(name)}: used twice, first in line ${line}; expected another ${key}`),
    ];
  });
}

function unknownTimeZone(document: SettingsDocument, path: SettingPath): Fault[] {
  const name = textAt(document, path);
  if (name === null || isTimeZone(name)) return [];
  const near = nearest(name, timeZoneNames());
  const hint =
    near === null ? 'expected a name such as "Europe/Vienna"' : `did you mean ${JSON.stringify(near)}?`;
  return [document.fault(path, `${found(name)}: no such time zone`, [hint])];
}

function impossibleSchedule(document: SettingsDocument, path: SettingPath): Fault[] {
  const expression = textAt(document, path);
  const fault = expression === null ? null : scheduleFault(expression);
  if (fault === null) return [];
  const paste = `for ${JSON.stringify(fault.example.meaning)} write:  "schedule": "${fault.example.expression}"`;
  return [document.fault(path, `${found(expression)}: ${fault.reason}`, [paste])];
}

function channelFallbacks(document: SettingsDocument): Fault[] {
  const channels = listAt(document, ["channels"]).map((_channel, index) => ({
    id: textAt(document, ["channels", index, "id"]),
    next: textAt(document, ["channels", index, "fallback"]),
    path: ["channels", index, "fallback"] as const,
  }));
  const known = channels.flatMap(({ id }) => id ?? []);
  const next = new Map(channels.map(({ id, next }) => [id, next]));
  return channels.flatMap(({ id, next: name, path }) => {
    if (name === null) return [];
    if (!known.includes(name))
      return [document.fault(path, `${found(name)}: no such channel`, [meantHint(name, known, "channels:")])];
    const visited = new Set<string>();
    for (let at: string | null = name; at !== null && !visited.has(at); at = next.get(at) ?? null)
      visited.add(at);
    if (id === null || !visited.has(id)) return [];
    return [document.fault(path, `${found(name)}: leads back to "${id}" itself, expected a chain that ends`)];
  });
}

function missingFallback(document: SettingsDocument, path: SettingPath): Fault[] {
  const risk = textAt(document, [...path, "risk"]);
  const fallback = valueAt(document.value, [...path, "fallback"]);
  if ((risk !== "high" && risk !== "medium") || fallback !== undefined) return [];
  const by = textAt(document, [...path, "owner"]) ?? "a person's name";
  return [
    document.fault([...path, "fallback"], `missing, needed for risk "${risk}"`, [
      "write what people do by hand meanwhile:",
      `"fallback": { "by": ${JSON.stringify(by)}, "minutesPerItem": 2,`,
      '              "steps": ["What to do first", "What to do next"] }',
    ]),
  ];
}

function realEffects(document: SettingsDocument, path: SettingPath): Fault[] {
  const golden = [...path, "golden"];
  if (textAt(document, [...golden, "effects"]) !== "real") return [];
  if (textAt(document, [...golden, "schedule"]) === null) return [];
  if (valueAt(document.value, [...golden, "override"]) !== undefined) return [];
  return [
    document.fault(
      [...golden, "schedule"],
      'a golden set with effects "real" never runs on a schedule by itself',
      [
        "leave the schedule out, or record who allows it and why:",
        '"override": { "by": "a person\'s name", "why": "the reason" }',
      ],
    ),
  ];
}

function unreadablePaths(document: SettingsDocument, list: SettingPath): Fault[] {
  return listAt(document, list).flatMap((path, index) => {
    if (typeof path !== "string") return [];
    try {
      compilePath(path);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof KnownError)) throw thrown;
      return [document.fault([...list, index], thrown.message)];
    }
  });
}
