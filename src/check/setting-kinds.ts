import { z } from "zod";
import { ConfigError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { filterNames } from "../text/filter-view.js";
import { compileFilter } from "../text/json-path.js";
import { compilePattern } from "../text/pattern.js";
import { readableSetting } from "../text/setting-types.js";
import { shown } from "../text/shown.js";

/** A filter expression, refused with its position when it cannot be read. */
export const filterSetting = readableSetting((expression) => compileFilter(expression, filterNames));

/** A pattern, refused with what to write instead when RE2 cannot do it. */
export const patternSetting = readableSetting((pattern) => {
  const complaint = patternComplaint(pattern);
  if (complaint !== null) throw new ConfigError("pattern", complaint);
  compilePattern(pattern);
});

/** Flags of a pattern. */
export const flagsSetting = z
  .string()
  .regex(/^[imsu]*$/, 'expected a combination of "i", "m" and "s"')
  .default("")
  .describe("`i`: any case; `m`: `^` and `$` match at every line; `s`: the dot matches line breaks too");

/** Any JSON value. */
export const jsonSetting: z.ZodType<Json> = z.json();

/** A text that is not empty. */
export const wording = z.string().min(1);

/** What can be read, but is not what anyone means. */
function patternComplaint(pattern: string): string | null {
  if (pattern === "") return "is empty, and would match everything; write what to look for";
  const [, body, flags = ""] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(pattern) ?? [];
  if (body === undefined || (flags === "" && !/^\^|\$$/.test(body))) return null;
  const apart = flags.replace(/[^ims]/g, "");
  return `pattern "${shown(pattern)}": leave the slashes out${apart === "" ? "" : `, and write flags: "${apart}" beside it`}`;
}
