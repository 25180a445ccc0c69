/** Opening hours of one weekday, in minutes after local midnight. */
export interface DayHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What Slack's member ids look like; anything else cannot be mentioned there. */
export const slackMemberId = /^[UW][A-Z0-9]{2,20}$/;

/** Someone who owns, answers, does things by hand, or reads; a team is called like a person. */
export interface Person {
  /** Unique; how the configuration refers to this person. */
  readonly name: string;
  readonly email: string | null;
  readonly slackId: string | null;
  readonly timeZone: string;
  /** Index 0 is Monday; null: does not work that day. */
  readonly workingHours: readonly (DayHours | null)[];
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Of a team: the names of its members, who all get what is for it. */
  readonly members?: readonly string[];
}
