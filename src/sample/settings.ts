/**
 * The settings of sources and samples as the configuration writes them, and the way from checked
 * settings to a source.
 */
import { z } from "zod";
import { SourceError } from "../domain/errors.js";
import { compileFilter } from "../text/json-path.js";
import { durationSetting, readableSetting, settingsByType } from "../text/setting-types.js";
import { type OwnNames, prepareMapping } from "./mapping.js";
import { mappingSettings } from "./mapping-settings.js";
import { sourceTypes } from "./registry.js";
import type { Source, SourcePorts } from "./source.js";

const common = {
  map: mappingSettings
    .default({})
    .describe(
      "Where the parts of an output lie in a record; what is not mapped is looked for under the usual names",
    ),
  settle: durationSetting
    .default("0s")
    .describe("How long after a slot's end outputs may still arrive that belong to it"),
};

const anySource = z.looseObject({ type: z.string(), ...common });

/** Settings of a source, told apart by `type`. */
export const sourceSettings = settingsByType(
  [...sourceTypes.values()].map(({ type, settings }) =>
    settings.extend({ type: z.literal(type).describe("Kind of source"), ...common }),
  ),
).pipe(anySource);

/** Checked settings of a source. */
export type SourceSettings = z.infer<typeof anySource>;

/** Builds the source that checked settings describe, for the automation it is read for. */
export function prepareSource(settings: SourceSettings, ports: SourcePorts, own?: OwnNames): Source {
  const { type, map, settle: _, ...rest } = settings;
  const sourceType = sourceTypes.get(type);
  if (sourceType === undefined)
    throw new SourceError("unknown-source", `there is no kind of source called ${type}`);
  return sourceType.prepare(rest, ports, prepareMapping(map, own));
}

/** False for a source that will bring nothing new: its silence is no finding. */
export function expectsMore(settings: SourceSettings): boolean {
  return settings.complete !== true;
}

/** The host a source is read from; null: it names none. */
export function hostOf({ url }: SourceSettings): string | null {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : null;
}

const filterSetting = readableSetting((expression) => compileFilter(expression));

function nameTwice(name: string): string {
  return `"${name}": used twice in one sample; expected another name`;
}

/** Settings of the sample of each run. */
export const sampleSettings = z.strictObject({
  size: z
    .union([z.number().int().positive().max(10_000), z.literal("all")])
    .describe("Outputs drawn per run, or all; by default what the risk tier says"),
  strata: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("What the group is called"),
        where: filterSetting.describe("Filter that tells its members, such as @.segment == 'DE'"),
        atLeast: z.number().int().positive().max(1_000).describe("Fewest members checked per run"),
      }),
    )
    .superRefine((strata, context) => {
      for (const [at, { name }] of strata.entries()) {
        if (strata.findIndex((each) => each.name === name) < at)
          context.addIssue({ code: "custom", path: [at, "name"], message: nameTwice(name) });
      }
    })
    .default([])
    .describe("Groups that are looked at even when few: their extra outputs are checked, but enter no share"),
  doubledAfterChange: durationSetting
    .default("3d")
    .describe(
      "How long twice as many outputs are drawn after a change of model, prompt, workflow, configuration or golden set; 0s for never",
    ),
});

/** Checked settings of a sample. */
export type SampleSettings = z.infer<typeof sampleSettings>;
