import type { IncidentMessage } from "./message.js";

/** Between the parts of a state. */
export const statePause = " · ";

/** The state, under what is new: without what that has just said. */
export function stateBesideNews({ news, state }: IncidentMessage): string | null {
  if (news === null || state === null) return null;
  const unsaid = state.split(statePause).filter((part) => !news.line.includes(part));
  return unsaid.length === 0 ? null : unsaid.join(statePause);
}
