import { byType } from "../text/setting-types.js";
import type { ProviderType } from "./provider.js";
import * as all from "./providers/all.js";

/** Every provider by its name. */
export const providerTypes: ReadonlyMap<string, ProviderType> = byType(all);
