import type { Trial, TriedCheck } from "../flow/try-checks.js";
import { hang } from "../notify/plain.js";
import { sayCount, sayDollars } from "../wording/numbers.js";
import { sayDayAndTime } from "../wording/times.js";
import { checkTitle } from "./check-title.js";
import { isoOf, isoTimed } from "./incident-data.js";
import type { Outcome } from "./outcome.js";
import { isWide, pad, padLeft, visible, widest, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Examples shown without --all. */
const examplesShown = 3;
/** Columns of a check's title beside an example, on a narrow screen. */
const titleColumns = 22;

/** How a trial is told. */
interface Telling {
  readonly title: string;
  readonly zone: string;
  readonly now: number;
  readonly all: boolean;
}

/** What a trial showed, for people. */
export function sayTrial(terminal: Terminal, trial: Trial, telling: Telling): Outcome {
  const failing = trial.checks.some((check) => check.fail > 0 || check.error > 0);
  const lines = wrapped(terminal, headOf(trial, telling)).map(terminal.colors.bold);
  if (trial.outputs > 0)
    lines.push(
      "",
      ...countsOf(terminal, trial),
      ...section(terminal, "Failing", examplesOf(trial.checks, "fail", telling), telling),
      ...section(terminal, "Unsure", examplesOf(trial.checks, "error", telling), telling),
      ...section(terminal, "Noted", examplesOf(trial.checks, "pass", telling), telling),
    );
  lines.push(...asides(terminal, trial, telling));
  return {
    exitCode: failing || trial.unreadable !== null ? 1 : 0,
    data: { ...trial, from: isoOf(trial.from), to: isoOf(trial.to), newest: trial.newest.map(isoTimed) },
    lines,
    notes: notesOf(trial),
  };
}

function headOf(trial: Trial, { title, zone, now }: Telling): string {
  if (trial.unreadable !== null) return `${title} cannot be read: ${trial.unreadable}`;
  if (trial.from === null || trial.to === null) return `${title}: no outputs to try the checks on`;
  if (trial.from === trial.to) return `${title}: ${sayCount(trial.outputs, "output")} read`;
  const say = (at: number) => sayDayAndTime(at, zone, now);
  return `${title}: ${sayCount(trial.outputs, "output")} read, ${say(trial.from)} to ${say(trial.to)}`;
}

function countsOf(terminal: Terminal, trial: Trial): readonly string[] {
  // a check that judged nothing must not look as if all was well
  const skips = trial.checks.some((check) => check.skipped > 0);
  return [
    `   pass  fail  unsure  ${skips ? "skip  " : ""}check`,
    ...trial.checks.map((check) => {
      const counts = [
        padLeft(String(check.pass), 7),
        padLeft(String(check.fail), 6),
        padLeft(String(check.error), 8),
        ...(skips ? [padLeft(String(check.skipped), 6)] : []),
      ];
      const judged = check.pass + check.fail + check.error;
      const remark = judged === 0 ? ": applies to none of them" : "";
      const before = `${counts.join("")}  `;
      return before + checkTitle(check, widthOf(terminal) - before.length - remark.length) + remark;
    }),
  ];
}

interface Example {
  readonly output: string;
  readonly check: TriedCheck;
  readonly reason: string;
}

/** Of all, one check after the other; otherwise one example of each check before the second of any. */
function examplesOf(
  checks: readonly TriedCheck[],
  status: "fail" | "error" | "pass",
  { all }: Telling,
): readonly Example[] {
  const found = checks.flatMap((check) =>
    check.examples
      .filter((each) => each.status === status)
      .map(({ output, reason }, turn) => ({ turn, output, check, reason })),
  );
  return all ? found : found.sort((left, right) => left.turn - right.turn);
}

function section(
  terminal: Terminal,
  heading: string,
  found: readonly Example[],
  { all }: Telling,
): readonly string[] {
  if (found.length === 0) return [];
  const shown = all ? found : found.slice(0, examplesShown);
  const title = ({ check }: Example) =>
    isWide(terminal) ? visible(check.title) : checkTitle(check, titleColumns);
  const idColumn = widest(shown.map((each) => visible(each.output)));
  const titleColumn = widest(shown.map(title));
  return [
    "",
    heading,
    ...shown.flatMap((each) => {
      const first = `  ${pad(visible(each.output), idColumn)}  ${pad(title(each), titleColumn)}  `;
      return hang([visible(each.reason)], {
        first,
        rest: " ".repeat(first.length),
        width: widthOf(terminal),
      });
    }),
    ...(found.length > shown.length ? [`  ${found.length - shown.length} more:  --all`] : []),
  ];
}

function asides(terminal: Terminal, trial: Trial, { all }: Telling): readonly string[] {
  if (trial.asides.length === 0) return [];
  const shown = all ? trial.asides : trial.asides.slice(0, examplesShown);
  const more = trial.asides.length - shown.length;
  return [
    "",
    "Put aside",
    ...shown.flatMap((each) =>
      hang([visible(`${each.where}: ${each.reason}`)], {
        first: "  ",
        rest: "    ",
        width: widthOf(terminal),
      }),
    ),
    ...(more > 0 ? [`  ${more} more:  --all`] : []),
  ];
}

function askingNotes({ asking }: Trial): readonly string[] {
  if (asking === null) return [];
  const spent = `${sayCount(asking.questions, "request")} sent, for ${sayDollars(asking.costMicros)}`;
  const silent = `${sayCount(asking.unanswered, "question")} got no answer that can be used`;
  const refused = `${sayCount(asking.refused, "question")} not asked: today's limit for judging is reached`;
  return [
    `${spent}; a trial keeps to what is left of today's limit, but what it asks is not counted towards it`,
    ...(asking.unanswered === 0 ? [] : [silent]),
    ...(asking.refused === 0 ? [] : [refused]),
  ];
}

function notesOf(trial: Trial): readonly string[] {
  const { length } = trial.asides;
  return [
    ...(length === 0
      ? []
      : [
          `${sayCount(length, "record")} could not become an output; the watch would put them aside and count them`,
        ]),
    ...(trial.outputs === 0
      ? []
      : [
          `${sayCount(trial.outputs, "output")} ${trial.outputs === 1 ? "shows" : "show"} that the checks work, not how good the automation is`,
        ]),
    ...askingNotes(trial),
    "nothing was stored, nobody was notified",
  ];
}
