/**
 * Connections over which presses come (Slack's Socket Mode): one for each channel that has one.
 * In: the ground in force, looked at with every beat, so that an edited configuration is followed. Out: moves of
 * incidents; how each connection stands, in the store for `doctor`. A connection that fails is tried again by its
 * channel; it never stops anything else.
 */
import { z } from "zod";
import { messageOf } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Channel } from "../notify/channel-type.js";
import type { Interaction } from "../notify/interaction.js";
import { parseJson } from "../text/parse-json.js";
import { followPress } from "./follow-press.js";
import type { Ground } from "./ground.js";
import { takePress } from "./take-press.js";

const stateSchema = z.object({ connected: z.boolean(), at: z.number(), reason: z.string().nullable() });

/** How a channel's connection stands. */
export type PressState = z.infer<typeof stateSchema>;

/** How the connection of a channel stood last; null: nobody has opened one. */
export function pressState({ store }: Pick<Ground, "store">, channel: string): PressState | null {
  const stored = parseJson(store.meta.get(keyOf(channel)) ?? "");
  const parsed = stateSchema.safeParse(stored.ok ? stored.value : null);
  return parsed.success ? parsed.data : null;
}

/** Keeps the connections that the register in force asks for; returns what is to be called with every beat. */
export function hearPresses(present: () => Ground, wake: () => void, stop: AbortSignal): () => void {
  const open = new Map<string, { readonly channel: Channel; readonly end: AbortController }>();
  return () => {
    if (stop.aborted) return;
    const { channels } = present().register;
    for (const [id, { channel, end }] of open) {
      if (channels.some((each) => each.channel === channel)) continue;
      end.abort();
      open.delete(id);
    }
    for (const { id, channel } of channels) {
      if (open.has(id) || channel.interaction?.connect == null) continue;
      const end = new AbortController();
      open.set(id, { channel, end });
      void hear(present, wake, {
        id,
        interaction: channel.interaction,
        signal: AbortSignal.any([stop, end.signal]),
      });
    }
  };
}

interface Ear {
  readonly id: string;
  readonly interaction: Interaction;
  readonly signal: AbortSignal;
}

async function hear(present: () => Ground, wake: () => void, ear: Ear): Promise<void> {
  const { id, interaction, signal } = ear;
  const warn = (reason: string) => present().logger.warn("presses in Slack", { channel: id, reason });
  try {
    await interaction.connect?.(
      {
        take: (payload) => taken(present, wake, ear, payload),
        state: (state) => {
          // the store may be closed by now
          if (signal.aborted) return;
          if (state.reason !== null) warn(state.reason);
          noteState(present(), id, state);
        },
        failed: warn,
      },
      signal,
    );
  } catch (thrown) {
    warn(messageOf(thrown));
  }
}

function taken(
  present: () => Ground,
  wake: () => void,
  { interaction, signal }: Ear,
  payload: unknown,
): Json {
  const ground = present();
  const press = takePress(ground, payload);
  if (press.done) wake();
  void followPress(ground, interaction, press, signal);
  return press.answer;
}

function noteState({ store, clock }: Ground, channel: string, state: Omit<PressState, "at">): void {
  const before = pressState({ store }, channel);
  // since when, not since the last try
  if (before?.connected === state.connected && before.reason === state.reason) return;
  const at = before?.connected === false && !state.connected ? before.at : clock.now();
  store.meta.set(keyOf(channel), JSON.stringify({ ...state, at }));
}

function keyOf(channel: string): string {
  return `presses:${channel}`;
}
