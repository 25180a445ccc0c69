/**
 * Kinds of settings that several rooms share: types of a registry, paths, durations, secrets by name. Pure: a secret is
 * read by whoever is given the reader.
 */
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import type { SecretReader } from "../domain/ports.js";
import { parseDuration } from "./duration.js";
import { compilePath } from "./json-path.js";

/** A text that something can read: the KnownError that `read` throws becomes the fault. */
export function readableSetting(read: (text: string) => unknown): z.ZodString {
  return z.string().superRefine((text, context) => {
    try {
      read(text);
    } catch (thrown) {
      if (!(thrown instanceof KnownError)) throw thrown;
      context.addIssue({ code: "custom", message: thrown.message });
    }
  });
}

/** A JSONPath or bare name; a fault names the position. */
export const pathSetting = readableSetting(compilePath);

/** A registry: everything that the list of files of a room exports, by its `type`. */
export function byType<Type extends { readonly type: string }>(
  all: Readonly<Record<string, Type>>,
): ReadonlyMap<string, Type> {
  return new Map(Object.values(all).map((each) => [each.type, each]));
}

/** Settings of any type of a registry, told apart by `type`: one schema for each. */
export function settingsByType<Schema extends z.core.$ZodTypeDiscriminable>(
  schemas: readonly Schema[],
  options?: Parameters<typeof z.discriminatedUnion>[2],
) {
  const [first, ...rest] = schemas;
  if (first === undefined) throw new KnownError("no-types", "there is no type to choose from");
  return z.discriminatedUnion("type", [first, ...rest], options);
}

/** A length of time such as `15m`. */
export const durationSetting = z.string().refine((text) => parseDuration(text) !== null, {
  message: "expected a duration such as 90s, 15m, 1h or 7d",
});

/** Longest wait for an answer that a setting may allow; a model on a small computer takes minutes. */
const longestAnswer = "10m";
/** Longest run of a program that a setting may allow. Above 24 days a timer would end at once. */
const longestRun = "1d";

/** The same in milliseconds. */
export const longestAnswerMs = durationMs(longestAnswer);

/** How long an answer may take; what is allowed here is waited for in full. */
export const answerTimeoutSetting = durationUpTo(longestAnswer);

function durationUpTo(longest: string) {
  return durationSetting.refine(
    (text) => {
      const ms = parseDuration(text);
      return ms === null || (ms > 0 && ms <= durationMs(longest));
    },
    { message: `expected more than 0s and at most ${longest}` },
  );
}

/** A secret by name: a variable of the environment, or a file beside the configuration. */
export const secretSetting = z.union([
  z.strictObject({
    env: z
      .string()
      .regex(/^[A-Z_][A-Z0-9_]*$/, "expected the name of an environment variable, such as SLACK_BOT_TOKEN")
      .describe("Name of an environment variable."),
  }),
  z.strictObject({ file: z.string().min(1).describe("File that holds the secret alone.") }),
]);

/** A plain text, or a secret by name. */
export const textOrSecret = z.union([z.string(), secretSetting]);

/** Plain text, or the secret behind a reference. */
export type TextOrSecret = z.infer<typeof textOrSecret>;

/** Headers of a request. */
export const headersSetting = z
  .record(z.string(), textOrSecret)
  .default({})
  .describe('Headers; a value may be a secret: { "env": "API_KEY" }');

const environmentSetting = z
  .record(z.string(), textOrSecret)
  .default({})
  .describe("Environment variables it is given besides PATH and the like; a value may be a secret");

/** Where a program runs, and for how long. */
export const programSettings = {
  folder: z.string().default(".").describe("Where it runs; relative to the configuration file"),
  environment: environmentSetting,
  timeout: durationUpTo(longestRun)
    .default("60s")
    .describe("Longest run, up to 1d; then its whole process group is killed"),
};

/** Texts by name with their secrets filled in. */
export function fillSecrets(
  values: Readonly<Record<string, TextOrSecret>>,
  secret: SecretReader,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : secret(value)]),
  );
}

/** Milliseconds of a checked duration setting. */
export function durationMs(text: string): number {
  return parseDuration(text) ?? 0;
}
