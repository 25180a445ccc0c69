import type { Ground, Watched } from "../../flow/ground.js";
import { contradictedCases } from "../../flow/learning/contradicted-cases.js";
import { qualityTrend } from "../../flow/learning/quality-trend.js";
import { sayQuality } from "../../flow/say-quality.js";
import { excerpt } from "../../text/excerpt.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDate } from "../../wording/times.js";

/** What people's judgements tell of an automation: how its true quality went, and which known answers they contradict. */
export function Learned({ ground, watched, now }: { ground: Ground; watched: Watched; now: number }) {
  const { id, timeZone } = watched.entry;
  const trend = qualityTrend(ground, id, now);
  const contradicted = contradictedCases(ground, watched);
  return (
    <>
      <section>
        <h2>By people's judgement</h2>
        <div class="body">
          {trend.length === 0 ? <p>{`${upperFirst(sayQuality(null))}.`}</p> : null}
          {trend.map(({ fromAt, untilAt, quality }) => (
            <p>{`${sayDate(fromAt, timeZone, now)} to ${sayDate(untilAt, timeZone, now)}: ${sayQuality(quality)}.`}</p>
          ))}
        </div>
      </section>
      {contradicted.length === 0 ? null : (
        <section>
          <h2>Known answers that people contradict</h2>
          <ul class="body">
            {contradicted.map((each) => (
              <li>{`“${excerpt(each.case, 100)}”: ${each.why}`}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
