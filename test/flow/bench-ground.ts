import { z } from "zod";
import type { Automation } from "../../src/domain/automation.js";
import type { Check } from "../../src/domain/check.js";
import { SourceError } from "../../src/domain/errors.js";
import type { Json } from "../../src/domain/json.js";
import { noDetails, type OutputDraft } from "../../src/domain/output.js";
import type { Person } from "../../src/domain/person.js";
import type { AlarmLevels } from "../../src/flow/alarm-levels.js";
import type { Ground, ReadyChannel, Register, Watched } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { fullPath, planMetrics } from "../../src/flow/plan-metrics.js";
import type { Delivery } from "../../src/notify/channel-type.js";
import type { IncidentMessage } from "../../src/notify/message.js";
import type { Route } from "../../src/notify/route.js";
import { prepareDraw } from "../../src/sample/draw.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { openStore } from "../../src/store/open.js";

export const hour = 3_600_000;
/** Monday 2 March 2026, 00:00 UTC. */
export const monday = Date.UTC(2026, 2, 2);

/** A clock that stands where it is put. */
export function standingClock(at: number) {
  const state = { at, monotonic: at };
  return {
    now: () => state.at,
    monotonic: () => state.monotonic,
    set: (to: number) => {
      state.monotonic += to - state.at;
      state.at = to;
    },
    /** Sets the wall clock alone, as a person or a time server does. */
    jump: (byMs: number) => {
      state.at += byMs;
    },
  };
}

export const person: Person = {
  name: "Marta Quill",
  email: "marta.quill@example.com",
  slackId: null,
  timeZone: "UTC",
  workingHours: [],
  holidays: [],
};

export const entry: Automation = {
  id: "invoices",
  title: "Invoice extraction",
  does: "reads invoices",
  processes: [],
  owner: person.name,
  deputy: "Jonas Feld",
  onCall: { kind: "person", name: "Jonas Feld" },
  vendor: null,
  tool: null,
  model: null,
  risk: "high",
  dataClasses: [],
  tags: [],
  approval: { status: "approved", by: null, on: null },
  cost: null,
  budget: null,
  seats: null,
  expectedReturn: null,
  dependsOn: [],
  fallback: { by: null, steps: ["Type them in by hand."], minutesPerItem: 4, inputsAt: null, pause: null },
  sla: {
    acknowledgeMs: hour,
    containMs: 4 * hour,
    restoreMs: 8 * hour,
    acknowledgementExpiresMs: 8 * hour,
    remindMs: 24 * hour,
    clock: "round-the-clock",
    hoursOf: null,
  },
  slaStated: false,
  review: { everyMonths: 1, last: null },
  spotCheck: { perWeek: 5, question: null },
  timeZone: "UTC",
  schedule: "0 * * * *",
  driftLevel: "page",
};

/** Passes when the text begins with "ok". */
export function okCheck(change: Partial<Check> = {}): Check {
  return {
    id: "ok",
    type: "starts-with",
    title: "Begins with ok",
    level: null,
    rule: { kind: "drift" },
    asks: false,
    planted: [],
    judge: (output) =>
      output.text.startsWith("ok")
        ? { status: "pass" }
        : { status: "fail", reason: `begins with ${output.text.slice(0, 5)}` },
    ...change,
  };
}

export function draft(
  id: string,
  at: number | null,
  text: string,
  change: Partial<OutputDraft> = {},
): OutputDraft {
  return {
    id,
    at,
    text,
    fields: undefined,
    ...noDetails,
    model: "m-1",
    ...change,
  };
}

/** A source whose outputs a test lays out; it hands back what is new by position, and breaks when told to. */
export function scriptedSource() {
  const outputs: OutputDraft[] = [];
  const state = { broken: null as string | null, reads: 0 };
  return {
    outputs,
    break: (reason: string | null) => {
      state.broken = reason;
    },
    reads: () => state.reads,
    read: async ({ cursor, limit }: { cursor: Json | null; limit: number }) => {
      state.reads += 1;
      if (state.broken !== null) throw new SourceError("source-down", state.broken);
      const from = typeof cursor === "number" ? cursor : 0;
      const page = outputs.slice(from, from + limit);
      return {
        outputs: page,
        asides: [],
        cursor: from + page.length,
        more: from + page.length < outputs.length,
      };
    },
  };
}

/** A channel that keeps what it was given and answers as told. */
export function recordingChannel(id: string, change: Partial<ReadyChannel> = {}) {
  const messages: IncidentMessage[] = [];
  const sent: { id: string; attempt: number }[] = [];
  const answers: Delivery[] = [];
  const rendered = z.looseObject({ headline: z.string() });
  const ready: ReadyChannel = {
    id,
    type: "recording",
    fallback: null,
    onlyAsFallback: false,
    channel: {
      render: (message) => {
        // one that is first sent late is rendered anew
        const known = messages.findIndex((each) => each.notificationId === message.notificationId);
        if (known === -1) messages.push(message);
        else messages[known] = message;
        return { headline: message.headline, kind: message.kind };
      },
      send: async (payload, context) => {
        rendered.parse(payload);
        sent.push({ id: context.notificationId, attempt: context.attempt });
        return answers.shift() ?? { status: "sent", reference: { ts: context.notificationId } };
      },
    },
    ...change,
  };
  return { ready, messages, sent, answers };
}

export interface BenchOptions {
  readonly checks?: readonly Check[];
  readonly source?: ReturnType<typeof scriptedSource>;
  readonly channels?: readonly ReadyChannel[];
  readonly routes?: readonly Route[];
  readonly change?: Partial<Watched>;
  readonly entryChange?: Partial<Automation>;
  readonly size?: number | "all";
  readonly categories?: readonly string[];
}

/** One automation on a database in memory, with a clock and a source under the test's hand. */
export function benchGround(options: BenchOptions = {}) {
  const clock = standingClock(monday);
  const source = options.source ?? scriptedSource();
  const checks = options.checks ?? [okCheck()];
  const automation: Automation = { ...entry, ...options.entryChange };
  const baseline = { outputs: 100, runs: 5 };
  const watched: Watched = {
    entry: automation,
    source,
    sourceType: "scripted",
    sourceHost: null,
    complete: false,
    settleMs: 0,
    push: null,
    sampleSize: options.size ?? 20,
    strataOf: () => [],
    draw: prepareDraw({ size: options.size ?? 20, strata: [] }),
    doubledAfterChangeMs: 3 * 24 * hour,
    declared: new Map(),
    storeMode: "full",
    switches: { pause: null, resume: null },
    checks,
    metrics: planMetrics(
      automation,
      checks.map((check) => ({ check, settings: { type: check.type } })),
      {
        numbers: [],
        categories: options.categories ?? [],
        baseline,
        golden: null,
        volume: true,
      },
    ),
    namedCategories: options.categories?.map(fullPath) ?? [],
    followUnnamed: { fields: false, segments: false },
    planUnnamed: () => [],
    schedule: parseSchedule("0 * * * *", "UTC"),
    golden: null,
    judging: { dailyMicros: 1_000_000, dailyQuestions: 2_000 },
    ...options.change,
  };
  const ids = { next: 0 };
  const register: Register = {
    name: "Harbour & Lane",
    timeZone: "UTC",
    publicUrl: null,
    aiOwner: { ...person, name: "Ines Calder" },
    people: new Map([
      [person.name, person],
      ["Jonas Feld", { ...person, name: "Jonas Feld" }],
    ]),
    alarmBudget: { falseAlarmsPerMonth: 1, digestFindingsPerMonth: 4 },
    automations: [watched],
    channels: options.channels ?? [],
    routes: options.routes ?? [],
    asking: {
      models: new Map(),
      cap: { dailyMicros: 1_000_000, dailyQuestions: 2_000 },
      http: { request: () => Promise.reject(new SourceError("http-refused", "there is no network here")) },
      secret: () => "shared-secret",
    },
    sunset: { daysBefore: 30, pageDaysBefore: 7, own: [], table: () => ({ platforms: [], rows: [] }) },
    maintenance: [],
    digest: [],
    governance: { who: "Ines Calder", day: "first-working-day" },
    vendorDates: [],
    deadMan: null,
  };
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const ground: Ground = {
    store: openStore({ path: ":memory:", newInstanceId: "0".repeat(32) }),
    register,
    clock,
    random: {
      next: () => 0.5,
      hex: (bytes) => {
        ids.next += 1;
        return String(ids.next).padStart(bytes * 2, "0");
      },
    },
    logger,
    atWork: new Set(),
    inFlight: nothingInFlight(),
    pause: async (ms) => clock.set(clock.now() + ms),
  };
  return { ground, watched, clock, source };
}

/** Levels at which the metrics of a test alarm. */
export const levels: AlarmLevels = {
  page: 500,
  digest: 500,
  hourly: { page: 500, digest: 500 },
  golden: { page: 500, digest: 500 },
  runsPerMonth: new Map([["invoices", 730]]),
  goldenRunsPerMonth: new Map(),
  judged: { page: 500, digest: 500 },
  judgementsPerMonth: new Map(),
};

export const options = { signal: new AbortController().signal, levels, patient: false };

/** Twenty outputs in the hour before a slot, of which so many are wrong. */
export function hourOf(slotAt: number, wrong: number, prefix = ""): OutputDraft[] {
  return Array.from({ length: 20 }, (_, index) =>
    draft(
      `${prefix}${slotAt / hour}-${index}`,
      slotAt - hour + index * 60_000,
      index < wrong ? `bad ${index}` : `ok ${index} of ${slotAt}`,
    ),
  );
}
