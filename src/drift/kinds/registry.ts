import { KnownError } from "../../domain/errors.js";
import type { MetricKind } from "../metric.js";
import * as all from "./all.js";

/** The names of the kinds of metric. */
export type MetricKindName = (typeof all)[keyof typeof all]["kind"];

/** Every kind of metric by its name. */
export const metricKinds: ReadonlyMap<string, MetricKind> = new Map(
  Object.values(all).map((kind) => [kind.kind, kind]),
);

/** The kind of that name; an unknown one is a fault of the program, not of its user. */
export function metricKind(name: string): MetricKind {
  const kind = metricKinds.get(name);
  if (kind === undefined) {
    const known = [...metricKinds.keys()].join(", ");
    throw new KnownError("drift-kind", `metric kind ${name}: unknown, expected one of ${known}`);
  }
  return kind;
}
