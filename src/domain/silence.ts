/** What a silence matches. Different fields must all match, of the values of one field any; an empty field matches all. */
export interface SilenceMatch {
  /** Numbers of incidents: a snooze names one. */
  readonly incidents: readonly number[];
  /** Ids of automations. */
  readonly automations: readonly string[];
  readonly vendors: readonly string[];
  readonly dependsOn: readonly string[];
  readonly processes: readonly string[];
  /** Ids of checks or metrics. */
  readonly checks: readonly string[];
  /** Rules of findings: drift, blind, silence. */
  readonly kinds: readonly string[];
}

/** Until when something is recorded and shown but not sent, why, and who answers for it. */
export interface Silence {
  readonly id: number;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly why: string;
  /** A person of the register. */
  readonly owner: string;
  /** The window of the configuration it is an occurrence of: "sun 02:00-04:00"; null: someone made it. */
  readonly recurring: string | null;
  /** Who ended it early. */
  readonly endedBy: string | null;
  readonly match: SilenceMatch;
}

/** A weekly window of the configuration in which nothing is sent. */
export interface MaintenanceWindow {
  readonly match: SilenceMatch;
  /** As it is written: "sun 02:00-04:00". */
  readonly weekly: string;
  /** 0 is Monday. */
  readonly weekday: number;
  /** After local midnight of that day. */
  readonly fromMinute: number;
  /** After the same midnight: above 1,440 where it ends the next day. */
  readonly toMinute: number;
  readonly timeZone: string;
  readonly why: string;
  readonly owner: string;
}

/** Matches everything: what is named narrows it. */
export const matchesAll: SilenceMatch = {
  incidents: [],
  automations: [],
  vendors: [],
  dependsOn: [],
  processes: [],
  checks: [],
  kinds: [],
};
