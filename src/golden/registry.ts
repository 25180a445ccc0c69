import type { ProbeType } from "./probe.js";
import * as all from "./probes/all.js";

/** Every kind of probe by its name. */
export const probeTypes: ReadonlyMap<string, ProbeType> = new Map(
  Object.values(all).map((probeType) => [probeType.type, probeType]),
);
