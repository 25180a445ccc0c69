import type { Finding, FindingRule, Measured } from "../domain/finding.js";
import { sayAge, sayDuration } from "../wording/durations.js";
import { type Share, sayCount, sayNumber, sayOf } from "../wording/numbers.js";
import { sayOdds } from "../wording/odds.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import { sayClock, sayDate } from "../wording/times.js";
import { mainFinding, type Story, zoneOf } from "./story.js";

/** When it began: "Tue 17 Nov, about 15:00 (16 h ago), just after the model changed". */
export function saySince(story: Story, now: number): string[] {
  const finding = mainFinding(story.incident);
  const at = finding?.changedAt ?? finding?.foundAt ?? story.incident.openedAt;
  const zone = zoneOf(story);
  const about = finding !== null && finding.changedAt !== null && estimated.has(finding.rule) ? "about " : "";
  const when = `${sayDate(at, zone, now)}, ${about}${sayClock(at, zone)} (${sayAge(now - at)})`;
  const parts = [when];
  if (story.change !== null) parts.push(sayAfter(story.change));
  return [parts.join(", ")];
}

/** From so long on the time between is said. */
const saidFromMs = 3_600_000;

/** "2 h after the model changed from a to b", "just after ...". */
function sayAfter({ what, beforeMs }: NonNullable<Story["change"]>): string {
  return `${beforeMs < saidFromMs ? "just" : sayDuration(beforeMs)} after ${what}`;
}

/** Rules whose start is estimated from shares; the others know it to the minute. */
const estimated: ReadonlySet<FindingRule> = new Set<FindingRule>(["drift", "floor", "golden"]);

/** How much the claim is worth, in words and counts. */
export function sayHowSure(story: Story): string[] {
  const finding = mainFinding(story.incident);
  if (finding === null) return ["Nothing is measured; a person opened this"];
  switch (finding.rule) {
    case "drift":
      return [...chance(finding), ...counts(finding)];
    case "floor":
      return ["Fewer than you asked for in the config", ...counts(finding)];
    case "zero-tolerance":
      return ["One is enough: none is allowed. How bad it is, a person must look", ...counts(finding)];
    case "golden":
      return ["The same questions as before were asked again", ...knownAnswers(finding)];
    case "silence":
      return [upperFirst(withoutStop(finding.sentence))];
    case "judge":
      return ["It was wrong about an answer whose verdict is known; the automation may well be fine"];
    case "overdue":
      return ["A date in the config has passed; nothing was measured"];
    case "report":
      return ["A person saw it; nothing is measured", upperFirst(withoutStop(finding.sentence))];
    case "contradicted":
      return ["People said so of outputs they looked at; the automation may well be fine"];
    case "budget":
    case "itself":
      return [upperFirst(withoutStop(finding.sentence))];
    case "model-sunset":
      return ["It is an announced date; nothing has gone wrong yet", ...usedIn(finding)];
    case "blind":
      return [
        upperFirst(withoutStop(finding.sentence)),
        "The automation may well be fine: its quality is unknown, not bad",
      ];
  }
}

/** "Named by 188 of the last 200 outputs". */
function usedIn({ current }: Finding): string[] {
  if (current === null || "median" in current) return [];
  const { hits, n } = shareOf(current, false);
  return [`Named by ${sayNumber(hits)} of the last ${sayCount(n, "output")}`];
}

function chance(finding: Finding): string[] {
  if (finding.chanceMonths === null) return [];
  return [`A ${direction(finding)} this strong happens by chance ${sayOdds(finding.chanceMonths)}`];
}

function direction({ baseline, current }: Finding): "fall" | "rise" | "change" {
  const from = levelOf(baseline);
  const to = levelOf(current);
  if (from === null || to === null || from === to) return "change";
  return to < from ? "fall" : "rise";
}

function levelOf(measured: Measured | null): number | null {
  if (measured === null) return null;
  return "share" in measured ? measured.share : measured.median;
}

/** "12 of 41 wrong; before, 13 of 323": of a check the failing outputs, else those that are meant. */
function counts(finding: Finding): string[] {
  const { baseline, current } = finding;
  if (current === null) return [];
  if ("median" in current) return [medians(current, baseline)];
  const wrong = finding.check !== null;
  const now = `${sayOf(shareOf(current, wrong))}${wrong ? " wrong" : " outputs"}`;
  if (baseline === null || "median" in baseline) return [now];
  return [`${now}; before, ${sayOf(shareOf(baseline, wrong))}`];
}

/** The values themselves stand in the headline, with their unit. */
function medians(current: { n: number }, baseline: Measured | null): string {
  const now = `Seen in ${sayCount(current.n, "output")}`;
  return baseline === null ? now : `${now}; before, in ${sayNumber(baseline.n)}`;
}

function knownAnswers({ baseline, current }: Finding): string[] {
  if (current === null || "median" in current) return [];
  const now = `${sayOf(shareOf(current, false))} known answers agree`;
  if (baseline === null || "median" in baseline) return [now];
  return [`${now}; before, ${sayOf(shareOf(baseline, false))}`];
}

function shareOf(measured: { share: number; n: number }, wrong: boolean): Share {
  const hits = Math.round(measured.share * measured.n);
  return { hits: wrong ? measured.n - hits : hits, n: measured.n };
}
