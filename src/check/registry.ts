import { byType } from "../text/setting-types.js";
import type { CheckType } from "./check-type.js";
import * as all from "./types/all.js";

/** Every check type by its name. */
export const checkTypes: ReadonlyMap<string, CheckType> = byType(all);
