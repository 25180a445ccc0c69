/**
 * How fast a channel may be used, and whether many messages at once become one. In: a channel's settings, the tries made
 * so far as one instant. Out: when the next may be made. Pure: a token bucket kept as the time its tokens are paid for.
 */
import { z } from "zod";

/** Tries a second in the long run, and how many may follow each other at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** How a channel is used when much is owed to it. */
export interface Pacing {
  /** null: as fast as it answers. */
  readonly rate: Rate | null;
  /** True: what waits behind the first few incident messages becomes one summary. */
  readonly coalesce: boolean;
}

/** For channels that people read, and that limit their senders. */
export const readByPeople: Pacing = { rate: { perSecond: 1, burst: 3 }, coalesce: true };

/** For channels that programs read. */
export const readByPrograms: Pacing = { rate: null, coalesce: false };

/** The settings of every channel's pace. */
export const pacingSettings = {
  rate: z
    .union([
      z.literal("off"),
      z.strictObject({
        perSecond: z.number().min(0.01).max(1_000).describe("Messages a second in the long run."),
        burst: z.int().min(1).max(1_000).describe("How many may follow each other at once."),
      }),
    ])
    .optional()
    .describe(
      'How fast messages are sent, or "off". Left out: Slack and e-mail get 1 a second, 3 at once; others are not held back.',
    ),
  coalesce: z
    .boolean()
    .optional()
    .describe(
      "Whether incident messages behind the first five that wait become one summary. Left out: yes for Slack and e-mail, no for others.",
    ),
};

const written = z.looseObject(pacingSettings);

/** The pace that settings ask for, of which the channel's type gives the rest. */
export function pacingOf(settings: unknown, usual: Pacing): Pacing {
  const { rate, coalesce } = written.parse(settings);
  return {
    rate: rate === undefined ? usual.rate : rate === "off" ? null : rate,
    coalesce: coalesce ?? usual.coalesce,
  };
}

/** When the next try may be made, now or later. */
export function tryAt(rate: Rate | null, paidUntil: number | null, now: number): number {
  if (rate === null) return now;
  const everyMs = 1_000 / rate.perSecond;
  return Math.max(now, Math.ceil(believedOf(rate, paidUntil, now) - (rate.burst - 1) * everyMs));
}

/** Until when the tries are paid for after one more. */
export function paidAfterTry(rate: Rate, paidUntil: number | null, now: number): number {
  return Math.round(Math.max(now, believedOf(rate, paidUntil, now)) + 1_000 / rate.perSecond);
}

/** Further ahead than a burst can be: written while the clock stood ahead, or at a slower rate. */
function believedOf(rate: Rate, paidUntil: number | null, now: number): number {
  return paidUntil === null || paidUntil - now > (rate.burst * 1_000) / rate.perSecond + 1 ? now : paidUntil;
}
