/**
 * Slack through a bot token of the customer's own app (scopes chat:write, channels:history, and
 * groups:history for private channels). One message per incident, edited in place; every move is a
 * reply in its thread. Nothing of an output is ever parsed as markup, links are not unfolded and
 * nobody is pinged but whom we name.
 */
import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { secretSetting } from "../../text/setting-types.js";
import { type Delivery, defineChannelType, type SendContext } from "../channel-type.js";
import type { IncidentMessage } from "../message.js";
import { readByPeople } from "../pacing.js";
import type { Presses } from "../slack-buttons.js";
import { callSlack, type SlackAccess, type SlackAnswer } from "../slack-client.js";
import { renderSlackDigest } from "../slack-digest.js";
import { interactionOf } from "../slack-interaction.js";
import { plainSlackText, replyBlocks, rootBlocks, slackText } from "../slack-message.js";

/** Slack's real address. */
const slackApi = "https://slack.com/api/";

/** Name of our metadata; its payload carries the notification's id, by which a lost message is found again. */
const metadataType = "evenkeel_notification";

/** Before the first try our clock may have been late against Slack's. */
const clockSlackMs = 120_000;

/** Pages of 200 messages searched for one that may have arrived. */
const searchedPages = 5;

const blocks = z.array(z.record(z.string(), z.json()));

const stored = z.strictObject({
  channel: z.string(),
  reply: z.boolean(),
  broadcast: z.boolean(),
  text: z.string(),
  /** Null: the message has no blocks that fit, the plain text goes alone. */
  blocks: blocks.nullable(),
  plain: z.string(),
  /** The incident's own message as it should now read; null: leave it. */
  root: z.strictObject({ text: z.string(), blocks }).nullable(),
  /** The message of the group that this one adds to; what follows goes into the same thread. */
  joins: z.object({ channel: z.string(), ts: z.string() }).optional(),
});

const reference = z.object({ channel: z.string(), ts: z.string() });

const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ id: z.string() }).loose() })
        .loose()
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).loose().optional(),
});

/** Refusals that a message without blocks does not meet. */
const tooRich = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_too_long",
  "msg_blocks_too_long",
  "metadata_too_large",
  "invalid_metadata_format",
  "invalid_metadata_schema",
]);

/** A Slack conversation. */
export const slack = defineChannelType({
  type: "slack",
  pacing: readByPeople,
  settings: z.strictObject({
    token: secretSetting.describe("Bot token of your Slack app (xoxb-…)."),
    channel: z
      .string()
      .regex(
        /^[CDG][A-Z0-9]{5,20}$/,
        "write the conversation's id, such as C0AIOPS (Slack: open its details, at the end)",
      )
      .describe("Id of the conversation, such as C0AIOPS; its name will not do, for names change."),
    appToken: secretSetting
      .optional()
      .describe(
        "App-level token (xapp-…, scope connections:write): buttons work through Socket Mode, without a public address.",
      ),
    signingSecret: secretSetting
      .optional()
      .describe(
        "Signing secret of your Slack app: buttons work through the address publicUrl + /v1/slack/actions, as its interactivity request URL.",
      ),
    previousSigningSecret: secretSetting
      .optional()
      .describe("The signing secret before this one, while it is being changed."),
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .default(slackApi)
      .describe("Address of Slack's API, for a proxy of yours."),
  }),
  prepare: (given, ports) => {
    const { token, channel, apiUrl } = given;
    const { http, secret, clock } = ports;
    const interaction = interactionOf(given, ports);
    const presses = interaction === null ? "not-heard" : "heard";
    const access = (): SlackAccess => ({ token: secret(token), apiUrl, http, now: () => clock.now() });
    return {
      ...(interaction === null ? {} : { interaction }),
      render: (message, joins) => renderSlack(message, channel, presses, joins ?? null),
      send: (payload, context) => sendSlack(access(), payload, context),
      reconcile: (payload, context) => findSent(access(), payload, context),
    };
  },
});

type Stored = z.infer<typeof stored>;

type Reference = z.infer<typeof reference>;

function renderSlack(message: IncidentMessage, channel: string, presses: Presses, joins: Json | null): Json {
  const { digest } = message;
  if (digest !== undefined) return renderSlackDigest(message, digest, { channel, presses });
  const joined = reference.safeParse(joins);
  const opens = message.kind === "opened" || (message.kind === "group" && !joined.success);
  const reply = !opens && message.incident !== null;
  // the group's own message goes on naming all: what is new about one of them only stands in the thread
  const edits = reply && (message.group === undefined || message.kind === "group");
  const root = edits ? rootBlocks(message, presses) : null;
  return {
    channel,
    reply,
    broadcast: isForTheChannel(message),
    text: slackText(message),
    blocks: reply ? replyBlocks(message, presses) : rootBlocks(message, presses),
    plain: plainSlackText(message),
    root: root && { text: slackText(message), blocks: root },
    ...(joined.success ? { joins: joined.data } : {}),
  };
}

/** Whoever reads the channel alone was told there that it recovered: that it is bad again is told there as well. */
function isForTheChannel({ kind, worse }: IncidentMessage): boolean {
  return ["escalated", "recovered", "still", "group"].includes(kind) || worse === true;
}

async function sendSlack(access: SlackAccess, payload: Json, context: SendContext): Promise<Delivery> {
  const message = stored.parse(payload);
  const root = rootOf(message, context);
  if (root === null) return postMessage(access, message, null, context);
  if (message.root === null) return joinedAt(message, await postMessage(access, message, root, context));
  // Edited first: an edit may be repeated without harm, a reply may not.
  const edit = { ...root, ...message.root, ...unparsed };
  const edited = await callSlack(access, "chat.update", edit, context.signal);
  if (edited.ok) return joinedAt(message, await postMessage(access, message, root, context));
  if (edited.code === "message_not_found") return postMessage(access, message, null, context);
  if (edited.delivery.status === "retry") return edited.delivery;
  return joinedAt(message, await postMessage(access, message, root, context));
}

/** What is said next of an incident that joined a group belongs under the group's message, not under the reply. */
function joinedAt({ joins }: Stored, delivery: Delivery): Delivery {
  return delivery.status === "sent" && joins !== undefined ? { ...delivery, reference: joins } : delivery;
}

/** A reply in the thread of `root`; without one, a message of its own that stands for the incident. */
async function postMessage(
  access: SlackAccess,
  message: Stored,
  root: Reference | null,
  { notificationId, signal }: SendContext,
): Promise<Delivery> {
  const content = root === null && message.root !== null ? message.root : message;
  const common = {
    channel: message.channel,
    ...unparsed,
    unfurl_links: false,
    unfurl_media: false,
    ...(root === null ? {} : { thread_ts: root.ts, reply_broadcast: message.broadcast }),
  };
  const metadata = { event_type: metadataType, event_payload: { id: notificationId } };
  const post = (body: Readonly<Record<string, unknown>>) =>
    callSlack(access, "chat.postMessage", { ...common, ...body }, signal);
  const plain = { text: message.plain, mrkdwn: false };
  if (content.blocks === null) return deliveryOf(await post({ ...plain, metadata }));
  const rich = await post({ text: content.text, blocks: content.blocks, metadata });
  if (rich.ok || rich.code === null || !tooRich.has(rich.code)) return deliveryOf(rich);
  return deliveryOf(await post(rich.code.includes("metadata") ? plain : { ...plain, metadata }));
}

/** No name becomes a ping, no address a link. */
const unparsed = { link_names: false, parse: "none" };

function rootOf(message: Stored, { root }: SendContext): Reference | null {
  const parsed = message.reply ? reference.safeParse(message.joins ?? root) : null;
  return parsed?.success ? parsed.data : null;
}

function deliveryOf(answer: SlackAnswer): Delivery {
  if (!answer.ok) return answer.delivery;
  const posted = reference.safeParse(answer.data);
  // ok without ts: it is there, though we cannot edit it later.
  return { status: "sent", reference: posted.success ? posted.data : null };
}

/** Looks the notification up by its metadata, in the thread or in the conversation. */
async function findSent(access: SlackAccess, payload: Json, context: SendContext): Promise<Delivery | null> {
  const message = stored.parse(payload);
  const root = rootOf(message, context);
  const method = root === null ? "conversations.history" : "conversations.replies";
  const where = root ?? { channel: message.channel };
  const oldest = String((context.firstTryAt - clockSlackMs) / 1_000);
  let cursor = "";
  for (let page = 0; page < searchedPages; page += 1) {
    const query = {
      ...where,
      oldest,
      include_all_metadata: true,
      limit: 200,
      ...(cursor === "" ? {} : { cursor }),
    };
    const answer = await callSlack(access, method, query, context.signal);
    if (!answer.ok) return lookupFailed(answer);
    const found = history.safeParse(answer.data);
    if (!found.success)
      return { status: "retry", reason: `Slack's ${method} is not as documented`, afterMs: null };
    const sent = found.data.messages.find(
      ({ metadata }) =>
        metadata?.event_type === metadataType && metadata.event_payload.id === context.notificationId,
    );
    if (sent !== undefined)
      return joinedAt(message, { status: "sent", reference: { channel: message.channel, ts: sent.ts } });
    cursor = found.data.response_metadata?.next_cursor ?? "";
    if (cursor === "") return null;
  }
  return null;
}

/** Not allowed to look (missing_scope): null, send again rather than lose it. Not able to look: wait. */
function lookupFailed({ delivery }: Extract<SlackAnswer, { ok: false }>): Delivery | null {
  if (delivery.status === "ambiguous") return { status: "retry", reason: delivery.reason, afterMs: null };
  return delivery.status === "retry" ? delivery : null;
}
