/**
 * Which floor and which alarm level would have given at most so many alarms a month on this history. Each candidate is
 * a replay of the metric itself, recoveries included, so that what is named is what would have happened. Alarms about
 * true faults count as well: history does not say which ones were false.
 * In: the ground of a backtest that is done. Out: per metric a floor and a level, with the alarms they would have given.
 */
import type { ObservedRun } from "../drift/metric.js";
import { type AlarmLevels, alarmLevelOf } from "./alarm-levels.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { breath } from "./judge-drafts.js";
import { countedRuns, replayMetric, runsAsObserved } from "./replay-metric.js";

/** No level above it is tried: what still alarms there is no chance. */
const highestLevel = 1e12;
/** Halvings of ln(level) between 10 and that: neighbours are then a factor of 1.5 apart. */
const levelHalvings = 6;

/** A setting, and the alarms it would have given. */
export interface Bearable {
  readonly alarms: number;
  readonly perMonth: number;
}

/** What one metric could be set to. */
export interface BearableMetric {
  readonly id: string;
  readonly title: string;
  readonly check: string | null;
  /** With the level in force. */
  readonly now: Bearable & { readonly alarmLevel: number };
  /** The lowest level tried that gives at most so many; null: none does. */
  readonly level:
    | (Bearable & {
        readonly alarmLevel: number;
        /** The budget from which that level follows, all else the same. */
        readonly falseAlarmsPerMonth: number;
      })
    | null;
  /** The highest floor in whole percent that gives at most so many; null: none does, or it is no check. */
  readonly floor: (Bearable & { readonly share: number }) | null;
}

/** The bearable settings of every metric that may page and of every check. */
export async function bearableSettings(
  ground: Ground,
  watched: Watched,
  levels: AlarmLevels,
  wanted: { readonly perMonth: number; readonly months: number },
): Promise<readonly BearableMetric[]> {
  const runs = countedRuns(ground, watched.entry.id);
  const found: BearableMetric[] = [];
  for (const plan of watched.metrics) {
    const seen = plan.level === "page" || plan.check !== null ? runsAsObserved(plan, runs) : [];
    if (seen.length === 0) continue;
    await breath();
    found.push(bearable(ground, plan, seen, { ...wanted, levels }));
  }
  return found;
}

interface Search {
  readonly perMonth: number;
  readonly months: number;
  readonly levels: AlarmLevels;
}

function bearable(
  { register }: Ground,
  plan: MetricPlan,
  runs: readonly ObservedRun[],
  search: Search,
): BearableMetric {
  const { id, title, check } = plan;
  const present = plan.level === "record" ? search.levels.page : alarmLevelOf(search.levels, plan);
  const alarmsAt = (settings: MetricPlan["settings"], level: number): Bearable => {
    const alarms = replayMetric(settings, runs, level).alarms.length;
    return { alarms, perMonth: alarms / search.months };
  };
  const fits = (tried: Bearable) => tried.perMonth <= search.perMonth;
  const now = { alarmLevel: present, ...alarmsAt(plan.settings, present) };
  const quieter = fits(now)
    ? now
    : lowest(present, (alarmLevel) => ({ alarmLevel, ...alarmsAt(plan.settings, alarmLevel) }), fits);
  const budget = register.alarmBudget;
  const wanted = plan.level === "digest" ? budget.digestFindingsPerMonth : budget.falseAlarmsPerMonth;
  return {
    id,
    title,
    check,
    now,
    level:
      quieter === null ? null : { ...quieter, falseAlarmsPerMonth: (wanted * present) / quieter.alarmLevel },
    floor:
      check === null
        ? null
        : highest((share) => ({ share, ...alarmsAt({ ...plan.settings, floor: share }, present) }), fits),
  };
}

/** The lowest level above one that does not fit; what is returned was tried and fits. */
function lowest<Tried extends Bearable>(
  from: number,
  attempt: (level: number) => Tried,
  fits: (tried: Tried) => boolean,
): Tried | null {
  let best = attempt(highestLevel);
  if (!fits(best)) return null;
  let [under, over] = [Math.log(from), Math.log(highestLevel)];
  for (let turn = 0; turn < levelHalvings; turn += 1) {
    const middle = (under + over) / 2;
    const tried = attempt(roundedUp(Math.exp(middle)));
    if (fits(tried)) {
      best = tried;
      over = middle;
    } else under = middle;
  }
  return best;
}

/** To two figures: more would feign an exactness that a search does not have. */
function roundedUp(level: number): number {
  const unit = 10 ** (Math.floor(Math.log10(level)) - 1);
  return Math.ceil(level / unit) * unit;
}

/** The highest floor that fits, in whole percent; what is returned was tried and fits. */
function highest<Tried extends Bearable>(
  attempt: (share: number) => Tried,
  fits: (tried: Tried) => boolean,
): Tried | null {
  let best: Tried | null = null;
  let [low, high] = [1, 99];
  while (low <= high) {
    const percent = Math.floor((low + high) / 2);
    const tried = attempt(percent / 100);
    if (fits(tried)) {
      best = tried;
      low = percent + 1;
    } else high = percent - 1;
  }
  return best;
}
