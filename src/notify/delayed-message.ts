import { sayDuration } from "../wording/durations.js";
import type { IncidentMessage } from "./message.js";

/** The message as it is first sent so long after it was written: what it says of the present may be out of date by then. */
export function delayedMessage(message: IncidentMessage, delayMs: number): IncidentMessage {
  const { alert, news, since, when, zone, digest } = message;
  const delay = `Delayed by ${sayDuration(delayMs)}`;
  const line = `${delay}: this is how it stood ${when} ${zone}, and it may have changed since`;
  return {
    ...message,
    alert: `${delay}. ${alert}`,
    // what only adds to an incident shows its news alone, what has no news shows its facts
    ...(news === null
      ? { since: [...since, line] }
      : { news: { ...news, details: [...news.details, `${line}.`] } }),
    ...(digest === undefined ? {} : { digest: { ...digest, intro: [...digest.intro, `${line}.`] } }),
  };
}
