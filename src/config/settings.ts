import { isIP } from "node:net";
import { z } from "zod";
import { personSettings, teamSettings } from "../automation/person-settings.js";
import { registerSettings } from "../automation/register-settings.js";
import { dateText, words } from "../automation/setting-forms.js";
import { checkSettings } from "../check/settings.js";
import { goldenSettings } from "../golden/settings.js";
import { maintenanceSettings } from "../incident/maintenance.js";
import { modelSettings } from "../model/settings.js";
import { routeSettings } from "../notify/route.js";
import { channelSettings } from "../notify/settings.js";
import { digestSettings } from "../report/digest-settings.js";
import { reviewSettings } from "../review/governance-settings.js";
import { sampleSettings, sourceSettings } from "../sample/settings.js";
import { storeModes } from "../text/redact.js";
import { secretSetting } from "../text/setting-types.js";
import { ownRetentionSettings, storageSettings } from "./storage-settings.js";

const schemaName = z.string().optional().describe("Path of the JSON Schema, for completion in an editor");

/** A check file: checks that several automations may share. */
export const checkFileSettings = z.strictObject({
  $schema: schemaName,
  checks: z.array(checkSettings).min(1).describe("The checks, each with its own id"),
});

/** A golden set, with the word of whoever lets it have real effects on a schedule. */
const scheduledGoldenSettings = goldenSettings.extend({
  override: z
    .strictObject({
      by: words.describe("Who allows it: a person's name"),
      why: words.describe("Why that is safe"),
    })
    .optional()
    .describe('Needed where effects are "real" and there is a schedule'),
});

const dailyUsd = z.number().min(0).max(100_000).describe("US dollars a day");
const dailyCalls = z.int().min(0).max(1_000_000).describe("Requests a day, repeats included");

const watchSettings = {
  source: sourceSettings
    .optional()
    .describe("Where its outputs are read from; without one nothing is sampled"),
  schedule: words
    .optional()
    .describe('When outputs are looked at: a cron expression or "every 15m". Default: by risk'),
  sample: sampleSettings.partial().default({}).describe("Which outputs are checked. Default: by risk"),
  store: z
    .enum(storeModes)
    .default("redacted")
    .describe("What is kept of each output: all of it, all but personal data and secrets, or a fingerprint"),
  follow: z
    .strictObject({
      numbers: z.array(words).default([]).describe("Numbers in the output, such as total"),
      categories: z.array(words).default([]).describe("Categories in the output, such as category"),
      fields: z
        .enum(["auto", "none"])
        .default("auto")
        .describe(
          "Fields that are always there and hold a number or one of few values: followed for the digest without being named, or not",
        ),
      segments: z
        .enum(["auto", "none"])
        .default("none")
        .describe(
          "Pass shares of each segment (`map.segment`) by itself, the six commonest, for the digest, or not",
        ),
    })
    .default({ numbers: [], categories: [], fields: "auto", segments: "none" })
    .describe("What is followed over time beside the checks. Length, time and cost are followed anyway"),
  baseline: z
    .strictObject({
      outputs: z
        .int()
        .min(20)
        .max(10_000)
        .default(100)
        .describe("Outputs from which the usual level is learned"),
      runs: z.int().min(2).max(1000).default(5).describe("Runs they must come from, at least"),
    })
    .default({ outputs: 100, runs: 5 })
    .describe("How much is needed to know what is usual"),
  checks: z
    .array(z.union([words, checkSettings]))
    .default([])
    .describe("Check files, by path, and checks written out"),
  golden: scheduledGoldenSettings
    .optional()
    .describe("Known inputs with known-good answers, put to the automation again"),
  retention: ownRetentionSettings,
  judging: z
    .strictObject({ dailyUsd: dailyUsd.optional(), dailyCalls: dailyCalls.optional() })
    .default({})
    .describe("The most its checks may ask of models and services in a day. Default: as for all together"),
};

/** Everything about one automation. */
export const automationSettings = registerSettings.extend(watchSettings);

const network = z.string().refine(isNetwork, {
  error: 'expected an address range, such as "10.1.2.0/24"',
});

/** The configuration file. */
export const configSettings = z.strictObject({
  $schema: schemaName,
  name: words.default("Evenkeel").describe("Name of the business, for the heads of pages and messages"),
  timeZone: words.describe("Time zone of schedules and of people, such as Europe/Vienna"),
  dataDir: words.default("data").describe("Folder of the database"),
  ...storageSettings,
  listen: z
    .strictObject({
      host: words
        .default("127.0.0.1")
        .describe(
          "Address to listen on, for outputs that are pushed from elsewhere; pages are shown on this computer only, whatever the address",
        ),
      port: z.int().min(0).max(65_535).default(4310).describe("Port to listen on; 0 takes any that is free"),
    })
    .default({ host: "127.0.0.1", port: 4310 })
    .describe("Where pages and pushed outputs are served"),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'expected a web address, such as "https://evenkeel.example.com"' })
    .optional()
    .describe(
      "Address of a proxy on this computer under which people reach it, for links in messages; the proxy asks for the password, except under /act/ and /v1/slack/actions, which prove themselves by signature",
    ),
  aiOwner: words.describe("Who looks after all of this: a person's name"),
  alarmBudget: z
    .strictObject({
      falseAlarmsPerMonth: z
        .number()
        .min(0.01)
        .max(100)
        .default(1)
        .describe("False alarms accepted in a month, over all automations together"),
      digestFindingsPerMonth: z
        .number()
        .min(0.01)
        .max(1000)
        .default(4)
        .describe("Chance findings accepted in the digests of a month"),
    })
    .default({ falseAlarmsPerMonth: 1, digestFindingsPerMonth: 4 })
    .describe("The price of watching"),
  modelSunset: z
    .strictObject({
      daysBefore: z
        .int()
        .min(1)
        .max(365)
        .default(30)
        .describe("Days before its end from which on a model in use is a finding"),
      pageDaysBefore: z
        .int()
        .min(0)
        .max(365)
        .default(7)
        .describe("Days before its end from which on that notifies at once, where the risk allows it"),
      dates: z
        .array(
          z.strictObject({
            model: words.describe(
              "Name as outputs give it; one that ends in * stands for every name that begins so",
            ),
            shutsDownOn: dateText.describe("Day of its end"),
            replacement: words.optional().describe("What to use instead"),
          }),
        )
        .default([])
        .describe("Ends of models that you know of; they come before what APIs and Evenkeel's table say"),
    })
    .default({ daysBefore: 30, pageDaysBefore: 7, dates: [] })
    .describe("Models in use whose vendor has announced their end"),
  models: z
    .array(modelSettings)
    .default([])
    .describe("Models that checks may ask, such as a judge; no check asks one that is not here"),
  judging: z
    .strictObject({ dailyUsd: dailyUsd.default(1), dailyCalls: dailyCalls.default(2000) })
    .default({ dailyUsd: 1, dailyCalls: 2000 })
    .describe(
      "The most all checks together may ask of models and services in a day; outputs beyond it are not judged by them",
    ),
  network: z
    .strictObject({
      allowPrivate: z.array(network).default([]).describe("Private address ranges that may be called"),
    })
    .default({ allowPrivate: [] })
    .describe("What may be called on the network"),
  scripts: z
    .boolean()
    .default(false)
    .describe(
      "Lets checks of type script run JavaScript. It runs apart, within time and memory limits, but node:vm is no security boundary: allow only code of your own",
    ),
  people: z.array(personSettings).min(1).describe("Everyone the rest refers to by name"),
  teams: z.array(teamSettings).default([]).describe("People who are called together"),
  channels: z
    .array(channelSettings)
    .default([])
    .describe("Ways to reach people. Default: the terminal it runs in"),
  routes: z
    .array(routeSettings)
    .default([])
    .describe(
      "Which channels a message goes to; the first route that matches decides. Default: to all of them",
    ),
  automations: z.array(automationSettings).min(1).describe("The register"),
  digest: digestSettings
    .default({ weekday: "mon", at: "08:00" })
    .describe("The weekly digest: how everything stands, and outputs to judge"),
  ...reviewSettings,
  deadMan: z
    .strictObject({
      url: z
        .union([z.url({ protocol: /^https?$/ }), secretSetting])
        .describe(
          "Address that is asked by GET while all is well; it may be a secret, for whoever knows it can speak for the watch",
        ),
      everyMinutes: z.int().min(1).max(1440).default(1).describe("Minutes between two signs of life"),
    })
    .optional()
    .describe(
      "A service that raises the alarm when it hears nothing any more: asked only while every open incident has its next step and a channel works",
    ),
  maintenance: z
    .array(maintenanceSettings)
    .default([])
    .describe("Weekly windows in which incidents are recorded and shown but not sent"),
});

/** The configuration file as written, defaults filled in. */
export type ConfigSettings = z.infer<typeof configSettings>;

/** A golden set as written, defaults filled in. */
export type ScheduledGoldenSettings = z.infer<typeof scheduledGoldenSettings>;

/** One automation as written, defaults filled in. */
export type AutomationSettings = z.infer<typeof automationSettings>;

/** True for an address range such as 10.1.2.0/24. */
export function isNetwork(text: string): boolean {
  const [address = "", prefix = "", ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) <= (version === 4 ? 32 : 128);
}
