/**
 * The settings of models as the configuration writes them, and the way from checked settings to a model that can be
 * asked.
 */
import { z } from "zod";
import { ConfigError } from "../domain/errors.js";
import { settingsByType } from "../text/setting-types.js";
import { createModel } from "./create-model.js";
import type { Model, ModelPorts } from "./model.js";
import { sharedModelSettings } from "./provider.js";
import { providerTypes } from "./registry.js";

const anyModel = z.looseObject({ type: z.string(), ...sharedModelSettings });

/** Settings of a model, told apart by `type`. */
export const modelSettings = settingsByType(
  [...providerTypes.values()].map(({ type, settings }) =>
    settings.extend({ type: z.literal(type).describe("Kind of provider") }),
  ),
).pipe(anyModel);

/** Checked settings of a model. */
export type ModelSettings = z.infer<typeof anyModel>;

/** Builds the model that checked settings describe. */
export function prepareModel(settings: ModelSettings, ports: ModelPorts): Model {
  const { type, ...own } = settings;
  const providerType = providerTypes.get(type);
  if (providerType === undefined)
    throw new ConfigError("unknown-provider", `there is no kind of model provider called ${type}`);
  return createModel(settings, providerType.prepare(own, ports.secret), ports);
}
