import type { Agreement } from "../review/agreement.js";
import type { Quality } from "../review/estimate-quality.js";
import { sayCount, sayOf, sayReckoned } from "../wording/numbers.js";

/** "9 of 10 picked by chance were right; the true share is probably 60% to 98%": never without its interval. */
export function sayQuality(quality: Quality | null): string {
  if (quality === null)
    return "nobody has judged an output that chance picked; the true quality is not known";
  const { share, interval, judged, disagreed, open } = quality;
  const left = [
    ...(disagreed === 0 ? [] : [`people disagree on ${disagreed} more`]),
    ...(open === 0 ? [] : [`${open} more ${open === 1 ? "is" : "are"} not decided`]),
  ];
  const rest = left.length === 0 ? "" : `; ${left.join(", ")}`;
  return `about ${sayReckoned(share)} right, probably ${sayReckoned(interval.low)} to ${sayReckoned(interval.high)} (${sayCount(judged, "output")} picked by chance and judged${rest})`;
}

/** "of 12 it failed 10 are wrong (probably 55% to 95%); it failed 10 of 14 that are wrong; kappa 0.71 (probably 0.40 to 0.89)". */
export function sayAgreement({ precision, recall, kappa, judged }: Agreement): string {
  const said = [
    precision === null
      ? "nothing it failed was judged"
      : `of what it failed, ${sayOf(precision)} ${precision.n === 1 ? "is" : "are"} wrong (probably ${sayReckoned(precision.interval.low)} to ${sayReckoned(precision.interval.high)})`,
    recall === null
      ? "nothing judged was wrong"
      : `of what is wrong, it failed ${sayOf(recall)} (probably ${sayReckoned(recall.interval.low)} to ${sayReckoned(recall.interval.high)})`,
    ...(kappa === null
      ? []
      : [
          `kappa ${kappa.value.toFixed(2)} (probably ${kappa.interval.low.toFixed(2)} to ${kappa.interval.high.toFixed(2)})`,
        ]),
  ];
  return `${said.join("; ")}; ${sayCount(judged, "judged output")}`;
}
