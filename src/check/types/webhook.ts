import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { durationMs, durationSetting, secretSetting } from "../../text/setting-types.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, type Subject } from "../check-type.js";

const longestTimeoutMs = 120_000;

const answer = z.strictObject({
  pass: z.boolean(),
  score: z.number().min(0).max(1).optional(),
  reason: z.string().optional(),
});

/** A service of yours judges the text: it is sent the output as signed JSON, and answers whether it is right. */
export const webhook = defineCheckType({
  type: "webhook",
  group: "judge",
  says: "is accepted by your service",
  asks: true,
  example: {
    settings: {
      url: "https://rules.example.com/quotes",
      key: { env: "RULES_KEY" },
      timeout: "5s",
    },
    good: '{"customer":"C-204","discount":0.1}',
    bad: '{"customer":"C-204","discount":0.45}',
    answers: {
      good: [{ pass: true }],
      bad: [{ pass: false, score: 0, reason: "customers of group B get 15% at most" }],
    },
  },
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .describe(
        'Where the output is POSTed, a JSON object of `id`, `at`, `output`, `fields`, `input`, `reference`, `segment` and `model`; it answers { "pass": true or false } with `score` (0 to 1) and `reason` if it likes, and anything else is `error`',
      ),
    key: secretSetting.optional().describe("The key that requests are signed with; default: unsigned"),
    timeout: durationSetting.default("10s").describe("How long the service may take, up to 2m"),
  }),
  complaint: ({ url, timeout }) => {
    const { username, password } = new URL(url);
    if (username !== "" || password !== "") {
      return "url: has a name or password in it; leave it out and write key, so that requests are signed";
    }
    const ms = durationMs(timeout);
    return ms < 1 || ms > longestTimeoutMs ? `timeout: is "${timeout}"; write 1s to 2m` : null;
  },
  prepare: ({ url, key, timeout }) => {
    const { host } = new URL(url);
    const timeoutMs = durationMs(timeout);
    return async (subject, asking) => {
      const said = await asking.post({ url, body: bodyOf(subject), key: key ?? null, timeoutMs });
      return verdictOf(said, shown(host));
    };
  },
});

function bodyOf(subject: Subject): Json {
  const { id, at, text, value, input, reference, segment, model } = subject;
  return {
    id,
    at: new Date(at).toISOString(),
    output: text,
    fields: value ?? null,
    input,
    reference,
    segment,
    model,
  };
}

function verdictOf(said: Json, host: string): Verdict {
  const parsed = answer.safeParse(said);
  if (!parsed.success) {
    return error(
      `could not tell: ${host} answered ${quoted(said, 80)}, expected { "pass": true or false, "score": 0 to 1, "reason": text }`,
    );
  }
  const { pass: passes, score, reason = "" } = parsed.data;
  const more = score === undefined ? {} : { score };
  const why = reason.trim() === "" ? "without a reason" : `with the reason ${quoted(reason, 200)}`;
  return passes
    ? pass({ ...more, reason: `is accepted by ${host}, expected it not to be` })
    : fail(`is not accepted by ${host}, ${why}`, more);
}
