import { dirname, resolve } from "node:path";
import { z } from "zod";
import { createAutomation } from "../automation/create-automation.js";
import { createPerson, createTeam } from "../automation/person-settings.js";
import { tierDefaults } from "../automation/tier-defaults.js";
import { createWindow } from "../incident/maintenance.js";
import { type ChannelSettings, embeddedConsole } from "../notify/settings.js";
import { createReaders } from "../report/digest-settings.js";
import { createGovernance, createVendorDate } from "../review/governance-settings.js";
import { durationMs } from "../text/setting-types.js";
import type { Config, KeptFor, WatchedAutomation } from "./config.js";
import type { ChecksRead } from "./declared-checks.js";
import type { AutomationSettings, ConfigSettings } from "./settings.js";

/** The configuration of faultless settings; `checks` stand in the order of the automations. */
export function buildConfig(file: string, settings: ConfigSettings, checks: readonly ChecksRead[]): Config {
  const baseDir = resolve(dirname(file));
  return {
    file,
    baseDir,
    name: settings.name,
    timeZone: settings.timeZone,
    dataDir: resolve(baseDir, settings.dataDir),
    backup: backupOf(settings, baseDir),
    retention: { ...keptFor(settings.retention), messagesMs: durationMs(settings.retention.messages) },
    allowNetworkDisk: settings.allowNetworkDisk,
    listen: settings.listen,
    publicUrl: settings.publicUrl?.replace(/\/+$/, "") ?? null,
    aiOwner: settings.aiOwner,
    alarmBudget: settings.alarmBudget,
    modelSunset: modelSunsetOf(settings),
    models: settings.models,
    judging: settings.judging,
    network: settings.network,
    people: [
      ...settings.people.map((person) => createPerson(person, settings.timeZone)),
      ...settings.teams.map((team) => createTeam(team, settings.timeZone)),
    ],
    channels: settings.channels.length === 0 ? [embeddedConsole] : settings.channels.map(asChannel),
    routes: settings.routes,
    automations: settings.automations.map((entry, index) => watched(entry, checks[index], baseDir, settings)),
    digest: createReaders(settings.digest, settings),
    governance: createGovernance(settings.governance, settings.aiOwner),
    vendorDates: settings.vendorDates.map(createVendorDate),
    deadMan: settings.deadMan ?? null,
    maintenance: settings.maintenance.map((each) => createWindow(each, settings.timeZone)),
  };
}

function watched(
  entry: AutomationSettings,
  checks: ChecksRead | undefined,
  baseDir: string,
  { timeZone, judging, retention }: ConfigSettings,
): WatchedAutomation {
  const defaults = tierDefaults[entry.risk];
  const { source, golden } = entry;
  const schedule = source === undefined ? null : (entry.schedule ?? defaults.schedule);
  return {
    automation: createAutomation(entry, { timeZone, schedule }),
    source: source === undefined ? null : { settings: source, settleMs: durationMs(source.settle) },
    sample: {
      size: entry.sample.size ?? defaults.sampleSize,
      strata: entry.sample.strata ?? [],
      doubledAfterChange: entry.sample.doubledAfterChange ?? "3d",
    },
    store: entry.store,
    switches: { pause: entry.fallback?.pauseAction ?? null, resume: entry.fallback?.resumeAction ?? null },
    follow: entry.follow,
    baseline: entry.baseline,
    checks: checks?.checks ?? [],
    golden:
      golden === undefined
        ? null
        : {
            settings: golden,
            casesFile: resolve(baseDir, golden.cases),
            schedule: golden.schedule ?? null,
            checks: golden.checks ?? null,
          },
    judging: {
      dailyUsd: entry.judging.dailyUsd ?? judging.dailyUsd,
      dailyCalls: entry.judging.dailyCalls ?? judging.dailyCalls,
    },
    retention: keptFor({
      bodies: entry.retention.bodies ?? retention.bodies,
      verdicts: entry.retention.verdicts ?? retention.verdicts,
    }),
  };
}

function backupOf({ backup, dataDir }: ConfigSettings, baseDir: string): Config["backup"] {
  const { at, keepDaily, keepWeekly, folder } = backup;
  const place = folder === undefined ? resolve(baseDir, dataDir, "backups") : resolve(baseDir, folder);
  return { at: at === "never" ? null : at, keepDaily, keepWeekly, folder: place };
}

function keptFor({ bodies, verdicts }: { bodies: string; verdicts: string }): KeptFor {
  return { bodiesMs: durationMs(bodies), verdictsMs: durationMs(verdicts) };
}

function modelSunsetOf({ modelSunset }: ConfigSettings): Config["modelSunset"] {
  const { daysBefore, pageDaysBefore, dates } = modelSunset;
  const own = dates.map(({ model, shutsDownOn, replacement }) => ({
    models: [model],
    vendor: null,
    platform: null,
    shutsDownOn,
    replacement: replacement ?? null,
  }));
  return { daysBefore, pageDaysBefore, own };
}

/** What all channels have, typed; each type reads its own settings beside it. */
const anyChannel = z.looseObject({
  id: z.string(),
  type: z.string(),
  fallback: z.string().optional(),
});

function asChannel(settings: unknown): ChannelSettings {
  return anyChannel.parse(settings);
}
