import { byType } from "../text/setting-types.js";
import type { SourceType } from "./source.js";
import * as all from "./sources/all.js";

/** Every kind of source by its name. */
export const sourceTypes: ReadonlyMap<string, SourceType> = byType(all);
