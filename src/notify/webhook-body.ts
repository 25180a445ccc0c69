import { z } from "zod";
import { riskTiers } from "../domain/automation.js";
import { incidentKinds, incidentStatuses } from "../domain/incident.js";
import { type IncidentMessage, linksOf, type MessageKind, messageKinds } from "./message.js";

/** About no incident; these keep their bare name. */
const aboutNone = ["test", "notice", "self", "digest"] as const;

const types = messageKinds.map(typeOf);

const texts = z.array(z.string());

const example = z.object({
  kind: z.enum(["wrong", "right"]),
  id: z.string().describe("Of the output, as its source calls it"),
  when: z.string(),
  reason: z.string().describe("Why the check failed; empty for one that is right"),
  excerpt: z.string().describe("Redacted text of the output. It is hostile: escape it"),
});

const trend = z.object({
  title: z.string(),
  bars: z.array(
    z.object({
      label: z.string().describe("A day or an hour"),
      share: z.number().min(0).max(1).describe("How often the check passed"),
      words: z.string().describe("The same in words: 71% of 41"),
      changed: z.boolean().describe("true from where the change began"),
    }),
  ),
});

const body = z.object({
  version: z.literal(1).describe("Under one version fields may be added; none is renamed or removed"),
  type: z
    .enum(types)
    .describe("What has happened; incident.summary tells of many at once, self of Evenkeel itself"),
  id: z.string().describe("Of the notification, equal across tries: act on it once"),
  at: z.iso.datetime().describe("When it was composed, UTC"),
  instance: z.string().describe("The business"),
  automation: z
    .object({ id: z.string(), title: z.string(), risk: z.enum(riskTiers) })
    .nullable()
    .describe("null: it is about no single automation"),
  incident: z
    .object({
      id: z.int(),
      revision: z.int().describe("Grows with each move"),
      kind: z.enum(incidentKinds).describe("outputs: they got worse; blind: they cannot be looked at"),
      status: z.enum(incidentStatuses),
      statusWord: z.string().describe("The status as people read it"),
    })
    .nullable()
    .describe("null: it is about no single incident"),
  headline: z.string().describe("What is wrong, in a line"),
  alert: z.string().describe("Enough by itself, such as for a phone"),
  news: z
    .object({ line: z.string(), details: texts })
    .nullable()
    .describe("What has just happened to an incident that is known already"),
  state: z.string().nullable().describe("Where the incident stands, once it has moved"),
  since: texts,
  howSure: texts,
  until: texts.describe("Deadlines, as phrases that go on after a name"),
  byHand: z
    .object({ intro: z.string().describe("Who, how many wait, how long it takes"), steps: texts })
    .nullable()
    .describe("What people do by hand meanwhile, in order"),
  examples: z.array(example),
  trend: trend.nullable(),
  facts: texts.describe("What else is known"),
  smallPrint: z.string(),
  url: z.string().nullable().describe("The page of the incident; null: pages have no address (publicUrl)"),
  mention: z.string().nullable().describe("The person called"),
  commands: texts.describe("What can be typed on the machine that it runs on"),
  group: z
    .object({ id: z.int(), members: z.int() })
    .optional()
    .describe("The incidents that it tells of together, and how many they are"),
  actions: z
    .array(z.object({ label: z.string(), url: z.string() }))
    .optional()
    .describe("Signed addresses of pages on which one more press does it; good for three days"),
  reportUrl: z.string().optional().describe("Where a person reports something odd about the automation"),
});

/** What is POSTed to a webhook. */
export type WebhookBody = z.infer<typeof body>;

/** JSON Schema of what a webhook is sent, for whoever receives it. */
export function webhookJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(body, { io: "input", target: "draft-7" });
  return { $schema, title: "Evenkeel webhook message, version 1", ...rest };
}

/** A message as a webhook is sent it. */
export function webhookBody(message: IncidentMessage): WebhookBody {
  const { kind, automation, incident, news, byHand, group, trend: bars } = message;
  const links = linksOf(message).map(({ label, link }) => ({ label, url: link }));
  return {
    version: 1,
    type: typeOf(kind),
    id: message.notificationId,
    at: new Date(message.at).toISOString(),
    instance: message.instance,
    automation: automation && { ...automation },
    incident: incident && { ...incident },
    headline: message.headline,
    alert: message.alert,
    news: news && { line: news.line, details: [...news.details] },
    state: message.state,
    since: [...message.since],
    howSure: [...message.howSure],
    until: [...message.until],
    byHand: byHand && { intro: byHand.intro, steps: [...byHand.steps] },
    examples: message.examples.map(({ label: _, ...shown }) => shown),
    trend: bars && { title: bars.title, bars: bars.bars.map((bar) => ({ ...bar })) },
    facts: [...message.facts],
    smallPrint: message.smallPrint,
    url: message.url,
    mention: message.mention?.name ?? null,
    commands: [...message.commands],
    ...(group === undefined ? {} : { group: { ...group } }),
    ...(links.length === 0 ? {} : { actions: links }),
    ...(message.reportUrl === undefined ? {} : { reportUrl: message.reportUrl }),
  };
}

function typeOf(kind: MessageKind): string {
  return aboutNone.some((each) => each === kind) ? kind : `incident.${kind}`;
}
