import type { SwitchSettings } from "../automation/switch-action.js";
import type { CheckSettings } from "../check/settings.js";
import type { Automation } from "../domain/automation.js";
import type { Check } from "../domain/check.js";
import type { ModelSunset } from "../domain/model-sunset.js";
import type { Person } from "../domain/person.js";
import type { SecretReference } from "../domain/ports.js";
import type { Governance, VendorDate } from "../domain/review.js";
import type { MaintenanceWindow } from "../domain/silence.js";
import type { ModelSettings } from "../model/settings.js";
import type { Route } from "../notify/route.js";
import type { ChannelSettings } from "../notify/settings.js";
import type { DigestReader } from "../report/digest-settings.js";
import type { SampleSettings, SourceSettings } from "../sample/settings.js";
import type { StoreMode } from "../text/redact.js";
import type { ScheduledGoldenSettings } from "./settings.js";

/** A check as declared and ready to judge. */
export interface DeclaredCheck {
  readonly settings: CheckSettings;
  readonly check: Check;
  /** The file that declares it, as it was named. */
  readonly file: string;
}

/** Where outputs come from. */
export interface WatchedSource {
  readonly settings: SourceSettings;
  /** A slot closes so long after its end. */
  readonly settleMs: number;
}

/** A golden set and how it is put to the automation. */
export interface WatchedGolden {
  readonly settings: ScheduledGoldenSettings;
  /** Absolute path of the cases. */
  readonly casesFile: string;
  /** null: only on demand. */
  readonly schedule: string | null;
  /** Ids of the checks that decide agreement; null: all. */
  readonly checks: readonly string[] | null;
}

/** How long outputs are kept. */
export interface KeptFor {
  readonly bodiesMs: number;
  readonly verdictsMs: number;
}

/** The most that checks may ask on one day. */
export interface JudgingLimits {
  readonly dailyUsd: number;
  readonly dailyCalls: number;
}

/** An automation with everything about how it is watched. */
export interface WatchedAutomation {
  readonly automation: Automation;
  readonly source: WatchedSource | null;
  readonly sample: SampleSettings;
  readonly store: StoreMode;
  /** How it is paused and resumed when a person asks for that; null: by hand only. */
  readonly switches: { readonly pause: SwitchSettings | null; readonly resume: SwitchSettings | null };
  readonly follow: {
    readonly numbers: readonly string[];
    readonly categories: readonly string[];
    readonly fields: "auto" | "none";
    readonly segments: "auto" | "none";
  };
  readonly baseline: { readonly outputs: number; readonly runs: number };
  readonly checks: readonly DeclaredCheck[];
  readonly golden: WatchedGolden | null;
  readonly judging: JudgingLimits;
  readonly retention: KeptFor;
}

/** The configuration, whole and checked: defaults filled in, paths absolute, secrets still references. */
export interface Config {
  /** As it was named. */
  readonly file: string;
  /** Absolute folder of the file; relative paths start here. */
  readonly baseDir: string;
  readonly name: string;
  readonly timeZone: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly backup: {
    /** "03:30", or null: none is made by itself. */
    readonly at: string | null;
    readonly keepDaily: number;
    readonly keepWeekly: number;
    /** Absolute. */
    readonly folder: string;
  };
  readonly retention: KeptFor & { readonly messagesMs: number };
  /** True where the data folder may lie on a network. */
  readonly allowNetworkDisk: boolean;
  readonly listen: { readonly host: string; readonly port: number };
  readonly publicUrl: string | null;
  readonly aiOwner: string;
  readonly alarmBudget: { readonly falseAlarmsPerMonth: number; readonly digestFindingsPerMonth: number };
  readonly modelSunset: {
    readonly daysBefore: number;
    readonly pageDaysBefore: number;
    readonly own: readonly ModelSunset[];
  };
  readonly models: readonly ModelSettings[];
  readonly judging: JudgingLimits;
  readonly network: { readonly allowPrivate: readonly string[] };
  /** Teams after the people. */
  readonly people: readonly Person[];
  /** Never empty: without any it is the console. */
  readonly channels: readonly ChannelSettings[];
  readonly routes: readonly Route[];
  readonly automations: readonly WatchedAutomation[];
  /** Who gets the weekly digest. */
  readonly digest: readonly DigestReader[];
  /** The monthly review of the whole register. */
  readonly governance: Governance;
  readonly vendorDates: readonly VendorDate[];
  readonly deadMan: { readonly url: string | SecretReference; readonly everyMinutes: number } | null;
  /** Weekly windows in which nothing is sent. */
  readonly maintenance: readonly MaintenanceWindow[];
}
