/**
 * What every journey stands on: the register as it is watched, the store and the ports.
 * In: built once by the daemon or a command. Out: nothing. Holds no rules.
 */
import type { Switches } from "../automation/switch-action.js";
import type { Automation } from "../domain/automation.js";
import type { Check, Level } from "../domain/check.js";
import type { FollowedField } from "../domain/followed-field.js";
import type { GoldenCase } from "../domain/golden-case.js";
import type { ModelSunset } from "../domain/model-sunset.js";
import type { Output } from "../domain/output.js";
import type { Person } from "../domain/person.js";
import type {
  Clock,
  HttpClient,
  HttpRequest,
  HttpResponse,
  Logger,
  Pause,
  Random,
  SecretReader,
} from "../domain/ports.js";
import type { Governance, VendorDate } from "../domain/review.js";
import type { MaintenanceWindow } from "../domain/silence.js";
import type { Verdict } from "../domain/verdict.js";
import type { Value } from "../drift/metric.js";
import type { MetricSettings } from "../drift/settings.js";
import type { Probe } from "../golden/probe.js";
import type { Model } from "../model/model.js";
import type { SunsetTable } from "../model/sunset-table.js";
import type { Channel } from "../notify/channel-type.js";
import type { Pacing } from "../notify/pacing.js";
import type { Route } from "../notify/route.js";
import type { DigestReader } from "../report/digest-settings.js";
import type { Draw } from "../sample/draw.js";
import type { Mapping } from "../sample/mapping.js";
import type { Source } from "../sample/source.js";
import type { StrataOf } from "../sample/strata.js";
import type { Schedule } from "../schedule/schedule.js";
import type { Store } from "../store/open.js";
import type { StoreMode } from "../text/redact.js";
import type { AlarmLevels } from "./alarm-levels.js";
import type { InFlight } from "./in-flight.js";
import type { ActionLinks } from "./issue-links.js";
import { itself, itselfId } from "./itself.js";

/** Something followed over the runs of one automation. */
export interface MetricPlan {
  /** `check:valid-json`, `number:latency`, `category:category`, `errors`, `unsure`. */
  readonly id: string;
  readonly title: string;
  readonly check: string | null;
  /** The level its findings have once it is no longer on probation. */
  readonly level: Level;
  readonly rule: "drift" | "floor" | "golden";
  /** True where a higher share is no fault: only falling pass shares page. */
  readonly higherIsBetter: boolean | null;
  /** Unit of a number, for the sentence: "ms", "USD", "characters" or none. */
  readonly unit: string | null;
  /** Where a run gives one number: of which metric's values, and which number of theirs; null: its values as they are. */
  readonly perRun: { readonly of: string; readonly by: "median" | "mean" } | null;
  readonly settings: MetricSettings;
  /** Changes when what is measured changes; the baseline then starts anew. */
  readonly settingsHash: string;
  /** What this metric takes from one output as it came; undefined: nothing. */
  readonly observe: (output: Output, verdicts: ReadonlyMap<string, Verdict>) => Value | undefined;
}

/** How pushed outputs are mapped, and how they prove where they come from. */
export interface PushIntake {
  readonly map: Mapping;
  /** The bearer token expected. */
  readonly token: () => string;
  /** The key bodies may be signed with instead. */
  readonly hmac: (() => string) | null;
}

/** The golden set of a watched automation. */
export interface WatchedGolden {
  readonly cases: readonly GoldenCase[];
  readonly probe: Probe;
  readonly schedule: Schedule | null;
  readonly effects: "none" | "test-mode" | "real";
  /** Who let the probe act for real on a schedule, and why. */
  readonly override: { readonly by: string; readonly why: string } | null;
  /** Check ids that decide agreement. */
  readonly checks: readonly string[];
  /** How often a flickering case is asked in a run, at most; 1: never again. */
  readonly repeat: number;
  /** Local date by which someone should look whether the known answers still hold. */
  readonly reviewBy: string | null;
}

/** The most that judging may come to on one day. */
export interface JudgingCap {
  /** Millionths of a US dollar. */
  readonly dailyMicros: number;
  readonly dailyQuestions: number;
}

/** Whom checks may ask. */
export interface Askable {
  readonly models: ReadonlyMap<string, Model>;
  /** Over all automations together. */
  readonly cap: JudgingCap;
  /** For services of the user's. */
  readonly http: HttpClient;
  readonly secret: SecretReader;
}

/** A registered automation with everything needed to watch it. */
export interface Watched {
  readonly entry: Automation;
  readonly source: Source | null;
  readonly sourceType: string | null;
  /** The host its source is read from: several automations may share it; null: no host, or outputs are pushed. */
  readonly sourceHost: string | null;
  /** True when nothing more is expected of the source: silence is no finding. */
  readonly complete: boolean;
  readonly settleMs: number;
  /** null where the source is not `push`. */
  readonly push: PushIntake | null;
  /** Outputs of a run that count; all of them where there are fewer. */
  readonly sampleSize: number | "all";
  readonly strataOf: StrataOf;
  readonly draw: Draw;
  /** Twice as many are drawn for so long after a change. */
  readonly doubledAfterChangeMs: number;
  /** How it is declared, part by part, so that an edit is noticed at the next start. */
  readonly declared: ReadonlyMap<string, string>;
  readonly storeMode: StoreMode;
  /** How it is paused and resumed when a person asks for that. */
  readonly switches: Switches;
  readonly checks: readonly Check[];
  readonly metrics: readonly MetricPlan[];
  /** Full paths of the categories that the configuration names. */
  readonly namedCategories: readonly string[];
  /** Whether fields and labels that nobody named are followed, and the pass shares of each segment by itself. */
  readonly followUnnamed: { readonly fields: boolean; readonly segments: boolean };
  /** How what nobody named is followed. */
  readonly planUnnamed: (chosen: readonly FollowedField[]) => readonly MetricPlan[];
  readonly schedule: Schedule | null;
  readonly golden: WatchedGolden | null;
  readonly judging: JudgingCap;
}

/** How long before its end a model is spoken of, and what is known of ends beside what APIs say. */
export interface SunsetWatch {
  readonly daysBefore: number;
  /** From so many days before on it pages, where the automation's findings page. */
  readonly pageDaysBefore: number;
  readonly own: readonly ModelSunset[];
  /** Read when it is needed. */
  readonly table: () => SunsetTable;
}

/** A configured way to reach people. */
export interface ReadyChannel {
  readonly id: string;
  readonly type: string;
  readonly channel: Channel;
  /** The channel that carries the message when this one cannot. */
  readonly fallback: string | null;
  /** Named as another's fallback: gets nothing by itself. */
  readonly onlyAsFallback: boolean;
  /** Left out: as fast as it answers, each message by itself. */
  readonly pacing?: Pacing;
}

/** An outside service that raises the alarm when it hears nothing any more. */
export interface DeadMan {
  readonly everyMs: number;
  /** Asks its address, which is kept out of sight. */
  readonly ask: (limits: Pick<HttpRequest, "timeoutMs" | "maxBytes" | "signal">) => Promise<HttpResponse>;
}

/** The register as it is watched. */
export interface Register {
  readonly name: string;
  readonly timeZone: string;
  readonly publicUrl: string | null;
  readonly aiOwner: Person;
  readonly people: ReadonlyMap<string, Person>;
  readonly alarmBudget: { readonly falseAlarmsPerMonth: number; readonly digestFindingsPerMonth: number };
  readonly automations: readonly Watched[];
  readonly channels: readonly ReadyChannel[];
  /** Which of them a message goes to; the first that matches decides. */
  readonly routes: readonly Route[];
  readonly asking: Askable;
  readonly sunset: SunsetWatch;
  /** Weekly windows in which nothing is sent. */
  readonly maintenance: readonly MaintenanceWindow[];
  /** Who gets the weekly digest. */
  readonly digest: readonly DigestReader[];
  /** The monthly review of all of it. */
  readonly governance: Governance;
  readonly vendorDates: readonly VendorDate[];
  /** Who hears that the watch is alive and holds every incident; null: nobody asked to. */
  readonly deadMan: DeadMan | null;
  /** Signs the links of messages; absent where people have no address to reach it under. */
  readonly links?: ActionLinks;
}

/** Everything a journey may use. */
export interface Ground {
  readonly store: Store;
  readonly register: Register;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Automations a journey works on right now; the beat and people's orders share it. */
  readonly atWork: Set<string>;
  /** Questions on their way to models and services. */
  readonly inFlight: InFlight;
  readonly pause: Pause;
  /** The alarm levels in force; absent: whoever needs them works them out, over the whole register. */
  readonly levels?: AlarmLevels;
}

/** The watched automation of that id, or the watch itself. */
export function watchedOf(register: Register, id: string): Watched | null {
  if (id === itselfId) return itself(register);
  return register.automations.find((each) => each.entry.id === id) ?? null;
}

/** Where a person sees the incident; null when no address is known. */
export function incidentUrl(register: Register, incident: number): string | null {
  return pageUrl(register, `/i/${incident}`);
}

/** Where a person sees a page; null when no address is known. */
export function pageUrl(register: Register, path: string): string | null {
  return register.publicUrl === null ? null : `${register.publicUrl.replace(/\/$/, "")}${path}`;
}
