import { sayNumber, sayReckoned } from "../wording/numbers.js";
import { sayClock, sayDate } from "../wording/times.js";
import type { MessageTrend } from "./message.js";
import { mainFinding, type Story, zoneOf } from "./story.js";

/** How often the check passed of late, each day or hour with its count: "Tue 17 Nov", "71% of 41". */
export function sayTrend(story: Story, now: number): MessageTrend | null {
  const { trend, incident } = story;
  if (trend === null || mainFinding(incident) === null) return null;
  const zone = zoneOf(story);
  return {
    title: `${trend.title}: passed, by ${trend.by}`,
    bars: trend.points.map(({ at, pass, judged, changed, splitAt }) => ({
      label:
        trend.by === "hour"
          ? sayClock(at, zone)
          : splitAt === undefined
            ? sayDate(at, zone, now)
            : `${sayDate(at, zone, now)} ${changed ? "from" : "until"} ${sayClock(splitAt, zone)}`,
      share: judged === 0 ? 0 : pass / judged,
      words: `${sayReckoned(judged === 0 ? 0 : pass / judged)} of ${sayNumber(judged)}`,
      changed,
    })),
  };
}
