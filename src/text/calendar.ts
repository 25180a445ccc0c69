/** True when the calendar has the day; month and day count from 1. */
export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  // unlike Date.UTC, it does not take the years 0 to 99 for 1900 to 1999
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
