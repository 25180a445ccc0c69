/**
 * The register: what is watched, who owns it, what people do meanwhile. An entry as configured enters,
 * an automation with the defaults of its risk leaves. It reads no output and decides no alarm.
 */
import type { Automation, Budget, Fallback, OnCall, Sla } from "../domain/automation.js";
import { parseDuration } from "../text/duration.js";
import type { RegisterSettings } from "./register-settings.js";
import { tierDefaults } from "./tier-defaults.js";

/** What the configuration says elsewhere. */
export interface AutomationSurroundings {
  /** The configuration's time zone. */
  readonly timeZone: string;
  /** The schedule in force; null: the automation is looked at only when asked. */
  readonly schedule: string | null;
}

/** Fills an entry of the register with the defaults of its risk. */
export function createAutomation(entry: RegisterSettings, surroundings: AutomationSurroundings): Automation {
  const defaults = tierDefaults[entry.risk];
  return {
    id: entry.id,
    title: entry.title ?? titleFrom(entry.id),
    does: entry.does,
    processes: entry.processes,
    owner: entry.owner,
    deputy: entry.deputy ?? null,
    onCall: onCallFrom(entry),
    vendor: entry.vendor ?? null,
    tool: entry.tool ?? null,
    model: entry.model ?? null,
    risk: entry.risk,
    dataClasses: entry.dataClasses,
    tags: entry.tags,
    approval: {
      status: entry.approval.status,
      by: entry.approval.by ?? null,
      on: entry.approval.on ?? null,
    },
    cost: entry.cost ?? null,
    budget: budgetFrom(entry),
    seats: entry.seats ?? null,
    expectedReturn: entry.expectedReturn ?? null,
    dependsOn: entry.dependsOn,
    fallback: fallbackFrom(entry),
    sla: slaFrom(entry, defaults.sla),
    slaStated: Object.keys(entry.sla).length > 0,
    review: {
      everyMonths: entry.review.everyMonths ?? defaults.reviewEveryMonths,
      last: entry.review.last ?? null,
    },
    spotCheck: {
      perWeek: entry.spotCheck.perWeek ?? defaults.spotChecksPerWeek,
      question: entry.spotCheck.question ?? null,
    },
    timeZone: entry.timeZone ?? surroundings.timeZone,
    schedule: surroundings.schedule,
    driftLevel: defaults.driftLevel,
  };
}

function budgetFrom({ budget }: RegisterSettings): Budget | null {
  if (budget === undefined) return null;
  return { perMonth: budget.perMonth, currency: budget.currency, perUsd: budget.perUsd ?? 1 };
}

function titleFrom(id: string): string {
  const title = id.replaceAll("-", " ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function onCallFrom({ onCall, owner }: RegisterSettings): OnCall {
  if (onCall === undefined) return { kind: "person", name: owner };
  if (typeof onCall === "string") return { kind: "person", name: onCall };
  return { kind: "weekly", names: onCall.weekly, startsOn: onCall.startsOn, swaps: onCall.swaps };
}

function fallbackFrom({ fallback }: RegisterSettings): Fallback | null {
  if (fallback === undefined) return null;
  return {
    by: fallback.by ?? null,
    steps: fallback.steps,
    minutesPerItem: fallback.minutesPerItem ?? null,
    inputsAt: fallback.inputsAt ?? null,
    pause: fallback.pause ?? null,
  };
}

function slaFrom({ sla }: RegisterSettings, defaults: Sla): Sla {
  const acknowledgeMs = parseDuration(sla.acknowledge ?? "") ?? defaults.acknowledgeMs;
  const restoreMs = parseDuration(sla.restore ?? "") ?? defaults.restoreMs;
  return {
    acknowledgeMs,
    // a default never contradicts what was written beside it
    containMs:
      parseDuration(sla.contain ?? "") ??
      Math.max(Math.min(defaults.containMs, restoreMs), Math.min(acknowledgeMs, restoreMs)),
    restoreMs,
    acknowledgementExpiresMs:
      parseDuration(sla.acknowledgementExpires ?? "") ?? defaults.acknowledgementExpiresMs,
    remindMs: parseDuration(sla.remind ?? "") ?? defaults.remindMs,
    clock: sla.clock ?? defaults.clock,
    hoursOf: sla.hoursOf ?? defaults.hoursOf,
  };
}
