/**
 * PagerDuty through its Events API v2 (developer.pagerduty.com/docs/events-api-v2/trigger-events): one alert per
 * incident under one dedup_key, triggered, acknowledged and resolved as the incident is. A repeat of an event that has
 * arrived changes nothing there, so a lost answer costs nobody a second call. A test triggers and resolves at once.
 */
import { z } from "zod";
import type { RiskTier } from "../../domain/automation.js";
import type { Json, JsonObject } from "../../domain/json.js";
import { secretSetting } from "../../text/setting-types.js";
import { defineChannelType } from "../channel-type.js";
import { idPart } from "../id-part.js";
import {
  type IncidentMessage,
  newsLinesOf,
  openLabelOf,
  reportLabel,
  toneOf,
  topLineOf,
} from "../message.js";
import { untilWithName } from "../plain.js";
import { post } from "../post.js";
import { cutAtWord } from "../trim-text.js";

/** Longest summary and key the API takes. */
const limits = { summary: 1_024, key: 255 } as const;

/** Longest line among the details; the whole event may have 512 kB. */
const detailMax = 500;

const stored = z.strictObject({ events: z.array(z.record(z.string(), z.json())).min(1) });

type Action = "trigger" | "acknowledge" | "resolve";

/** A service in PagerDuty. */
export const pagerduty = defineChannelType({
  type: "pagerduty",
  settings: z.strictObject({
    routingKey: secretSetting.describe(
      "Integration key of the service (PagerDuty: the service, Integrations, Events API v2).",
    ),
    url: z
      .url({ protocol: /^https?$/ })
      .default("https://events.pagerduty.com/v2/enqueue")
      .describe("Where events are sent; accounts in the EU: https://events.eu.pagerduty.com/v2/enqueue."),
  }),
  prepare: ({ routingKey, url }, { secret, ...ports }) => ({
    render: (message) => ({ events: actionsOf(message).map((action) => eventOf(message, action)) }),
    send: async (payload, { signal }) => {
      const { events } = stored.parse(payload);
      const key = secret(routingKey);
      let delivery = await sendEvent(events[0]);
      for (const event of events.slice(1)) if (delivery.status === "sent") delivery = await sendEvent(event);
      return delivery;

      function sendEvent(event: JsonObject | undefined) {
        const body = JSON.stringify({ routing_key: key, ...event });
        return post(ports, { url, headers: {}, body, signal });
      }
    },
  }),
});

/** What happens to the alert. Where something still has to be switched back, it stays open. */
function actionsOf({ kind, incident }: IncidentMessage): readonly Action[] {
  switch (kind) {
    // about no incident that stays open
    case "test":
    case "self":
    case "digest":
    case "notice":
    case "summary":
      return ["trigger", "resolve"];
    case "opened":
    case "group":
    case "still":
    case "escalated":
    case "reminder":
      return ["trigger"];
    case "ended":
      return ["resolve"];
    case "recovered":
      return [incident?.status === "recovering" ? "acknowledge" : "resolve"];
    case "moved":
      return [incident?.status === "open" ? "trigger" : "acknowledge"];
  }
}

function eventOf(message: IncidentMessage, action: Action): Json {
  const head = { event_action: action, dedup_key: keyOf(message) };
  if (action !== "trigger") return head;
  const { url, reportUrl } = message;
  const links = [
    ...(url === null ? [] : [{ href: url, text: openLabelOf(message) }]),
    ...(reportUrl === undefined ? [] : [{ href: reportUrl, text: reportLabel }]),
  ];
  return {
    ...head,
    client: "Evenkeel",
    ...(url === null ? {} : { client_url: url }),
    ...(links.length === 0 ? {} : { links }),
    payload: {
      summary: cutAtWord(message.alert, limits.summary),
      source: message.automation?.id ?? idPart(message.instance),
      severity: severityOf(message),
      timestamp: new Date(message.at).toISOString(),
      ...(message.automation === null ? {} : { component: message.automation.title }),
      group: message.instance,
      class: message.incident?.kind ?? message.kind,
      custom_details: detailsOf(message),
    },
  };
}

function keyOf({ kind, instance, incident, notificationId }: IncidentMessage): string {
  const which = incident === null ? `${kind}-${notificationId}` : `incident-${incident.id}`;
  return `evenkeel-${idPart(instance)}-${which}`.slice(0, limits.key);
}

const severities: Readonly<Record<RiskTier, string>> = { high: "critical", medium: "error", low: "warning" };

/** A source that cannot be read is a warning: the outputs may well be fine. */
function severityOf(message: IncidentMessage): string {
  const { automation } = message;
  const tone = toneOf(message);
  if (automation === null) return tone === "bad" ? "warning" : "info";
  return tone === "unknown" ? "warning" : severities[automation.risk];
}

function detailsOf(message: IncidentMessage): Json {
  const parts: [string, readonly string[]][] = [
    ["what", [topLineOf(message), ...newsLinesOf(message)]],
    ["since", message.since],
    ["how sure", message.howSure],
    ["until", untilWithName(message)],
    ["by hand", message.byHand === null ? [] : [message.byHand.intro, ...message.byHand.steps]],
    ["examples", message.examples.map(({ label, id, reason }) => `${label}: ${id} ${reason}`.trim())],
    ["also", message.facts],
    ["to record it", message.commands],
  ];
  const filled = parts
    .map(([name, lines]) => [name, lines.filter((line) => line !== "")] as const)
    .filter(([, lines]) => lines.length > 0);
  return Object.fromEntries(
    filled.map(([name, lines]) => [name, lines.map((line) => cutAtWord(line, detailMax)).join("\n")]),
  );
}
