/**
 * E-mail through an SMTP server: a text part and an HTML part in the same order, nothing fetched,
 * no picture. The Message-ID stays the same at every try; every message of an incident refers to
 * one root id, so that mail readers keep them together. Credentials never travel in clear text.
 */
import { z } from "zod";
import { ConfigError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { secretSetting } from "../../text/setting-types.js";
import { sayList } from "../../wording/sentences.js";
import { type Delivery, defineChannelType, type SendContext } from "../channel-type.js";
import { classifySmtp, isDeferred, type RefusedRecipient, refusedRecipients } from "../classify-smtp.js";
import { emailAddress, isEmailAddress } from "../email-address.js";
import { renderDigestHtml } from "../email-digest.js";
import { renderDigestText } from "../email-digest-text.js";
import { renderEmailHtml } from "../email-html.js";
import { emailSubject, renderEmailText } from "../email-text.js";
import { idPart } from "../id-part.js";
import type { IncidentMessage } from "../message.js";
import { readByPeople } from "../pacing.js";
import { untilAborted } from "../until-aborted.js";

const settings = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, "write a host name or address")
    .describe("The SMTP server."),
  port: z.int().min(1).max(65_535).default(587).describe("Its port; usually 587, with `tls` 465."),
  security: z
    .enum(["starttls", "tls", "none"])
    .default("starttls")
    .describe(
      "`starttls`: begin in clear text, refuse to go on without TLS. `tls`: TLS from the start. `none`: for a server on this machine or network, without login.",
    ),
  login: z
    .strictObject({
      user: z.string().min(1).describe("Name the server knows us by."),
      password: secretSetting.describe("Its password."),
    })
    .optional()
    .describe("Left out: the server takes mail without login."),
  from: emailAddress.describe("Address the messages come from."),
  fromName: z.string().min(1).max(80).default("Evenkeel").describe("Name shown beside it."),
  to: z
    .array(emailAddress)
    .min(1)
    .optional()
    .describe(
      "Addresses that get every message. Left out: the people the incident concerns, by their own addresses.",
    ),
  timeoutMs: z
    .int()
    .min(200)
    .max(120_000)
    .default(10_000)
    .describe("Longest wait for each answer of the server, in ms; servers that greet late need more."),
});

type EmailSettings = z.infer<typeof settings>;

const stored = z.strictObject({
  from: z.strictObject({ name: z.string(), address: z.string() }),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
  /** The incident's root id; null for a test message. */
  rootId: z.string().nullable(),
  /** Where a mail program may stop it in one press (RFC 8058); left out where there is no such place. */
  stopUrl: z.string().optional(),
});

/** What earlier tries have settled. */
const settled = z
  .strictObject({
    accepted: z.array(z.string()),
    refused: z.array(
      z.strictObject({
        address: z.string(),
        code: z.number().nullable(),
        // messages that waited through an upgrade have none
        isDead: z.boolean().default(false),
      }),
    ),
  })
  .catch({ accepted: [], refused: [] });

/** An SMTP server. */
export const email = defineChannelType({
  type: "email",
  pacing: readByPeople,
  settings,
  prepare: (given, { secret }) => {
    if (given.security === "none" && given.login !== undefined) {
      const found = `e-mail channel ${given.host}: login with security "none" would send the password in clear text`;
      throw new ConfigError("email-clear-password", `${found}; write "starttls" or "tls"`);
    }
    return {
      render: (message) => renderEmail(message, given),
      addressees: (message) => addresseesOf(message, given),
      send: (payload, context) => {
        const password = given.login === undefined ? null : secret(given.login.password);
        return sendEmail(given, password, payload, context);
      },
    };
  },
});

function addresseesOf(message: IncidentMessage, { to }: EmailSettings): readonly string[] {
  const people = message.recipients.flatMap(({ email: address }) => (address === null ? [] : [address]));
  // a digest is one reader's own: the links in it are theirs
  return [...new Set(message.digest === undefined ? (to ?? people) : people)].filter(isEmailAddress);
}

function renderEmail(message: IncidentMessage, given: EmailSettings): Json {
  const { from, fromName } = given;
  const { digest } = message;
  const subject = digest?.subject ?? emailSubject(message);
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const { incident } = message;
  const why = whyYou(message, given.to === undefined);
  return {
    from: { name: fromName, address: from },
    to: [...addresseesOf(message, given)],
    subject,
    text: digest === undefined ? renderEmailText(message, why) : renderDigestText(digest),
    html: digest === undefined ? renderEmailHtml(message, subject, why) : renderDigestHtml(message, digest),
    messageId: `<${idPart(message.notificationId)}@${domain}>`,
    ...(digest === undefined || digest.stopUrl === null ? {} : { stopUrl: digest.stopUrl }),
    rootId: incident && `<incident-${incident.id}.${idPart(message.instance)}@${domain}>`,
  };
}

/** Why someone gets the mail, for its last line. */
function whyYou({ kind, recipients, incident, mention }: IncidentMessage, toPeople: boolean): string {
  if (!toPeople) return "You get this because this address is set for Evenkeel's messages.";
  if ((incident === null && kind !== "summary" && mention === null) || recipients.length === 0)
    return "You get this because you look after Evenkeel.";
  return `You get this because it concerns ${sayList(recipients.map(({ name }) => name))}.`;
}

async function sendEmail(
  given: EmailSettings,
  password: string | null,
  payload: Json,
  context: SendContext,
): Promise<Delivery> {
  const mail = stored.parse(payload);
  const before = settled.parse(context.progress);
  const done = new Set([...before.accepted, ...before.refused.map(({ address }) => address)]);
  const valid = mail.to.filter(isEmailAddress);
  const open = valid.filter((address) => !done.has(address) && context.isDead?.(address) !== true);
  if (open.length === 0 && done.size === 0) {
    const why =
      valid.length === 0
        ? "no person of this incident has an address"
        : "their addresses were refused for good";
    return { status: "refused", reason: `nobody to send to: ${why}`, addresses: none };
  }
  if (open.length === 0) return outcome(mail.messageId, before.accepted, before.refused);
  const { createTransport } = await import("nodemailer");
  if (context.signal.aborted) return { status: "retry", reason: "stopped before it was sent", afterMs: null };
  const transport = createTransport(transportOptions(given, password));
  try {
    const sent = transport.sendMail({
      ...mailOf(mail, context),
      envelope: { from: mail.from.address, to: open },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const info = await untilAborted(sent, context.signal);
    const accepted = [...before.accepted, ...info.accepted.map(String)];
    return outcome(mail.messageId, accepted, [...before.refused, ...refusedRecipients(info)]);
  } catch (thrown) {
    const refused = refusedRecipients(thrown);
    if (refused.length > 0) return outcome(mail.messageId, before.accepted, [...before.refused, ...refused]);
    return classifySmtp(thrown);
  } finally {
    transport.close();
  }
}

const none = { reached: [], dead: [] };

/** Sent once nobody is left waiting: refused recipients are named, deferred ones are tried again alone. */
function outcome(
  messageId: string,
  accepted: readonly string[],
  found: readonly RefusedRecipient[],
): Delivery {
  const deferred = found.filter(isDeferred);
  const refused = found.filter((recipient) => !isDeferred(recipient)).map((recipient) => ({ ...recipient }));
  const reason = found.map(({ address, code }) => `${address}: ${code ?? "refused"}`).join(", ");
  if (deferred.length > 0) return { status: "retry", reason, afterMs: null, progress: { accepted, refused } };
  const dead = refused.filter(({ isDead }) => isDead).map(({ address, code }) => ({ address, code }));
  const addresses = { reached: accepted, dead };
  if (accepted.length === 0)
    return { status: "refused", reason, ...(dead.length === refused.length ? { addresses } : {}) };
  const codes = refused.map(({ address, code }) => ({ address, code }));
  return { status: "sent", reference: { messageId, accepted, refused: codes }, addresses };
}

/** So that a missing greeting is told from a silence after the message, which may have arrived. */
const graceMs = 500;

function transportOptions(given: EmailSettings, password: string | null) {
  const { host, port, security, login, timeoutMs } = given;
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs + graceMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login === undefined || password === null ? {} : { auth: { user: login.user, pass: password } }),
  };
}

function mailOf(mail: z.infer<typeof stored>, { attempt }: SendContext) {
  const { from, to, subject, text, html, messageId, rootId, stopUrl } = mail;
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId,
    ...(rootId === null ? {} : { inReplyTo: rootId, references: rootId }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Evenkeel-Attempt": String(attempt),
      ...(stopUrl === undefined
        ? {}
        : { "List-Unsubscribe": `<${stopUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    },
  };
}
