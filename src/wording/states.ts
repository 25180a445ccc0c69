import type { IncidentStatus } from "../domain/incident.js";
import { lowerFirst, sayListUpTo } from "./sentences.js";

/** How an automation stands, as people see it. In the order of every list: what needs someone first. */
export const watchStates = [
  "incident",
  "blind",
  "drifting",
  "watching",
  "no-data",
  "paused",
  "steady",
] as const;

/** One of the seven words. */
export type WatchState = (typeof watchStates)[number];

/** The word and the mark that always stands beside it. */
export interface StateWords {
  readonly word: string;
  readonly mark: string;
}

const stateWords: Readonly<Record<WatchState, StateWords>> = {
  incident: { word: "Incident", mark: "!" },
  blind: { word: "Blind", mark: "?" },
  drifting: { word: "Drifting", mark: "/" },
  watching: { word: "Watching", mark: "~" },
  "no-data": { word: "No data", mark: "-" },
  paused: { word: "Paused", mark: "|" },
  steady: { word: "Steady", mark: "=" },
};

/** The word and mark of a state. */
export function sayState(state: WatchState): StateWords {
  return stateWords[state];
}

/** Sorts states as every list shows them. */
export function compareStates(left: WatchState, right: WatchState): number {
  return watchStates.indexOf(left) - watchStates.indexOf(right);
}

const statusWords: Readonly<Record<IncidentStatus, string>> = {
  open: "open",
  acknowledged: "acknowledged",
  fallback: "by hand",
  recovering: "recovering",
  resolved: "ended",
  "false-alarm": "ended: false alarm",
  "accepted-change": "ended: the change is right",
};

/** Where an incident stands, in a word or two. */
export function sayStatus(status: IncidentStatus): string {
  return statusWords[status];
}

/** What is still true of an incident that calls nobody any more: "what is left of it counts for the digest only: ...". */
export function sayLeft(headlines: readonly string[]): string {
  return `what is left of it counts for the digest only: ${sayListUpTo(headlines.map(lowerFirst), 3)}`;
}
