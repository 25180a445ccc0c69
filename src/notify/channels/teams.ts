/**
 * Microsoft Teams through a webhook of its Workflows app, "Post to a channel when a webhook request is received"
 * (learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook): an Adaptive
 * Card 1.4 in the message/attachments envelope, under 28 KB. Every text stands in a TextRun, which knows no markup
 * (adaptivecards.io/explorer/TextRun.html), so nothing of an output is a link or a mention. Workflows give no way to edit
 * or thread: each message is a card of its own.
 */
import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { secretSetting } from "../../text/setting-types.js";
import { type Delivery, defineChannelType } from "../channel-type.js";
import type { IncidentMessage } from "../message.js";
import { post } from "../post.js";
import { teamsCard } from "../teams-card.js";

/** Teams refuses a message of more than 28 KB. */
const largestBytes = 27_000;

const stored = z.strictObject({ body: z.string() });

/** A channel or chat in Teams. */
export const teams = defineChannelType({
  type: "teams",
  settings: z.strictObject({
    url: secretSetting.describe(
      "Address of the workflow's webhook; it is a secret, for whoever has it can post.",
    ),
  }),
  prepare: ({ url }, { secret, ...ports }) => ({
    render: (message) => ({ body: bodyOf(message) }),
    send: async (payload, { signal }): Promise<Delivery> => {
      const { body } = stored.parse(payload);
      const address = secret(url).trim();
      if (!URL.canParse(address)) {
        const reason = "the secret holds no web address; copy it from the workflow in Teams";
        return { status: "refused", reason };
      }
      return post(ports, { url: address, headers: {}, body, signal });
    },
  }),
});

/** The whole card, or one without examples, or the headline alone: the first that fits. */
function bodyOf(message: IncidentMessage): string {
  const short: IncidentMessage = { ...message, examples: [], facts: [] };
  const shortest: IncidentMessage = { ...short, since: [], howSure: [], byHand: null };
  const bodies = [message, short, shortest].map((each) => JSON.stringify(envelope(each)));
  return bodies.find((body) => Buffer.byteLength(body) <= largestBytes) ?? bodies.at(-1) ?? "";
}

function envelope(message: IncidentMessage): Json {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: teamsCard(message),
      },
    ],
  };
}
