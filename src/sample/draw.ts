/**
 * Draws the outputs of a run that are checked. Outputs enter, the drawn ones leave, each with how likely
 * it was. The draw is by hash of the id: the same outputs give the same sample after a restart, and a
 * smaller sample lies inside a larger one. Pure: chance comes from the hash alone.
 *
 * Only outputs with `drawn: true` may enter a share: those a stratum added are chosen because of what
 * they are.
 */
import { hash } from "node:crypto";
import type { SampleSettings } from "./settings.js";

/** What the draw knows of an output: never its text, which may not be kept as it came. */
export interface Candidate {
  readonly id: string;
  /** Names of the strata it belongs to. */
  readonly strata: readonly string[];
}

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

/**
 * Draws the sample of one run, in the order of the outputs. `times` enlarges it, after a change for instance: the
 * usual sample lies inside the larger one.
 */
export type Draw = (outputs: readonly Candidate[], salt: string, times?: number) => readonly Drawn[];

/** The draw of a sample with this size and these strata. */
export function prepareDraw({ size: wanted, strata }: Pick<SampleSettings, "size" | "strata">): Draw {
  return (outputs, salt, times = 1) => {
    const byHash = outputs
      .map((output) => ({ output, hash: hashOf(salt, output.id) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
      .map(({ output }) => output);
    const size = wanted === "all" ? byHash.length : Math.min(wanted * times, byHash.length);
    const uniform = byHash.length === 0 ? 1 : size / byHash.length;
    const chosen = new Map<string, Drawn>();
    for (const { id } of byHash.slice(0, size)) {
      chosen.set(id, { id, drawn: true, stratum: null, inclusion: uniform });
    }
    for (const stratum of strata) {
      const members = byHash.filter((output) => output.strata.includes(stratum.name));
      const inclusion = Math.max(uniform, Math.min(1, stratum.atLeast / Math.max(1, members.length)));
      for (const { id } of members.slice(0, stratum.atLeast)) {
        if (!chosen.has(id)) chosen.set(id, { id, drawn: false, stratum: stratum.name, inclusion });
      }
    }
    return outputs.flatMap(({ id }) => chosen.get(id) ?? []);
  };
}

function hashOf(salt: string, id: string): string {
  return hash("sha256", `${salt}\n${id}`, "hex");
}
