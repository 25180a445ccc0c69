import { byType } from "../text/setting-types.js";
import type { ProbeType } from "./probe.js";
import * as all from "./probes/all.js";

/** Every kind of probe by its name. */
export const probeTypes: ReadonlyMap<string, ProbeType> = byType(all);
