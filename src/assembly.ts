/**
 * Joins the rooms: from a checked configuration and the outside to the register as it is watched.
 * In: a Config, ports. Out: a Register. The only place that knows configuration and rooms at once.
 */

import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { prepareSwitch, type Switches, type SwitchSettings } from "./automation/switch-action.js";
import type { Config, WatchedAutomation } from "./config/config.js";
import { ConfigError } from "./domain/errors.js";
import { microsOf } from "./domain/money.js";
import type { Person } from "./domain/person.js";
import type { Clock, CommandRunner, HttpClient, Random, SecretReader } from "./domain/ports.js";
import type {
  Askable,
  DeadMan,
  JudgingCap,
  PushIntake,
  ReadyChannel,
  Register,
  Watched,
  WatchedGolden,
} from "./flow/ground.js";
import type { FollowGolden } from "./flow/plan-golden.js";
import { fullPath, planMetrics, planUnnamed } from "./flow/plan-metrics.js";
import type { UpkeepSettings } from "./flow/upkeep.js";
import { readGoldenSet } from "./golden/golden-set.js";
import { prepareProbe } from "./golden/settings.js";
import { reachableHost } from "./http/listen.js";
import { prepareModel } from "./model/settings.js";
import { parseSunsetTable } from "./model/sunset-table.js";
import { channelPacing, prepareChannel, stayInTerminal } from "./notify/settings.js";
import { createLinkKeys } from "./platform/link-keys.js";
import { pause } from "./platform/pause.js";
import { prepareDraw } from "./sample/draw.js";
import { prepareMapping } from "./sample/mapping.js";
import { expectsMore, hostOf, prepareSource } from "./sample/settings.js";
import { pushAccess } from "./sample/sources/push.js";
import { prepareStrata } from "./sample/strata.js";
import { parseSchedule, type Schedule } from "./schedule/schedule.js";
import { durationMs } from "./text/setting-types.js";

const sunsetFile = new URL("../fixtures/model-sunsets.json", import.meta.url);

/** What the register uses of the outside. */
export interface AssemblyPorts {
  readonly http: HttpClient;
  readonly command: CommandRunner;
  readonly secret: SecretReader;
  readonly clock: Clock;
  readonly random: Random;
  /** The terminal, for the console channel. */
  readonly write: (text: string) => void;
}

/** Builds everything the configuration declares. */
export function assemble(config: Config, ports: AssemblyPorts): Register {
  const people = new Map(config.people.map((person) => [person.name, person]));
  return {
    name: config.name,
    timeZone: config.timeZone,
    publicUrl: config.publicUrl ?? localUrl(config),
    aiOwner: aiOwnerOf(config, people),
    people,
    alarmBudget: config.alarmBudget,
    automations: config.automations.map((each) => watchedOf(config, each, ports)),
    channels: channelsOf(config, ports),
    routes: config.routes,
    asking: askableOf(config, ports),
    ...(config.publicUrl === null
      ? {}
      : { links: { baseUrl: config.publicUrl, keys: createLinkKeys(config.dataDir, ports) } }),
    sunset: { ...config.modelSunset, table: () => parseSunsetTable(readFileSync(sunsetFile, "utf8")) },
    maintenance: config.maintenance,
    ...{ digest: config.digest, governance: config.governance, vendorDates: config.vendorDates },
    deadMan: deadManOf(config, ports),
  };
}

function deadManOf({ deadMan }: Config, { http, secret }: AssemblyPorts): DeadMan | null {
  if (deadMan === null) return null;
  const { url, everyMinutes } = deadMan;
  return {
    everyMs: everyMinutes * 60_000,
    ask: (limits) =>
      http.request({ method: "GET", url: typeof url === "string" ? url : secret(url), ...limits }),
  };
}

/** How the store is cared for. */
export function upkeepSettingsOf(config: Config): UpkeepSettings {
  const { backup, retention, timeZone, automations } = config;
  const [hours = 0, minutes = 0] = (backup.at ?? "").split(":").map(Number);
  const own = new Map(automations.map((each) => [each.automation.id, each.retention]));
  return {
    timeZone,
    backup: {
      atMinute: backup.at === null ? null : hours * 60 + minutes,
      folder: backup.folder,
      keep: { daily: backup.keepDaily, weekly: backup.keepWeekly, timeZone },
    },
    retention: { ...retention, of: (id) => own.get(id) ?? retention },
  };
}

/** With the terminal as the only channel, whoever reads a message sits at this computer. */
function localUrl(config: Config): string | null {
  return stayInTerminal(config.channels) && config.listen.port !== 0
    ? `http://${reachableHost(config.listen.host)}:${config.listen.port}`
    : null;
}

function aiOwnerOf(config: Config, people: ReadonlyMap<string, Person>): Person {
  const person = people.get(config.aiOwner);
  if (person === undefined) throw new ConfigError("config-person", `aiOwner: no person "${config.aiOwner}"`);
  return person;
}

function askableOf(config: Config, ports: AssemblyPorts): Askable {
  const models = config.models.map((settings) => prepareModel(settings, { ...ports, pause }));
  return {
    models: new Map(models.map((model) => [model.id, model])),
    cap: capOf(config.judging),
    http: ports.http,
    secret: ports.secret,
  };
}

function capOf({ dailyUsd, dailyCalls }: Config["judging"]): JudgingCap {
  return { dailyMicros: microsOf(dailyUsd), dailyQuestions: dailyCalls };
}

function channelsOf(config: Config, ports: AssemblyPorts): readonly ReadyChannel[] {
  const fallbacks = new Set(config.channels.map((each) => each.fallback));
  return config.channels.map((settings) => ({
    id: settings.id,
    type: settings.type,
    channel: prepareChannel(settings, ports),
    fallback: settings.fallback ?? null,
    onlyAsFallback: fallbacks.has(settings.id),
    pacing: channelPacing(settings),
  }));
}

function watchedOf(config: Config, each: WatchedAutomation, ports: AssemblyPorts): Watched {
  const { baseDir } = config;
  const { automation, source } = each;
  const golden = goldenOf(config, each, ports);
  const watchedChecks = each.checks.map(({ check }) => check);
  return {
    entry: automation,
    source: source === null ? null : prepareSource(source.settings, { ...ports, baseDir }, automation),
    sourceType: source?.settings.type ?? null,
    sourceHost: source === null ? null : hostOf(source.settings),
    complete: source !== null && !expectsMore(source.settings),
    settleMs: source?.settleMs ?? 0,
    push: pushOf(each, ports),
    sampleSize: each.sample.size,
    strataOf: prepareStrata(each.sample.strata),
    draw: prepareDraw(each.sample),
    doubledAfterChangeMs: durationMs(each.sample.doubledAfterChange),
    storeMode: each.store,
    checks: watchedChecks,
    switches: switchesOf(config, each, ports),
    metrics: planMetrics(automation, each.checks, {
      ...each.follow,
      baseline: each.baseline,
      golden: followGolden(each, golden),
      volume: source !== null && expectsMore(source.settings),
    }),
    namedCategories: each.follow.categories.map(fullPath),
    followUnnamed: { fields: each.follow.fields === "auto", segments: each.follow.segments === "auto" },
    planUnnamed: (chosen) =>
      planUnnamed(automation, watchedChecks, chosen, { ...each.follow, baseline: each.baseline }),
    schedule: scheduleOf(automation.schedule, automation.timeZone),
    golden,
    declared: declaredParts(each, golden),
    judging: capOf(each.judging),
  };
}

function switchesOf({ baseDir }: Config, { switches }: WatchedAutomation, ports: AssemblyPorts): Switches {
  const ready = (settings: SwitchSettings | null) =>
    settings === null ? null : prepareSwitch(settings, { ...ports, baseDir });
  return { pause: ready(switches.pause), resume: ready(switches.resume) };
}

function scheduleOf(expression: string | null, timeZone: string): Schedule | null {
  return expression === null ? null : parseSchedule(expression, timeZone);
}

function pushOf({ source, automation }: WatchedAutomation, ports: AssemblyPorts): PushIntake | null {
  const access = source === null ? null : pushAccess(source.settings);
  if (source === null || access === null) return null;
  const { token, hmac } = access;
  return {
    map: prepareMapping(source.settings.map, automation),
    token: () => ports.secret(token),
    hmac: hmac === undefined ? null : () => ports.secret(hmac),
  };
}

function goldenOf(config: Config, each: WatchedAutomation, ports: AssemblyPorts): WatchedGolden | null {
  const { golden, automation } = each;
  if (golden === null) return null;
  const read = readGoldenSet(readFileSync(golden.casesFile, "utf8"), golden.casesFile);
  return {
    cases: read.cases,
    probe: prepareProbe(golden.settings.probe, { ...ports, baseDir: config.baseDir }),
    schedule: scheduleOf(golden.schedule, automation.timeZone),
    effects: golden.settings.effects,
    override: golden.settings.override ?? null,
    checks: decidingChecks(golden.checks, each),
    repeat: golden.settings.repeat,
    reviewBy: golden.settings.reviewBy ?? null,
  };
}

function followGolden(each: WatchedAutomation, golden: WatchedGolden | null): FollowGolden | null {
  if (golden === null || each.golden === null) return null;
  const { checks, cases } = golden;
  const { baselineRuns } = each.golden.settings;
  return { checks, baselineRuns, inputs: cases.map(({ input }) => input) };
}

/** What counts as an edit of the automation, hashed part by part; the model is named. Secrets are references here. */
function declaredParts(
  { automation, source, checks, golden: written }: WatchedAutomation,
  golden: WatchedGolden | null,
): ReadonlyMap<string, string> {
  const hashOf = (value: unknown) => hash("sha256", JSON.stringify(value), "hex").slice(0, 16);
  return new Map([
    ...(automation.model === null ? [] : [["model", automation.model] as const]),
    ...(source === null ? [] : [["source", hashOf(source.settings)] as const]),
    ...(written === null ? [] : [["golden settings", hashOf(written.settings)] as const]),
    ...(golden === null ? [] : [["golden cases", hashOf(golden.cases)] as const]),
    ...checks.map(({ check, settings }) => [`check ${check.id}`, hashOf(settings)] as const),
  ]);
}

/** The checks that decide whether a known answer agrees: those named, or all. */
function decidingChecks(
  named: readonly string[] | null,
  { checks }: Pick<WatchedAutomation, "checks">,
): readonly string[] {
  return named ?? checks.map(({ check }) => check.id);
}
