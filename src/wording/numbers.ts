/**
 * How shares, counts and numbers are said. In: numbers; out: words for people. Never decides
 * whether a number is good or bad.
 */
import { dollarsOf } from "../domain/money.js";

/** Some of a number of outputs. */
export interface Share {
  readonly hits: number;
  readonly n: number;
}

/** Under this many outputs one output is worth more than a percent: the share is "about". */
const exactFrom = 100;

/** A share that nobody counted is said as so many in this number. */
const reckonedOf = 1_000;

/** "96%", "about 71%", "99.2%", "0.4%": whole percent, one decimal from 99% and under 1%. */
export function sayShare(share: Share): string {
  const exact = share.n >= exactFrom || share.hits === 0 || share.hits === share.n;
  return exact ? sayPercent(share) : `about ${sayPercent(share)}`;
}

/** "fell from 96% to about 71%": the share since is always an estimate, for its start is one. */
export function sayChange(before: Share, since: Share): string {
  const verb = since.hits * before.n < before.hits * since.n ? "fell" : "rose";
  const certain = since.n > 0 && (since.hits === 0 || since.hits === since.n);
  const pair = { before: sayPercent(before), since: sayPercent(since) };
  if (pair.before === pair.since) {
    pair.before = sayTenths(before);
    pair.since = sayTenths(since);
  }
  return `${verb} from ${pair.before} to ${certain ? "" : "about "}${pair.since}`;
}

/** "12 of 41". */
export function sayOf({ hits, n }: Share): string {
  return `${sayNumber(hits)} of ${sayNumber(n)}`;
}

/** "1 output", "1,412 outputs"; the plural adds an s unless it is given. */
export function sayCount(count: number, one: string, many: string = `${one}s`): string {
  return `${sayNumber(count)} ${count === 1 ? one : many}`;
}

/** "1,412", "4.2", "0.035", "−3": thousands grouped, three figures below a hundred, a true minus. */
export function sayNumber(value: number): string {
  if (!Number.isFinite(value)) return "no number";
  const size = Math.abs(value);
  const rounded = size >= 100 ? Math.round(size).toString() : Number(size.toPrecision(3)).toString();
  const [whole = "0", fraction] = rounded.includes("e") ? [rounded] : rounded.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && Number(rounded) !== 0 ? "−" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** "95%", "99.2%": a share that was reckoned, not counted. */
export function sayReckoned(share: number): string {
  return sayPercent({ hits: Math.round(share * reckonedOf), n: reckonedOf });
}

/** "about 130", "about 1,200": two figures, for an estimate has no more. */
export function sayAbout(value: number): string {
  return `about ${sayNumber(Number(value.toPrecision(value < 10 ? 1 : 2)))}`;
}

/** "$1.20", "$0.034", "$0.0004": millionths of a dollar, two figures under ten cents. */
export function sayDollars(micros: number): string {
  const dollars = dollarsOf(micros);
  if (dollars >= 0.1 || dollars <= 0) return `$${dollars.toFixed(2)}`;
  const places = Math.max(2, 1 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toFixed(places)}`;
}

function sayPercent({ hits, n }: Share): string {
  if (n <= 0) return "no share";
  const percent = (100 * hits) / n;
  return percent >= 99 || percent < 1 ? sayTenths({ hits, n }) : `${Math.round(percent)}%`;
}

/** One decimal; 0% and 100% are said only when they are exact. */
function sayTenths({ hits, n }: Share): string {
  if (n <= 0) return "no share";
  if (hits === 0) return "0%";
  if (hits === n) return "100%";
  const percent = Math.round((1000 * hits) / n) / 10;
  if (percent >= 100) return "over 99.9%";
  return percent <= 0 ? "under 0.1%" : `${percent.toFixed(1)}%`;
}
