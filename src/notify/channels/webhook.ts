/**
 * POSTs each message as JSON to an address of yours, signed.
 *
 * Body, UTF-8 JSON, the same bytes at every try:
 *   { "version": 1, "type": "incident.opened", "id": "<notification id>", "at": "2026-11-18T06:02:00.000Z",
 *     "instance", "automation": { "id", "title", "risk" } | null,
 *     "incident": { "id", "revision", "kind", "status", "statusWord" } | null,
 *     "headline", "alert", "news", "state", "since", "howSure", "until", "byHand": { "intro", "steps" } | null,
 *     "examples": [ { "kind", "id", "when", "reason", "excerpt" } ],
 *     "trend": { "title", "bars": [ { "label", "share", "words", "changed" } ] } | null, "facts", "smallPrint", "url",
 *     "mention": "<name>" | null, "commands", "group"?: { "id", "members" }, "actions"?: [ { "label", "url" } ],
 *     "reportUrl"?: where a person reports something odd about the automation }
 *   `type` is `incident.` + opened, group, moved, still, escalated, reminder, recovered, ended or summary (many at
 *   once), or `test`, `notice` or `self` (about Evenkeel). Fields may be added under version 1; none is renamed or
 *   removed. Texts of outputs are hostile: escape them.
 *
 * Headers:
 *   X-Evenkeel-Delivery, Idempotency-Key   the notification id, equal across tries: act on it once
 *   X-Evenkeel-Attempt                     1, 2, ...
 *   X-Evenkeel-Timestamp                   epoch seconds of this try
 *   X-Evenkeel-Signature                   v1=<hex HMAC-SHA256 of "v1:{timestamp}:{body}">
 *
 * To check: compute the HMAC over the raw body with the shared secret, compare in constant time,
 * refuse timestamps more than five minutes off, remember ids for ten minutes. Two signatures,
 * parted by a comma, stand in the header while the secret is being changed (`previousSecret`).
 *
 * Answer 2xx within ten seconds. 408, 429 and 5xx are tried again, `Retry-After` is obeyed up to an
 * hour; any other answer is final. No answer at all is tried again with the same id.
 */
import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { secretSetting } from "../../text/setting-types.js";
import { signBody } from "../../token/sign-body.js";
import { defineChannelType } from "../channel-type.js";
import { type IncidentMessage, linksOf } from "../message.js";
import { post } from "../post.js";

const stored = z.strictObject({ body: z.string() });

/** A signed POST to an address of yours. */
export const webhook = defineChannelType({
  type: "webhook",
  settings: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).describe("Where messages are POSTed, http or https."),
    secret: secretSetting.describe("Shared secret the body is signed with."),
    previousSecret: secretSetting
      .optional()
      .describe("The secret before, while it is being changed: bodies carry both signatures."),
  }),
  prepare: ({ url, secret, previousSecret }, { secret: read, ...ports }) => ({
    render: (message) => ({ body: JSON.stringify(webhookBody(message)) }),
    send: async (payload, { notificationId, attempt, signal }) => {
      const { body } = stored.parse(payload);
      const timestamp = Math.floor(ports.clock.now() / 1_000);
      const keys = [secret, ...(previousSecret === undefined ? [] : [previousSecret])].map(read);
      const headers = {
        "idempotency-key": notificationId,
        "x-evenkeel-delivery": notificationId,
        "x-evenkeel-attempt": String(attempt),
        "x-evenkeel-timestamp": String(timestamp),
        "x-evenkeel-signature": keys.map((key) => signBody(key, timestamp, body)).join(","),
      };
      return post(ports, { url, headers, body, signal });
    },
  }),
});

/** About no incident. */
const aboutNone: ReadonlySet<string> = new Set(["test", "notice", "self"]);

function webhookBody(message: IncidentMessage): Json {
  const { kind, automation, incident, news, byHand } = message;
  const links = linksOf(message).map(({ label, link }) => ({ label, url: link }));
  return {
    version: 1,
    type: aboutNone.has(kind) ? kind : `incident.${kind}`,
    id: message.notificationId,
    at: new Date(message.at).toISOString(),
    instance: message.instance,
    automation: automation && { ...automation },
    incident: incident && { ...incident },
    headline: message.headline,
    alert: message.alert,
    news: news && { ...news },
    state: message.state,
    since: message.since,
    howSure: message.howSure,
    until: message.until,
    byHand: byHand && { ...byHand },
    examples: message.examples.map(({ kind, id, when, reason, excerpt }) => ({
      kind,
      id,
      when,
      reason,
      excerpt,
    })),
    trend: message.trend && {
      title: message.trend.title,
      bars: message.trend.bars.map((bar) => ({ ...bar })),
    },
    facts: message.facts,
    smallPrint: message.smallPrint,
    url: message.url,
    mention: message.mention?.name ?? null,
    commands: message.commands,
    ...(message.group === undefined ? {} : { group: { ...message.group } }),
    ...(links.length === 0 ? {} : { actions: links }),
    ...(message.reportUrl === undefined ? {} : { reportUrl: message.reportUrl }),
  };
}
