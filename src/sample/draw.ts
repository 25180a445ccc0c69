/**
 * Draws the outputs of a run that are checked. Outputs enter, the drawn ones leave, each with how likely
 * it was. The draw is by hash of the id: the same outputs give the same sample after a restart, and a
 * smaller sample lies inside a larger one. Pure: chance comes from the hash alone.
 *
 * Only outputs with `drawn: true` may enter a share: those a stratum added are chosen because of what
 * they are.
 */
import { hash } from "node:crypto";
import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { compileFilter } from "../text/json-path.js";
import { parseStructured } from "../text/parse-json.js";
import type { SampleSettings } from "./settings.js";

/** An output of the sample. */
export interface Drawn {
  readonly id: string;
  /** True: by the uniform hash. False: added by a stratum. */
  readonly drawn: boolean;
  /** The stratum that added it. */
  readonly stratum: string | null;
  /** Probability of being in the sample. */
  readonly inclusion: number;
}

/** An output that may be drawn; only strata look at more than its id. */
export interface Candidate {
  readonly id: string;
  readonly output: Output;
}

/** Draws the sample of one run, in the order of the candidates. */
export type Draw = (candidates: readonly Candidate[], salt: string) => readonly Drawn[];

/** Compiles the strata once. */
export function prepareDraw(settings: SampleSettings): Draw {
  const strata = settings.strata.map((stratum) => ({ ...stratum, matches: compileFilter(stratum.where) }));
  return (candidates, salt) => {
    const byHash = candidates
      .map((candidate) => ({ candidate, hash: hashOf(salt, candidate.id) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
      .map(({ candidate }) => candidate);
    const size = settings.size === "all" ? byHash.length : Math.min(settings.size, byHash.length);
    const uniform = byHash.length === 0 ? 1 : size / byHash.length;
    const chosen = new Map<string, Drawn>();
    for (const { id } of byHash.slice(0, size)) {
      chosen.set(id, { id, drawn: true, stratum: null, inclusion: uniform });
    }
    for (const stratum of strata) {
      const members = byHash.filter(({ output }) => stratum.matches(filterView(output)));
      const inclusion = Math.max(uniform, Math.min(1, stratum.atLeast / Math.max(1, members.length)));
      for (const { id } of members.slice(0, stratum.atLeast)) {
        if (!chosen.has(id)) chosen.set(id, { id, drawn: false, stratum: stratum.name, inclusion });
      }
    }
    return candidates.flatMap(({ id }) => chosen.get(id) ?? []);
  };
}

function hashOf(salt: string, id: string): string {
  return hash("sha256", `${salt}\n${id}`, "hex");
}

function filterView(output: Output): Json {
  return {
    output: output.fields ?? output.text,
    input: output.input === null ? null : (parseStructured(output.input) ?? output.input),
    reference: output.reference,
    model: output.model,
    segment: output.segment,
    user: output.user,
    approval: output.approval,
    error: output.error,
    latencyMs: output.latencyMs,
  };
}
