import { ascending, quantile } from "../../measure/quantile.js";

/** Values that a band rests on at least; the outermost half percent of fewer is one value. */
export const fewestForBand = 30;

/** A robust band of numbers. */
export interface Band {
  readonly min: number;
  readonly max: number;
}

/**
 * Where nearly all values lay, with room on both sides: the 0.5 % and 99.5 % quantiles, each moved outward by `room`
 * times the width between them; where the values span more than a factor of ten, by that factor's share instead. What
 * was never negative stays so, and shares of one stay within 0 and 1. null under 30 values.
 */
export function bandOf(values: readonly number[], room: number): Band | null {
  if (values.length < fewestForBand) return null;
  const sorted = ascending(values);
  const [low, middle, high] = [0.005, 0.5, 0.995].map((share) => quantile(sorted, share) ?? 0);
  if (low === undefined || middle === undefined || high === undefined) return null;
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  const wide = low > 0 && high / low > 10;
  const width = Math.max(high - low, Math.abs(middle) * 0.1);
  const min = wide ? low / (1 + 2 * room) : low - room * width;
  const max = wide ? high * (1 + room) : high + room * width;
  if (least >= 0 && most <= 1 && values.some((value) => !Number.isInteger(value))) {
    return { min: Math.max(0, roundedDown(min)), max: Math.min(1, roundedUp(max)) };
  }
  return { min: least >= 0 ? Math.max(0, roundedDown(min)) : roundedDown(min), max: roundedUp(max) };
}

/** To two digits, away from the values. */
export function roundedUp(value: number): number {
  return rounded(value, Math.ceil);
}

function roundedDown(value: number): number {
  return rounded(value, Math.floor);
}

function rounded(value: number, round: (value: number) => number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const power = Math.floor(Math.log10(Math.abs(value))) - 1;
  const scaled =
    power >= 0 ? round(value / 10 ** power) * 10 ** power : round(value * 10 ** -power) / 10 ** -power;
  return Number(scaled.toPrecision(12));
}
