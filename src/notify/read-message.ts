import { z } from "zod";
import { riskTiers } from "../domain/automation.js";
import { incidentStatuses } from "../domain/incident.js";
import type { Json } from "../domain/json.js";
import { type IncidentMessage, messageKinds } from "./message.js";
import { storedDigest } from "./read-digest.js";

const texts = z.array(z.string());

const schema = z.object({
  kind: z.enum(messageKinds),
  notificationId: z.string(),
  instance: z.string(),
  at: z.number(),
  when: z.string(),
  zone: z.string(),
  incident: z
    .object({
      id: z.number(),
      revision: z.number(),
      kind: z.enum(["outputs", "blind"]),
      status: z.enum(incidentStatuses),
      statusWord: z.string(),
    })
    .nullable(),
  automation: z.object({ id: z.string(), title: z.string(), risk: z.enum(riskTiers) }).nullable(),
  headline: z.string(),
  alert: z.string(),
  news: z.object({ line: z.string(), details: texts }).nullable(),
  worse: z.boolean().optional(),
  state: z.string().nullable(),
  since: texts,
  howSure: texts,
  until: texts,
  byHand: z.object({ intro: z.string(), steps: texts }).nullable(),
  examples: z.array(
    z.object({
      label: z.string(),
      kind: z.enum(["wrong", "right"]),
      id: z.string(),
      when: z.string(),
      reason: z.string(),
      excerpt: z.string(),
    }),
  ),
  // messages that were stored before there was one
  trend: z
    .object({
      title: z.string(),
      bars: z.array(
        z.object({ label: z.string(), share: z.number(), words: z.string(), changed: z.boolean() }),
      ),
    })
    .nullable()
    .default(null),
  facts: texts,
  smallPrint: z.string(),
  url: z.string().nullable(),
  mention: z.object({ name: z.string(), slackId: z.string().nullable() }).nullable(),
  recipients: z.array(z.object({ name: z.string(), email: z.string().nullable() })),
  commands: texts,
  group: z.object({ id: z.number(), members: z.number() }).optional(),
  reportUrl: z.string().optional(),
  digest: storedDigest.optional(),
  // messages owed before there were any
  actions: z
    .array(
      z.object({
        event: z.string(),
        label: z.string(),
        asksWhy: z.boolean(),
        link: z.string().nullable(),
      }),
    )
    .default([]),
});

/** A stored message, read back. Throws where it is not one. */
export function readMessage(stored: Json): IncidentMessage {
  return schema.parse(stored);
}
