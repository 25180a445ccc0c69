/**
 * The weekly digest of one reader. In: what the week brought, as data. Out: the same in words, kept to one screen; what
 * does not fit is counted. Where nothing needs anyone it says so in three lines. Pure; never says why an output was
 * picked or what the checks said of it.
 */
import type { Digest, DigestJudging, DigestLine, DigestSection } from "../domain/digest.js";
import { shareOf } from "../measure/counts.js";
import { wilsonInterval } from "../measure/wilson-interval.js";
import { sayCount, sayReckoned, sayShare } from "../wording/numbers.js";
import { sayList, upperFirst, withoutStop } from "../wording/sentences.js";
import { compareStates, sayState, type WatchState, watchStates } from "../wording/states.js";
import { sayDate, sayDayAndTime, sayWeek, sayWeekday, sayZone } from "../wording/times.js";
import type { DigestAutomation, DigestFacts } from "./digest-facts.js";
import { digestSections } from "./digest-sections.js";

/** Outputs one mail asks for. */
export const outputsAtMost = 5;
const linesAtMost = 10;
/** Code points of an output, of what went in, of a title and of a sentence: one screen. */
const textMax = 700;
const inputMax = 300;
const titleMax = 120;
const sentenceMax = 300;

/** The digest of a reader. */
export function composeDigest(facts: DigestFacts): Digest {
  const judging = judgingOf(facts);
  const asked = judging.reduce((sum, { outputs }) => sum + outputs.length, 0);
  const sections = digestSections(facts);
  const quiet = isQuiet(facts, asked, sections);
  const needs = [
    ...(asked === 0 ? [] : [`${sayCount(asked, "output")} to judge`]),
    ...(facts.openIncidents === 0 ? [] : [`${sayCount(facts.openIncidents, "incident")} open`]),
  ];
  const needed = needs.length === 0 ? quietWords(facts, quiet) : sayList(needs);
  const sorted = [...facts.automations].sort((left, right) => compareStates(left.state, right.state));
  return {
    subject: `${sayWeek(facts.now, facts.timeZone)}: ${needed}`,
    headline: `${facts.reader.name.split(" ")[0]}, ${needed}.`,
    intro: quiet ? quietLines(facts) : introOf(facts, asked),
    judging,
    lines: quiet ? [] : sorted.slice(0, linesAtMost).map(lineOf),
    moreLines: quiet ? null : moreOf(sorted.slice(linesAtMost)),
    sections,
    close: closeOf(facts),
    url: facts.url,
    stopUrl: facts.stopUrl,
  };
}

/** What a reader is sent once more where nobody has judged: the outputs alone. */
export function composeFollowUp(facts: DigestFacts): Digest {
  const outputs = composeDigest({
    ...facts,
    automations: [],
    incidents: [],
    openIncidents: 0,
    findings: [],
    reviewsDue: [],
    changes: [],
    costs: [],
    probation: [],
    contradicted: [],
    gaps: [],
    unjudged: [],
    unregistered: [],
    undeliverable: 0,
    waitingForOthers: 0,
  });
  const asked = outputs.judging.reduce((sum, each) => sum + each.outputs.length, 0);
  const waits = `${sayCount(asked, "output")} still ${asked === 1 ? "waits" : "wait"} to be judged`;
  return {
    ...outputs,
    subject: `${sayWeek(facts.now, facts.timeZone)}: ${waits}`,
    headline: `${facts.reader.name.split(" ")[0]}, ${waits}.`,
    intro: [...outputs.intro, "Nobody has judged any since the last mail; this one comes once."],
  };
}

const settled: ReadonlySet<WatchState> = new Set<WatchState>(["steady", "no-data"]);

function isQuiet({ automations }: DigestFacts, asked: number, sections: readonly DigestSection[]): boolean {
  return asked === 0 && sections.length === 0 && automations.every(({ state }) => settled.has(state));
}

function quietWords({ automations }: DigestFacts, quiet: boolean): string {
  if (!quiet) return "nothing waits for you";
  const silent = automations.length > 0 && automations.every(({ state }) => state === "no-data");
  return silent ? "no data, so nothing is known" : "nothing needs you";
}

function quietLines({ automations, url }: DigestFacts): readonly string[] {
  return [
    `${sayCount(automations.length, "automation")}: ${countStates(automations)}.`,
    "No incident is open, nothing was changed, no output waits to be judged.",
    url === null ? "All of it, on the machine it runs on: evenkeel register" : `All of it: ${url}`,
  ];
}

/** "3 steady, 1 no data". */
function countStates(automations: readonly DigestAutomation[]): string {
  const counts = watchStates.map((state) => ({
    word: sayState(state).word.toLowerCase(),
    count: automations.filter((each) => each.state === state).length,
  }));
  const said = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${count} ${word}`);
  return said.length === 0 ? "none is registered for you" : said.join(", ");
}

const howToJudge: Readonly<Record<DigestFacts["judgeBy"], string>> = {
  link: "Press what you think; a page opens and asks you to confirm. No password needed.",
  button: "Press what you think: it is recorded at once, and only you are told what the checks said.",
  command: "On the machine it runs on, evenkeel judge asks for them one by one.",
};

function introOf({ toJudge, waitingForOthers, judgeBy }: DigestFacts, asked: number): readonly string[] {
  const waiting = toJudge.reduce((sum, { outputs }) => sum + outputs.length, 0) - asked;
  const others =
    waitingForOthers === 0
      ? []
      : [
          `${sayCount(waitingForOthers, "output")} ${waitingForOthers === 1 ? "waits" : "wait"} for others to judge.`,
        ];
  if (asked === 0) return others;
  const how = howToJudge[judgeBy];
  const rest =
    waiting <= 0
      ? []
      : [`${sayCount(waiting, "more output")} ${waiting === 1 ? "waits" : "wait"}; these come first.`];
  return [`About ${sayCount(Math.max(1, Math.ceil(asked / 2)), "minute")}. ${how}`, ...rest, ...others];
}

/** Of each automation some, before any has all of its own. */
function judgingOf({ toJudge, timeZone, now }: DigestFacts): readonly DigestJudging[] {
  const taken = toJudge.map(() => 0);
  for (let left = outputsAtMost, round = 0; left > 0 && round < outputsAtMost; round += 1) {
    for (const [index, { outputs }] of toJudge.entries()) {
      if (left === 0 || outputs.length <= round) continue;
      taken[index] = round + 1;
      left -= 1;
    }
  }
  return toJudge.flatMap(({ title, question, outputs }, index) => {
    const shown = outputs.slice(0, taken[index]);
    if (shown.length === 0) return [];
    return [
      {
        title: cut(title, titleMax),
        question: cut(question ?? "Is this output right?", sentenceMax),
        outputs: shown.map((each, place) => ({
          spotCheck: each.spotCheck,
          label: `${place + 1} of ${shown.length}, output of ${sayDayAndTime(each.at, timeZone, now)}`,
          input: each.input === null ? null : cut(each.input, inputMax),
          text: cut(each.text, textMax),
          link: each.link,
        })),
      },
    ];
  });
}

function cut(text: string, max: number): string {
  // two halves make one code point
  const points = [...text.slice(0, 2 * max + 2)];
  return points.length <= max
    ? points.join("")
    : `${points
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}

const tones: Readonly<Record<WatchState, DigestLine["tone"]>> = {
  incident: "bad",
  blind: "unknown",
  drifting: "watch",
  watching: "watch",
  "no-data": "unknown",
  paused: "watch",
  steady: "good",
};

function lineOf({ title, state, reason, quality, passed, url }: DigestAutomation): DigestLine {
  const { word, mark } = sayState(state);
  return {
    title: cut(title, titleMax),
    state: word,
    mark,
    tone: tones[state],
    reason: `${withoutStop(cut(upperFirst(reason), sentenceMax))}.`,
    quality: quality === null ? null : `By people's judgement ${quality}.`,
    trend: trendOf(passed),
    url,
  };
}

/** "“Totals match” passed 94% of 412 this week (probably 91% to 96%), 96% the week before." */
function trendOf(passed: DigestAutomation["passed"]): DigestLine["trend"] {
  const share = passed === null ? null : shareOf(passed.now);
  if (passed === null || share === null) return null;
  const { now, before, check } = passed;
  const { low, high } = wilsonInterval(now);
  const was = before.n === 0 ? "none judged the week before" : `${sayShare(before)} the week before`;
  return {
    share,
    words: `“${cut(check, titleMax)}” passed ${sayShare(now)} of ${sayCount(now.n, "output")} (probably ${sayReckoned(low)} to ${sayReckoned(high)}), ${was}.`,
  };
}

function moreOf(rest: readonly DigestAutomation[]): string | null {
  return rest.length === 0 ? null : `and ${sayCount(rest.length, "more automation")}: ${countStates(rest)}`;
}

function closeOf({ reader, timeZone, now, linksUntil }: DigestFacts): string {
  const clock = `${Math.floor(reader.minute / 60)}`.padStart(2, "0");
  const minutes = `${reader.minute % 60}`.padStart(2, "0");
  const links =
    linksUntil === null
      ? ""
      : ` Links work until ${sayDate(linksUntil, timeZone, now)} and are yours: what they record says to whom they were sent.`;
  return `${reader.name} gets this every ${sayWeekday(reader.weekday)} at ${clock}:${minutes} (${sayZone(timeZone)}).${links}`;
}
