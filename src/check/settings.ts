import { z } from "zod";
import { nearest } from "../text/nearest.js";
import { settingsByType } from "../text/setting-types.js";
import type { CheckType } from "./check-type.js";
import { type CommonOptions, commonOptions } from "./common-options.js";
import { knownElsewhere } from "./other-names.js";
import { checkTypes } from "./registry.js";

/** A declared check, parsed: the shared options, its type, and beside them the type's own settings. */
export type CheckSettings = CommonOptions & { readonly type: string };

/** One declared check of any type; unknown keys are faults, an unknown type names the nearest one. */
export const checkSettings: z.ZodType<CheckSettings> = settingsByType([...checkTypes.values()].map(entry), {
  error: (issue) => (issue.code === "invalid_union" ? unknownType(issue.input) : undefined),
});

function entry(checkType: CheckType) {
  return z
    .strictObject({ ...commonOptions, type: z.literal(checkType.type), ...checkType.settings.shape })
    .superRefine((settings, context) => {
      const complaint = checkType.complaint(settings);
      if (settings.level === "page" && checkType.loudest === "digest") {
        context.addIssue({ code: "custom", path: ["level"], message: tooLoud(checkType.type) });
      }
      if (complaint !== null) context.addIssue({ code: "custom", message: complaint });
    });
}

function tooLoud(type: string): string {
  return `"page": a ${type} check is too weak a sign to wake someone; leave it out or write "digest", and let another check page`;
}

function unknownType(input: unknown): string {
  const named = typeof input === "object" && input !== null && "type" in input ? input.type : undefined;
  const known = [...checkTypes.keys()].join(", ");
  if (typeof named !== "string") return `the check has no type; there are ${known}`;
  const elsewhere = knownElsewhere(named);
  const meant = nearest(named, checkTypes.keys());
  const near = meant === null ? "" : `did you mean "${meant}"? `;
  const hint = elsewhere === null ? near : `${elsewhere}; `;
  return `"${named}": no such check type; ${hint}there are ${known}`;
}
