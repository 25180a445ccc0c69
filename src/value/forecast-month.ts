/**
 * What an automation's outputs cost in a calendar month, against its budget, and what the month will come to.
 * In: the cost of each local day, the budget, today. Out: figures; null where nothing is known of the cost.
 *
 * Formula: the rest of the month costs what its weekdays have cost on average over the last 28 whole days, the rest of
 * today no less than nothing; with fewer than 14 whole days, what a day has cost on average. The interval is 80 %:
 * 1.2816 s sqrt(r + r²/n), with s the standard deviation of the n days seen about those averages and r the days to come,
 * which holds the spread of the days to come and that of the average itself.
 * Assumptions: days are independent about their weekday's average; a change of pace is followed as the days come in.
 * Smallest sample: 2 whole days for any forecast; whether it may be told is the caller's to say (7 days).
 * Source: Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 2021, 5.2 and 5.5 (the
 * seasonal mean and prediction intervals of the mean method).
 */

/** What one local day cost. */
export interface DayCost {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly outputs: number;
  /** Outputs whose cost is known. */
  readonly priced: number;
  /** Of those, in millionths of the budget's currency. */
  readonly micros: number;
}

/** The month so far and as it will be, in millionths of the budget's currency. */
export interface MonthForecast {
  readonly spent: number;
  /** Outputs of the month whose cost is known, of all. */
  readonly known: { readonly hits: number; readonly n: number };
  /** Whole days the pace is taken from. */
  readonly daysSeen: number;
  /** The whole month, and the interval it lies in four times of five; null: too few days. */
  readonly month: { readonly middle: number; readonly low: number; readonly high: number } | null;
  /** The day on which the budget was or will be used up; null: not in this month. */
  readonly usedUpOn: string | null;
}

const profileDays = 28;
const fewestProfileDays = 14;
const fewestDays = 2;
/** The standard normal quantile of 90 %, for an interval that holds 80 %. */
const quantile90 = 1.2816;

/** The month of `today` as its days so far and those before let it be seen. */
export function forecastMonth(
  days: readonly DayCost[],
  today: string,
  budgetMicros: number,
): MonthForecast | null {
  const month = days.filter(({ date }) => date.slice(0, 7) === today.slice(0, 7) && date <= today);
  const known = { hits: sum(month, "priced"), n: sum(month, "outputs") };
  // some came and of none is known what it cost: that is no data, and not nothing
  if (known.hits === 0) return null;
  const spent = sum(month, "micros");
  const whole = days.filter((each) => each.date < today && (each.priced > 0 || each.outputs === 0));
  const seen = whole.slice(-profileDays);
  const rest = seen.length < fewestDays ? [] : restOfMonth(month, today, seen);
  return {
    spent,
    known,
    daysSeen: seen.length,
    month: seen.length < fewestDays ? null : interval(spent, rest, seen),
    usedUpOn: usedUpOn([...month.map(({ date, micros }) => ({ date, micros })), ...rest], budgetMicros),
  };
}

interface ExpectedDay {
  readonly date: string;
  readonly micros: number;
}

/** What is left of today, and every day after it. */
function restOfMonth(
  month: readonly DayCost[],
  today: string,
  seen: readonly DayCost[],
): readonly ExpectedDay[] {
  const [year = 0, monthOfYear = 0, first = 0] = today.split("-").map(Number);
  const last = new Date(Date.UTC(year, monthOfYear, 0)).getUTCDate();
  const usual = usualDay(seen);
  const spentToday = month.find(({ date }) => date === today)?.micros ?? 0;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const date = `${today.slice(0, 8)}${String(first + index).padStart(2, "0")}`;
    const expected = usual(date);
    return { date, micros: index === 0 ? Math.max(0, expected - spentToday) : expected };
  });
}

/** What a day of that weekday costs as a rule; every day the same while there are few. */
function usualDay(seen: readonly DayCost[]): (date: string) => number {
  const overall = sum(seen, "full") / seen.length;
  if (seen.length < fewestProfileDays) return () => overall;
  return (date) => {
    const alike = seen.filter((each) => weekday(each.date) === weekday(date));
    return alike.length === 0 ? overall : sum(alike, "full") / alike.length;
  };
}

function interval(
  spent: number,
  rest: readonly ExpectedDay[],
  seen: readonly DayCost[],
): MonthForecast["month"] {
  const middle = spent + rest.reduce((total, each) => total + each.micros, 0);
  const usual = usualDay(seen);
  const squares = seen.reduce((total, each) => total + (fullCost(each) - usual(each.date)) ** 2, 0);
  // as many averages as weekdays were taken from the same days
  const freedom = Math.max(1, seen.length - (seen.length < fewestProfileDays ? 1 : 7));
  const ahead = rest.length;
  const margin = quantile90 * Math.sqrt((squares / freedom) * (ahead + ahead ** 2 / seen.length));
  return { middle, low: Math.max(spent, middle - margin), high: middle + margin };
}

function usedUpOn(days: readonly ExpectedDay[], budgetMicros: number): string | null {
  let total = 0;
  for (const { date, micros } of days) {
    total += micros;
    if (total > budgetMicros) return date;
  }
  return null;
}

/** With outputs of unknown cost counted like the others of the day; only the pace is taken from it. */
function fullCost({ outputs, priced, micros }: DayCost): number {
  return priced === 0 ? 0 : (micros * outputs) / priced;
}

function sum(days: readonly DayCost[], what: "outputs" | "priced" | "micros" | "full"): number {
  return days.reduce((total, each) => total + (what === "full" ? fullCost(each) : each[what]), 0);
}

function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
