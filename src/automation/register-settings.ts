import { z } from "zod";
import { riskTiers } from "../domain/automation.js";
import { parseDuration } from "../text/duration.js";
import { dateText, durationText, idText, words } from "./setting-forms.js";
import { switchSettings } from "./switch-action.js";

const fallbackSettings = z
  .strictObject({
    by: words.optional().describe("Who does it: a person's name. Default: the owner says"),
    steps: z.array(words).min(1).describe("What to do by hand, in order"),
    minutesPerItem: z.number().positive().optional().describe("Minutes one item takes by hand"),
    inputsAt: words.optional().describe("Where the waiting inputs lie"),
    pause: words
      .optional()
      .describe("How to stop the automation: a sentence; messages put it before the steps"),
    pauseAction: switchSettings
      .optional()
      .describe("What stops it when a person asks for that: a command or a signed webhook"),
    resumeAction: switchSettings.optional().describe("What lets it run again"),
  })
  .describe("What people do by hand while the automation cannot be trusted");

/** Reminders by the second would be a storm. */
const shortestWaitMs = 5 * 60_000;

const waitText = durationText.refine((text) => (parseDuration(text) ?? 0) >= shortestWaitMs, {
  error: "is too short, expected 5m or more",
});

const slaSettings = z
  .strictObject({
    acknowledge: durationText.optional().describe("Time until someone has answered"),
    contain: durationText
      .optional()
      .describe("Time until no more harm is done: it is done by hand, paused or over. Default: by risk"),
    restore: durationText.optional().describe("Time until it works again"),
    acknowledgementExpires: waitText
      .optional()
      .describe("An acknowledgement counts for so long; then it is asked for again. Default: 8h"),
    remind: waitText
      .optional()
      .describe(
        "Time until the first reminder of one that is not acknowledged or not contained; each further one waits twice as long, a day at most. Default: by risk",
      ),
    clock: z
      .enum(["round-the-clock", "working-hours"])
      .optional()
      .describe("Whether the clocks run always or only in working hours"),
    hoursOf: words.optional().describe("Whose working hours count: a person or team. Default: the owner's"),
  })
  .describe("How long people have. Default: by risk");

const onCallSettings = z
  .union([
    words,
    z.strictObject({
      weekly: z.array(words).min(1).describe("Names in turn, one week each"),
      startsOn: dateText.describe("First day of the first person's week"),
      swaps: z
        .array(
          z.strictObject({
            from: dateText.describe("First day"),
            to: dateText.describe("Last day"),
            who: words.describe("Whose turn it would be"),
            instead: words.describe("Who takes it"),
          }),
        )
        .default([])
        .describe("Days on which another takes someone's turn; a swap further down overrides"),
    }),
  ])
  .describe(
    'Who is called: a person or team, or { "weekly": [names], "startsOn": date, "swaps": [...] }. Default: the owner',
  );

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'is no currency, expected three capital letters, such as "EUR"')
  .describe("Three letters, such as EUR");

/** An entry of the register: everything about an automation but how it is watched. */
export const registerSettings = z.strictObject({
  id: idText.describe("Unique name for machines, such as support-triage"),
  title: words.optional().describe("What people read. Default: made from the id"),
  does: words.describe("What it does, in a sentence"),
  processes: z.array(words).default([]).describe("Business processes it touches"),
  owner: words.describe("Who answers for it: a person's name"),
  deputy: words.optional().describe("Who answers when the owner cannot"),
  onCall: onCallSettings.optional(),
  vendor: words.optional().describe("Who sells it"),
  tool: words.optional().describe("Where it runs, such as n8n"),
  model: words.optional().describe("Model it uses"),
  risk: z
    .enum(riskTiers)
    .describe("high: customer-facing, money, personal data; low: internal, read-only. Sets the defaults"),
  dataClasses: z.array(words).default([]).describe("Kinds of data it may see"),
  tags: z
    .array(words)
    .default([])
    .describe("Words of your own to sort by, such as a customer or a site; routes can name them"),
  approval: z
    .strictObject({
      status: z
        .enum(["not-stated", "proposed", "trial", "approved", "refused", "retired"])
        .describe("Where the decision stands"),
      by: words.optional().describe("Who decided"),
      on: dateText.optional().describe("When"),
    })
    .default({ status: "not-stated" })
    .describe("Whether its use was approved"),
  cost: z
    .strictObject({
      perMonth: z.number().nonnegative().describe("What it costs a month"),
      currency,
    })
    .optional()
    .describe("Licences and usage together"),
  budget: z
    .strictObject({
      perMonth: z.number().positive().describe("The most a calendar month may cost"),
      currency: currency.default("USD"),
      perUsd: z
        .number()
        .positive()
        .optional()
        .describe(
          "What one US dollar is worth in that currency; needed for any other, for outputs state dollars",
        ),
    })
    .refine((each) => each.currency === "USD" || each.perUsd !== undefined, {
      path: ["perUsd"],
      error: "missing, needed for a currency other than USD",
    })
    .optional()
    .describe("What its outputs may cost; the digest says when the month's pace exceeds it"),
  seats: z.int().nonnegative().optional().describe("Seats paid for"),
  expectedReturn: words.optional().describe("What it is expected to bring"),
  dependsOn: z
    .array(words)
    .default([])
    .describe("Systems it needs; automations that share one fail together"),
  fallback: fallbackSettings
    .optional()
    .describe("What people do by hand meanwhile; needed for risk high and medium"),
  sla: slaSettings.default({}),
  review: z
    .strictObject({
      everyMonths: z.int().min(1).max(24).optional().describe("Months between reviews. Default: by risk"),
      last: dateText.optional().describe("When it was last reviewed"),
    })
    .default({})
    .describe("Review of the tool"),
  spotCheck: z
    .strictObject({
      perWeek: z
        .int()
        .min(0)
        .max(20)
        .optional()
        .describe("Outputs a week that people are asked to look at. Default: by risk"),
      question: words
        .optional()
        .describe("What people decide of each: “Could a colleague send this reply as it is?”"),
    })
    .default({})
    .describe("Outputs that people look at"),
  timeZone: words.optional().describe("Time zone of its schedule. Default: the configuration's"),
});

/** An entry of the register as the configuration states it. */
export type RegisterSettings = z.infer<typeof registerSettings>;
