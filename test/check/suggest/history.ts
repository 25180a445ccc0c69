import type { Json } from "../../../src/domain/json.js";
import type { Output } from "../../../src/domain/output.js";
import { anOutput } from "../judge.js";

/** Outputs an hour apart, the oldest first. */
export function history(
  length: number,
  make: (at: number) => Json,
  more: Partial<Output> = {},
): readonly Output[] {
  return Array.from({ length }, (_, at) => {
    const value = make(at);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return anOutput(text, { id: `o-${at}`, at: Date.UTC(2026, 9, 1) + at * 3_600_000, ...more });
  });
}

/** The same numbers on every machine, from 0 to below 1. */
export function scattered(at: number): number {
  const mixed = Math.imul((at + 1) ^ 0x9e3779b9, 0x85ebca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 4_294_967_296;
}
