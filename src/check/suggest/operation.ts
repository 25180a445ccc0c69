import type { JsonObject } from "../../domain/json.js";
import { dollarsOf } from "../../domain/money.js";
import { ascending, quantile } from "../../measure/quantile.js";
import { fewestForBand, roundedUp } from "./bands.js";
import type { Proposal, Proposer } from "./proposal.js";

/** How many times the 99 % quantile is still fine. */
const room = 1.5;

/** Answers take and cost at most a little more than nearly all did. */
export const proposeOperation: Proposer = ({ outputs }) => {
  const latencies = outputs.flatMap(({ latencyMs }) => latencyMs ?? []);
  const costs = outputs.flatMap(({ costMicros }) => (costMicros === null ? [] : [dollarsOf(costMicros)]));
  return [
    limit(latencies, room, (most) => ({ id: "fast", type: "latency", maxMs: most, level: "digest" })),
    limit(costs, room, (most) => ({ id: "cheap", type: "cost", maxUsd: most, level: "record" })),
  ].flatMap((proposal) => proposal ?? []);
};

function limit(
  values: readonly number[],
  times: number,
  settings: (most: number) => JsonObject,
): Proposal | null {
  const high = quantile(ascending(values), 0.99);
  if (values.length < fewestForBand || high === null || high <= 0) return null;
  return {
    settings: settings(roundedUp(high * times)),
    because: `${times} times what 99% stayed under.`,
    wider: () => limit(values, times * 2, settings),
  };
}
