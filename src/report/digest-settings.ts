/**
 * Who reads the weekly digest, and when. In: settings and the register's names. Out: readers with their defaults filled
 * in. Pure.
 */
import { z } from "zod";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const weekday = z.enum(weekdays);
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day, expected one such as "08:00"')
  .describe("Time of day in the reader's own time zone");
const channelId = z.string().min(1);

/** Who reads it, and when, as the configuration states it. */
export const digestSettings = z.strictObject({
  weekday: weekday.default("mon").describe("Day it comes on"),
  at: clock.default("08:00"),
  channel: channelId
    .optional()
    .describe(
      "Id of the e-mail or Slack channel that carries it. Default: the first e-mail channel, for who has an address; else the first Slack; without any it is not sent, and `evenkeel digest` shows it",
    ),
  readers: z
    .array(
      z.strictObject({
        person: z.string().min(1).describe("A person's name"),
        automations: z
          .array(z.string().min(1))
          .min(1)
          .optional()
          .describe("Ids of what this person reads about. Default: what they own; the AI owner: everything"),
        weekday: weekday.optional().describe("Default: as for all"),
        at: clock.optional(),
        channel: channelId.optional().describe("Default: as for all"),
      }),
    )
    .optional()
    .describe("Who gets it; an empty list: nobody. Default: every owner, and the AI owner"),
});

type ReaderSettings = NonNullable<z.infer<typeof digestSettings>["readers"]>[number];

/** Someone who gets the digest. */
export interface DigestReader {
  /** A person's name. */
  readonly person: string;
  /** Ids of the automations it tells of. */
  readonly automations: readonly string[];
  /** Ids of those whose outputs this person is asked to judge: two are not asked for the same. */
  readonly judges: readonly string[];
  /** 0 is Monday. */
  readonly weekday: number;
  /** Minutes after local midnight. */
  readonly minute: number;
  /** null: the first that can carry it. */
  readonly channel: string | null;
}

/** What readers follow from. */
interface Registered {
  readonly aiOwner: string;
  readonly automations: readonly { readonly id: string; readonly owner: string }[];
}

/** The readers of a configuration. */
export function createReaders(
  settings: z.infer<typeof digestSettings>,
  registered: Registered,
): readonly DigestReader[] {
  const { aiOwner, automations } = registered;
  const owners = [...new Set([aiOwner, ...automations.map(({ owner }) => owner)])];
  const readers: readonly ReaderSettings[] = settings.readers ?? owners.map((person) => ({ person }));
  return readers.map(({ person, automations: named, weekday: day, at, channel }) => {
    const own = automations.filter(({ owner }) => owner === person).map(({ id }) => id);
    const [hours = 0, minutes = 0] = (at ?? settings.at).split(":").map(Number);
    return {
      person,
      automations: named ?? (person === aiOwner ? automations.map(({ id }) => id) : own),
      judges: named ?? own,
      weekday: weekdays.indexOf(day ?? settings.weekday),
      minute: hours * 60 + minutes,
      channel: channel ?? settings.channel ?? null,
    };
  });
}
