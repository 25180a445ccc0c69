import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { compileFilter, compilePath } from "../text/json-path.js";
import { compilePattern } from "../text/pattern.js";

/** A JSONPath or bare name, refused with its position when it cannot be read. */
export const pathSetting = compiling((path) => compilePath(path));

/** A filter expression, refused with its position when it cannot be read. */
export const filterSetting = compiling((expression) => compileFilter(expression));

/** A pattern, refused with what to write instead when RE2 cannot do it. */
export const patternSetting = compiling((pattern) => compilePattern(pattern));

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

function compiling(compile: (text: string) => unknown): z.ZodString {
  return z.string().superRefine((text, context) => {
    try {
      compile(text);
    } catch (thrown) {
      if (!(thrown instanceof KnownError)) throw thrown;
      context.addIssue({ code: "custom", message: thrown.message });
    }
  });
}
