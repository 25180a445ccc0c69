import type { Draw } from "./streams.js";

/** A field with the share of outputs that have it. */
export type FieldShares = readonly (readonly [line: string, share: number])[];

/** Outputs that have each of these fields independently. */
export function shapes(fields: FieldShares): Draw {
  return (chance, n) =>
    Array.from({ length: n }, () => {
      const lines = fields.flatMap(([line, share]) => (chance() < share ? [line] : []));
      return ["$:object", ...lines].sort().join("\n");
    });
}

/** So many fields: most are always there, one in five sometimes, as optional fields are. */
export function usualFields(count: number): FieldShares {
  const optional = [0.95, 0.8, 0.5, 0.1];
  return Array.from({ length: count - 1 }, (_, at) => [
    `field_${String(at).padStart(3, "0")}:string`,
    at % 5 === 4 ? (optional[((at - 4) / 5) % optional.length] ?? 1) : 1,
  ]);
}

/** The same fields, with another share for one of them. */
export function withShare(fields: FieldShares, line: string, share: number): FieldShares {
  return [...fields.filter(([known]) => known !== line), [line, share]];
}
