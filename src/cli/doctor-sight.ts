import { alarmPrices, withLevels } from "../flow/alarm-levels.js";
import { type BlindSpot, blindSpots } from "../flow/blind-spots.js";
import { sayDrawnRate } from "../flow/drawn-rate.js";
import type { Ground } from "../flow/ground.js";
import { sayAlarmPrice } from "../flow/say-alarm-price.js";
import { sayCount } from "../wording/numbers.js";
import { lowerFirst } from "../wording/sentences.js";
import { atRisk, type Examined, fine } from "./examined.js";

/** What a false alarm may cost, and whose changes take long to show. */
export function examineSight(ground: Ground): readonly Examined[] {
  const levelled = withLevels(ground);
  const [page, digest] = alarmPrices(levelled);
  const seen = ground.register.automations.map((watched) => {
    const { rate, metrics } = blindSpots(ground, watched, levelled.levels);
    const paging = metrics.filter((each) => each.level === "page");
    return { id: watched.entry.id, rate, slowest: slowestOf(paging.length > 0 ? paging : metrics) };
  });
  const slow = seen.flatMap(({ id, rate, slowest }) =>
    slowest === null
      ? []
      : [
          atRisk(
            id,
            `${sayDrawnRate(rate)}: “${slowest.title}”: ${lowerFirst(slowest.text)}`,
            `${slowest.advice ?? ""}; all of it: evenkeel register ${id}`,
          ),
        ],
  );
  return [
    ...slow,
    ...(page === undefined ? [] : [fine("false alarms", sayAlarmPrice(page))]),
    ...(digest === undefined ? [] : [fine("digest", sayAlarmPrice(digest))]),
    ...(slow.length > 0
      ? []
      : [
          fine(
            "small falls",
            `none known to take over 2 weeks to show, in ${sayCount(seen.length, "automation")}`,
          ),
        ]),
  ];
}

/** Of what is worth advice, what takes longest; what never shows is longest of all. */
function slowestOf(metrics: readonly BlindSpot[]): BlindSpot | null {
  const weeks = (each: BlindSpot) => each.weeks ?? Number.POSITIVE_INFINITY;
  return metrics
    .filter((each) => each.advice !== null)
    .reduce<BlindSpot | null>(
      (most, each) => (most === null || weeks(each) > weeks(most) ? each : most),
      null,
    );
}
