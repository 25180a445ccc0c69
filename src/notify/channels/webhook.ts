/**
 * POSTs each message as JSON to an address of yours, signed.
 *
 * Body: UTF-8 JSON, the same bytes at every try, as fixtures/schema/webhook.schema.json describes it
 * (`evenkeel schema --webhook` prints it). Fields may be added under version 1; none is renamed or removed.
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
import { secretSetting } from "../../text/setting-types.js";
import { signBody } from "../../token/sign-body.js";
import { defineChannelType } from "../channel-type.js";
import { post } from "../post.js";
import { webhookBody } from "../webhook-body.js";

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
