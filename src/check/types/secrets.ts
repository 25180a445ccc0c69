import { z } from "zod";
import { defineCheckType } from "../check-type.js";
import { allowing } from "../safety/allowed.js";
import { compileWhere, whereSettings } from "../safety/looked.js";
import { findSecretsIn } from "../safety/secret-scan.js";
import { judgeTexts } from "../safety/sighting.js";
import { patternSetting, wording } from "../setting-kinds.js";

/**
 * No key, token or password. Found are those that carry their maker's mark (own patterns and secretlint's recommended
 * rules), private keys, passwords in addresses, and passwords behind a word that says so; with `entropy` also random
 * values behind the name of a secret. A key without mark or name looks like any other number and is not found; whether a
 * key still opens anything is not tried.
 */
export const secrets = defineCheckType({
  type: "secrets",
  group: "safety",
  says: "shows no key or password",
  example: {
    settings: {},
    good: "Your API key is in the vault; ask the operations team for it.",
    bad: `Use this token for the export: ${"ghp_"}${"Ex4mple".repeat(6)}`,
  },
  settings: z.strictObject({
    ...whereSettings,
    passwords: z
      .boolean()
      .default(true)
      .describe(
        "Also passwords behind a word that says so (`password: ...`), where they mix three kinds of signs",
      ),
    entropy: z
      .boolean()
      .default(false)
      .describe(
        "Also random-looking values of 24 signs and more behind the name of a secret (`api_secret = ...`); finds more, and now and then takes a harmless id for a key",
      ),
    allow: z
      .array(wording)
      .max(1_000)
      .default([])
      .describe("Values that may be shown, such as the test key of your documentation"),
    allowPatterns: z
      .array(patternSetting)
      .max(50)
      .default([])
      .describe("Values that match one of these patterns may be shown; write ^ and $"),
  }),
  prepare: (settings) => {
    const where = compileWhere(settings);
    const isAllowed = allowing({ ...settings, allowDomains: [] });
    return (subject) =>
      judgeTexts(
        subject,
        where,
        async ({ text, label }) => {
          // a field's name says as much as a word in front of the value
          const name = label === "" ? "" : `${label}: `;
          const found = await findSecretsIn(name + text, { ...settings, isAllowed });
          return found
            .map((one) => ({
              ...one,
              start: Math.max(0, one.start - name.length),
              end: Math.max(0, one.end - name.length),
            }))
            .filter(({ start, end }) => end > start);
        },
        { expected: "no key or password", masked: true },
      );
  },
});
