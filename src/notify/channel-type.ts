/**
 * What a channel is. In: a message, rendered once into a payload that is stored, then given back
 * for every try; out: what became of the try. Never decides when to try again and never keeps
 * anything between tries.
 */
import { z } from "zod";
import type { Json } from "../domain/json.js";
import type { Clock, HttpClient, Random, SecretReader } from "../domain/ports.js";
import { classifyThrown } from "./classify-thrown.js";
import type { Interaction } from "./interaction.js";
import type { IncidentMessage } from "./message.js";
import { type Pacing, pacingSettings, readByPrograms } from "./pacing.js";
import { visibleMessage } from "./visible-message.js";

/** What became of one try. `ambiguous`: it may have arrived. `refused`: trying again is no use. */
export type Delivery =
  | { readonly status: "sent"; readonly reference: Json | null; readonly addresses?: ReachedAddresses }
  | {
      readonly status: "retry";
      readonly reason: string;
      /** The receiver's own wish, at most an hour; null: our backoff says. */
      readonly afterMs: number | null;
      /** Given back with the next try: what has been done already (recipients that have it). */
      readonly progress?: Json;
    }
  | { readonly status: "ambiguous"; readonly reason: string }
  | {
      readonly status: "refused";
      readonly reason: string;
      /** Stated where every address it is for is dead: then it is not the channel that is broken. */
      readonly addresses?: ReachedAddresses;
    };

/** What the receivers of a message that goes to several addresses said, one by one. */
export interface ReachedAddresses {
  /** These took it. */
  readonly reached: readonly string[];
  /** These do not exist (any more): nothing will ever reach them. */
  readonly dead: readonly { readonly address: string; readonly code: number | null }[];
}

/** The circumstances of one try. */
export interface SendContext {
  readonly notificationId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Reference of the message that opened this incident on this channel; null: none is known. */
  readonly root: Json | null;
  /** When the first try began: epoch ms UTC. */
  readonly firstTryAt: number;
  readonly signal: AbortSignal;
  /** `progress` of the try before, when it left one. */
  readonly progress?: Json | null;
  /** True for an address that has refused messages for good. Left out: there is none. */
  readonly isDead?: (address: string) => boolean;
}

/** A way to reach people, ready to use. */
export interface Channel {
  /**
   * Pure: the same message gives the same payload. `joins`: what it returned for the message that this one adds to, for a
   * channel that can edit or thread.
   */
  render(message: IncidentMessage, joins?: Json | null): Json;
  /** One try; never rejects. A secret that is missing is waited for. */
  send(payload: Json, context: SendContext): Promise<Delivery>;
  /** Presses of the buttons in its messages; absent where none are taken. */
  readonly interaction?: Interaction;
  /** Addresses a message goes to, where the channel knows them. */
  addressees?(message: IncidentMessage): readonly string[];
  /** After an ambiguous try: looks whether it arrived. null: it did not, so send it again. */
  reconcile?(payload: Json, context: SendContext): Promise<Delivery | null>;
}

/** What channels may use of the world. */
export interface ChannelPorts {
  readonly http: HttpClient;
  readonly secret: SecretReader;
  /** Writes to the terminal the daemon runs in. */
  readonly write: (text: string) => void;
  readonly random: Random;
  readonly clock: Clock;
}

/** The settings every channel has. */
const commonChannelSettings = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write lower-case letters, digits and hyphens, such as ops-slack")
    .describe("Name of this channel, unique in the file."),
  fallback: z
    .string()
    .optional()
    .describe("Id of the channel that takes over when this one refuses or stays silent."),
  ...pacingSettings,
});

/** A kind of channel: its settings, and how one is made of them. */
export interface ChannelType {
  readonly type: string;
  /** Strict; the type's own settings merged with the common ones. */
  readonly settings: z.ZodObject;
  /** How it is used where its settings say nothing. */
  readonly pacing: Pacing;
  /** Parses the settings and returns a channel. */
  readonly prepare: (settings: unknown, ports: ChannelPorts) => Channel;
}

/** Declares a kind of channel. */
export function defineChannelType<Shape extends z.ZodRawShape>(declaration: {
  readonly type: string;
  readonly settings: z.ZodObject<Shape>;
  /** Left out: it is read by programs, as fast as it answers. */
  readonly pacing?: Pacing;
  readonly prepare: (settings: z.infer<z.ZodObject<Shape>>, ports: ChannelPorts) => Channel;
}): ChannelType {
  const { type, settings } = declaration;
  const own = Object.keys(settings.shape);
  return {
    type,
    pacing: declaration.pacing ?? readByPrograms,
    settings: z.strictObject({ type: z.literal(type), ...commonChannelSettings.shape, ...settings.shape }),
    prepare: (raw, ports) => {
      const channel = declaration.prepare(settings.parse(pick(raw, own)), ports);
      return guarded(channel);
    },
  };
}

/** Texts made harmless before they are rendered; whatever a channel throws, at once or later, becomes a delivery. */
function guarded(channel: Channel): Channel {
  const { reconcile, addressees, interaction } = channel;
  return {
    ...(interaction && { interaction }),
    ...(addressees && { addressees }),
    render: (message, joins) => channel.render(visibleMessage(message), joins),
    send: (payload, context) => caught(async () => channel.send(payload, context)),
    ...(reconcile && {
      reconcile: (payload: Json, context: SendContext) => caught(async () => reconcile(payload, context)),
    }),
  };
}

async function caught<Result>(work: () => Promise<Result>): Promise<Result | Delivery> {
  try {
    return await work();
  } catch (thrown) {
    return classifyThrown(thrown);
  }
}

function pick(raw: unknown, keys: readonly string[]): Record<string, unknown> {
  const entries = typeof raw === "object" && raw !== null ? Object.entries(raw) : [];
  return Object.fromEntries(entries.filter(([key]) => keys.includes(key)));
}
