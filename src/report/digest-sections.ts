import type { DigestSection } from "../domain/digest.js";
import { sayDuration } from "../wording/durations.js";
import { sayCount, sayNumber } from "../wording/numbers.js";
import { lowerFirst, sayListUpTo, upperFirst, withoutStop } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { sayDayAndTime } from "../wording/times.js";
import type { DigestFacts, DigestGap } from "./digest-facts.js";

const linesAtMost = 5;
/** Checks on probation named in full. */
const checksNamed = 4;

/** The parts after how everything stands; those with nothing to say are left out. */
export function digestSections(facts: DigestFacts): readonly DigestSection[] {
  const { timeZone, now } = facts;
  const say = (at: number) => sayDayAndTime(at, timeZone, now);
  return [
    section(
      "Open incidents",
      facts.incidents.map(
        ({ id, automation, status, title, openedAt }) =>
          `Incident ${id}, ${sayStatus(status)}, began ${say(openedAt)}. ${automation}: ${lowerFirst(title)}`,
      ),
      facts.openIncidents,
    ),
    section(
      "Found, for this digest only",
      facts.findings.map(({ at, automation, words }) => `${say(at)}, ${automation}: ${words}`),
    ),
    section(
      "Nobody has looked",
      facts.unjudged.map(
        ({ automation, weeks }) => `No one has judged ${automation} for ${sayCount(weeks, "week")}.`,
      ),
    ),
    section(
      "Sends outputs, not registered",
      facts.unregistered.map(
        ({ name, outputs, sinceAt, from }) =>
          `“${name}”: ${sayCount(outputs, "output")} since ${say(sinceAt)}, ${from}. On the machine it runs on, evenkeel register --unregistered drafts its entry.`,
      ),
    ),
    section(
      "Changed or accepted",
      facts.changes.map(({ at, automation, words }) => `${say(at)}, ${automation}: ${words}`),
    ),
    section(
      "People contradict",
      facts.contradicted.map((sentence) => upperFirst(sentence)),
    ),
    section(
      "Reviews due",
      facts.reviewsDue.map(({ title, words }) => `${title}: ${words}`),
    ),
    section(
      "Cost",
      facts.costs.map(({ automation, words }) => `${automation}: ${words}`),
    ),
    section(
      "On probation, so for this digest only",
      facts.probation.map(
        ({ automation, checks }) =>
          `${automation}: ${sayListUpTo(
            checks.map((check) => `“${check}”`),
            checksNamed,
          )}`,
      ),
    ),
    section(
      "Gaps in the watching",
      facts.gaps.map((gap) => sayGap(gap, say)),
    ),
    section(
      "Messages that could not be delivered",
      facts.undeliverable === 0
        ? []
        : [`${sayNumber(facts.undeliverable)}; on the machine it runs on, evenkeel outbox lists them.`],
    ),
  ].filter(({ lines }) => lines.length > 0);
}

/** "Contract search: could not be read for 5 hours, Sat 22:15 to Sun 03:15 (HTTP 503)". */
function sayGap(gap: DigestGap, say: (at: number) => string): string {
  if (gap.kind === "missed")
    return `${gap.automation}: ${sayCount(gap.slots, "run")} missed (${withoutStop(gap.why)})`;
  const { times, lastedMs, last } = gap;
  const often = times === 1 ? "" : ` ${sayCount(times, "time")},`;
  const when = `${times === 1 ? "" : "last "}${say(last.from)} to ${say(last.to)}`;
  const lasted = `${often} for ${sayDuration(lastedMs)}${times === 1 ? "" : " altogether"}`;
  return `${gap.automation}: could not be read${lasted}, ${when} (${withoutStop(last.why)})`;
}

function section(title: string, lines: readonly string[], all: number = lines.length): DigestSection {
  const shown = lines.slice(0, linesAtMost);
  return {
    title,
    lines: shown,
    more: all > shown.length ? `and ${sayNumber(all - shown.length)} more` : null,
  };
}
