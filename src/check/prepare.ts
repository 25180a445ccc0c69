import type { Asking } from "../domain/asking.js";
import type { Check, Rule } from "../domain/check.js";
import { ConfigError, KnownError, messageOf } from "../domain/errors.js";
import type { Output } from "../domain/output.js";
import { error, fail, pass, skipped, type Verdict } from "../domain/verdict.js";
import { excerpt } from "../text/excerpt.js";
import { compileFilter, compilePath, type JsonPath, type LastObject } from "../text/json-path.js";
import { nearest } from "../text/nearest.js";
import { whyNoFields } from "../text/parse-json.js";
import { redactText } from "../text/redact.js";
import { quoted, quotedList, shown } from "../text/shown.js";
import type { CheckPorts, CheckType, Judge, Judged, Noted, Subject } from "./check-type.js";
import type { CommonOptions } from "./common-options.js";
import { checkTypes } from "./registry.js";
import type { CheckSettings } from "./settings.js";
import { asOutput, type PlacedSubject, subjectsAt, viewOf, wholeSubject } from "./subject.js";

// The check room: declared checks and outputs come in, verdicts leave. Patterns, paths and schemas are compiled
// once, here. It reads no clock and keeps nothing between outputs; what a verdict leads to is not decided here.

const longestReason = 400;
const longestExcerpt = 200;
/** Fields among which a missing one is looked for. */
const fieldsCompared = 200;

/** Compiles a declared check. Throws ConfigError when its schema, file or pattern cannot be used. */
export async function prepareCheck(settings: CheckSettings, ports: CheckPorts): Promise<Check> {
  const checkType = checkTypes.get(settings.type);
  if (checkType === undefined) throw new ConfigError("check-type", `no such check type: ${settings.type}`);
  const judge = await prepareJudge(checkType, settings, ports);
  const when = settings.when === undefined ? null : compileFilter(settings.when);
  const path = settings.on === undefined ? null : compilePath(settings.on);
  const options = { judge, path, turned: settings.not, says: checkType.says };
  return {
    id: settings.id,
    type: settings.type,
    title: settings.title ?? defaultTitle(settings, checkType),
    level: levelOf(settings.level, checkType),
    rule: ruleOf(settings.rule),
    asks: checkType.asks,
    planted: checkType.planted(settings).map((planted) => ({
      ...planted,
      judge: (asking) =>
        orCouldNotTell(async () => said(await judge(wholeSubject(asOutput(planted)).subject, asking))),
    })),
    judge: (output, asking) => {
      if (output.error !== null && output.text.trim() === "" && !checkType.judgesErrors) {
        return skipped("the automation reported an error instead of an output");
      }
      return orCouldNotTell(() => {
        if (when !== null && !when(viewOf(output))) return skipped("its filter does not hold here");
        return judgeOutput(options, output, asking);
      });
    },
  };
}

/** At once where the work is done at once. */
function orCouldNotTell(work: () => Verdict | Promise<Verdict>): Verdict | Promise<Verdict> {
  try {
    const verdict = work();
    return verdict instanceof Promise ? verdict.catch(couldNotTell) : verdict;
  } catch (thrown) {
    return couldNotTell(thrown);
  }
}

function couldNotTell(thrown: unknown): Verdict {
  if (thrown instanceof KnownError && thrown.code === "spend-cap") return skipped(tidy(thrown.message));
  return error(`could not tell: ${tidy(messageOf(thrown))}`);
}

async function prepareJudge(
  checkType: CheckType,
  settings: CheckSettings,
  ports: CheckPorts,
): Promise<Judge> {
  try {
    return await checkType.prepare(settings, ports);
  } catch (thrown) {
    if (!(thrown instanceof KnownError)) throw thrown;
    throw new ConfigError(thrown.code, `check ${settings.id}: ${thrown.message}`, { cause: thrown });
  }
}

interface JudgeOptions {
  readonly judge: Judge;
  readonly path: JsonPath | null;
  /** `not: true`. */
  readonly turned: boolean;
  readonly says: string;
}

/** At once where the check type judges at once: most do, and waiting takes longer than they do. */
function judgeOutput(options: JudgeOptions, output: Output, asking: Asking): Verdict | Promise<Verdict> {
  const { path } = options;
  if (path === null) return judgeSubject(options, wholeSubject(output), asking);
  const subjects = subjectsAt(output, path);
  return subjects.length === 0 ? nothingAt(path, output) : judgeEach(options, subjects, asking);
}

/** Each selected value must pass; a fail outweighs an error, an error a skip. */
async function judgeEach(
  options: JudgeOptions,
  subjects: readonly PlacedSubject[],
  asking: Asking,
): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const subject of subjects) {
    const judged = judgeSubject(options, subject, asking);
    const verdict = judged instanceof Promise ? await judged : judged;
    if (verdict.status === "fail") return verdict;
    verdicts.push(verdict);
  }
  const worst = ["error", "pass", "skipped"];
  verdicts.sort((left, right) => worst.indexOf(left.status) - worst.indexOf(right.status));
  return withLowestScore(verdicts);
}

function withLowestScore(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts[0] ?? skipped("nothing to judge");
  const scores = verdicts.flatMap((one) =>
    one.status === "pass" && one.score !== undefined ? [one.score] : [],
  );
  if (first.status !== "pass" || verdicts.length === 1) return first;
  const note = verdicts.find((one) => one.status === "pass" && one.reason !== undefined)?.reason;
  const score = scores.length === 0 ? {} : { score: Math.min(...scores) };
  return pass(note === undefined ? score : { ...score, reason: note });
}

function judgeSubject(
  options: JudgeOptions,
  placed: PlacedSubject,
  asking: Asking,
): Verdict | Promise<Verdict> {
  const judged = options.judge(placed.subject, asking);
  return judged instanceof Promise
    ? judged.then((done) => finished(options, placed, done))
    : finished(options, placed, judged);
}

/** The verdict as it is kept: turned round where asked, with its place, redacted, cut. */
function finished(options: JudgeOptions, placed: PlacedSubject, judged: Judged): Verdict {
  const { path, subject } = placed;
  const verdict = options.turned ? turnedRound(judged, options.says, subject) : said(judged);
  if (verdict.status === "error" || verdict.status === "skipped") {
    return { ...verdict, reason: tidy(path === null ? verdict.reason : `at ${path}: ${verdict.reason}`) };
  }
  const score = verdict.score === undefined ? {} : { score: verdict.score };
  if (verdict.status === "pass")
    return "note" in judged ? pass({ ...score, ...noteOf(judged, path) }) : pass(score);
  return fail(tidy(path === null ? verdict.reason : `${path} ${verdict.reason}`), {
    ...score,
    excerpt: shown(verdict.excerpt ?? subject.text, longestExcerpt),
  });
}

function noteOf({ note }: Noted, path: string | null): { reason: string } {
  return { reason: tidy(path === null ? note : `${path} ${note}`) };
}

/** In words where it fails: a pass needs none. */
function said(judged: Judged): Verdict {
  if (!("say" in judged)) return judged;
  const { status, say, ...score } = judged;
  return status === "pass" ? pass(score) : fail(say(), score);
}

function turnedRound(judged: Judged, says: string, subject: Subject): Verdict {
  if (judged.status === "fail") return pass();
  if (judged.status === "error" || judged.status === "skipped") return judged;
  const reason = "say" in judged ? judged.say() : judged.reason;
  return fail(reason ?? `"${shown(subject.text)}" ${says}, expected the opposite`);
}

function nothingAt(path: JsonPath, output: Output): Verdict {
  const missing = path.source.trim().startsWith("$") ? path.source.trim() : `$.${path.source.trim()}`;
  const why =
    output.fields === undefined
      ? `: the output ${whyNoFields(output.text)}`
      : whatIsThere(path.lastObjectIn(output.fields));
  return fail(tidy(`no value at ${missing}${why}`), { excerpt: shown(output.text, longestExcerpt) });
}

/** A name may be misspelt, in the path or in the output. */
function whatIsThere(last: LastObject | null): string {
  if (last === null) return "";
  const owner = last.path === "$" ? "the output" : last.path;
  if (last.fields.length === 0) return `; ${owner} has no fields`;
  const near = last.wanted === null ? null : nearest(last.wanted, last.fields.slice(0, fieldsCompared));
  const meant = near === null ? "" : `did you mean ${quoted(near, 40)}? `;
  const sorted = near === null ? last.fields : [near, ...last.fields.filter((name) => name !== near)];
  return `; ${meant}${owner} has ${quotedList(sorted, "and")}`;
}

/** Check types redact what they quote; this catches what two quotations make together. */
function tidy(reason: string): string {
  return excerpt(redactText(reason), longestReason);
}

function defaultTitle(settings: CheckSettings, checkType: CheckType): string {
  const subject = settings.on ?? "Output";
  return `${subject} ${settings.not ? "never " : ""}${checkType.says}`;
}

/** null: the automation's default, which may be to page. */
function levelOf(level: CommonOptions["level"], { loudest }: CheckType): Check["level"] {
  if (loudest === "page") return level ?? null;
  return level === undefined || level === "page" ? loudest : level;
}

function ruleOf(rule: CommonOptions["rule"]): Rule {
  if (rule === "zeroTolerance") return { kind: "zero-tolerance" };
  return rule === "drift" ? { kind: "drift" } : { kind: "floor", share: rule.floor };
}
