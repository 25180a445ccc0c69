/**
 * Draws the outputs of a run that are checked. Outputs enter, the drawn ones leave, each with how likely
 * it was. The draw is by hash of the id: the same outputs give the same sample after a restart, and a
 * smaller sample lies inside a larger one. Pure: chance comes from the hash alone.
 *
 * Only outputs with `drawn: true` may enter a share: those a stratum added are chosen because of what
 * they are.
 */
import { createHash } from "node:crypto";
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

/** Draws the sample of one run, in the order of the outputs. */
export type Draw = (outputs: readonly Output[], salt: string) => readonly Drawn[];

/** Compiles the strata once. */
export function prepareDraw(settings: SampleSettings): Draw {
  const strata = settings.strata.map((stratum) => ({ ...stratum, matches: compileFilter(stratum.where) }));
  return (outputs, salt) => {
    const byHash = outputs
      .map((output) => ({ output, hash: hashOf(salt, output.id) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
      .map(({ output }) => output);
    const size = settings.size === "all" ? byHash.length : Math.min(settings.size, byHash.length);
    const uniform = byHash.length === 0 ? 1 : size / byHash.length;
    const chosen = new Map<string, Drawn>();
    for (const { id } of byHash.slice(0, size)) {
      chosen.set(id, { id, drawn: true, stratum: null, inclusion: uniform });
    }
    for (const stratum of strata) {
      const members = byHash.filter((output) => stratum.matches(filterView(output)));
      const inclusion = Math.max(uniform, Math.min(1, stratum.atLeast / Math.max(1, members.length)));
      for (const { id } of members.slice(0, stratum.atLeast)) {
        if (!chosen.has(id)) chosen.set(id, { id, drawn: false, stratum: stratum.name, inclusion });
      }
    }
    return outputs.flatMap(({ id }) => chosen.get(id) ?? []);
  };
}

function hashOf(salt: string, id: string): string {
  return createHash("sha256").update(`${salt}\n${id}`).digest("hex");
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
