import type { VolumeChange } from "../explanation.js";
import type { LevelStories } from "./level-stories.js";
import type { Hour, Profile } from "./profile.js";

/** An hour with what was usual in it. */
export interface SeenHour extends Hour {
  readonly expected: number;
}

/** Outputs that came, and those that were usual. */
export interface Volume {
  readonly seen: number;
  readonly expected: number;
}

/** What is watched against a profile. */
export interface VolumeWatch {
  readonly profile: Profile;
  /** Hours towards a fuller profile; null: it is complete and stands still. */
  readonly collected: readonly Hour[] | null;
  readonly stories: LevelStories;
  /** Hours since the profile that are older than the history. */
  readonly older: Volume;
  /** At most the latest two weeks. */
  readonly history: readonly SeenHour[];
  readonly evidence: number;
  /** True when silence is the likeliest of the changes. */
  readonly silence: boolean;
  /** When the latest hour begins: hours come in order or not at all. */
  readonly latestAt: number;
}

/** A change that was found: everything else stands still until it is accepted, fixed or over. */
export interface VolumeAlarm {
  readonly explanation: VolumeChange;
  /** Outputs usual in the hours from the start of the change to the alarm. */
  readonly expectedToAlarm: number;
  /** The level before the change, against the profile. */
  readonly usualLevel: number;
  readonly hoursAfter: number;
}

/** What is known of the volume of an automation. Never changed in place. */
export type VolumeState =
  | {
      readonly phase: "learning";
      /** From the first hour with an output on. */
      readonly hours: readonly Hour[];
    }
  | { readonly phase: "watching"; readonly watch: VolumeWatch }
  | { readonly phase: "alarmed"; readonly watch: VolumeWatch; readonly alarm: VolumeAlarm };

/** Nothing. */
export const noVolume: Volume = { seen: 0, expected: 0 };

/** Both together. */
export function addVolume(a: Volume, b: Volume): Volume {
  return { seen: a.seen + b.seen, expected: a.expected + b.expected };
}
