/**
 * What a link in a digest leads to (RELIABILITY 4.2). In: its token, or the form of its page. Out: what the page says.
 * Looking changes nothing, however often and by whatever machine; the form records, as said by the reader to whom the
 * link was issued, who has one word on an output by whatever way; or by someone the mail was forwarded to, who has another
 * and is not taken for anyone of the register. Once judged, it can be made a known answer in the reader's name. It shows the stored form of its one output, beside what is known to be right for the same input; why it was picked and what the checks said is told after the judgement.
 */
import { KnownError, StoreError } from "../domain/errors.js";
import type { Answer, Judgement } from "../domain/judgement.js";
import type { SpotCheckRow } from "../store/spot-check.js";
import type { LinkKey } from "../token/action-link.js";
import { judgeFormHolds, readJudgeLink, readStopLink, signJudgeForm } from "../token/judge-link.js";
import { answerWords, sayJudgement } from "../wording/answers.js";
import { sayDayAndTime } from "../wording/times.js";
import { type Ground, watchedOf } from "./ground.js";
import { type ComparedOutput, comparedOutput } from "./learning/compared-output.js";
import { type LinkPromotion, linkPromotion, promoteByLink } from "./learning/link-promotion.js";
import { promotedAs } from "./learning/promote.js";
import { sayPicked } from "./say-picked.js";
import { takeJudgement } from "./take-judgement.js";

/** What was recorded under a link: the reader's word, that of whoever the mail was forwarded to, a known answer. */
export const judgeDone = ["said", "forwarded", "known"] as const;
type JudgeDone = (typeof judgeDone)[number];

/** What the page behind a link to one output says. */
export type JudgePage =
  | { readonly kind: "void"; readonly said: string; readonly expired: boolean }
  | {
      readonly kind: "ask";
      readonly title: string;
      readonly question: string;
      readonly when: string;
      readonly input: string | null;
      readonly text: string;
      /** What it is shown beside; null: nothing. */
      readonly compared: ComparedOutput | null;
      /** What came of the last press, or what was said before; null: nothing yet. */
      readonly said: string | null;
      /** What was kept from whoever judges until now. */
      readonly told: readonly string[];
      /** Whether it can become a known answer, once the reader has judged it; null: nothing to say. */
      readonly promotion: LinkPromotion | null;
      /** Whose word it is: the reader's. */
      readonly reader: string;
      /** The way as it stands on record. */
      readonly via: string;
      readonly nonce: string;
      /** What this press has recorded; null: nothing. */
      readonly done: JudgeDone | null;
    };

/** What the form of such a page brings. */
export interface JudgeForm {
  readonly answer: Answer;
  readonly nonce: string;
  readonly note: string | null;
  readonly correction: string | null;
  /** How someone calls themselves to whom the mail was forwarded; null: it is the reader. */
  readonly forwardedTo: string | null;
}

const openForLong = "The page had been open for long, so nothing was recorded. Press again.";

/** The page behind a link; changes nothing. `done`: what a press of it has just recorded, told from what is on record. */
export function openJudgeLink(ground: Ground, token: string, done: JudgeDone | null = null): JudgePage {
  const known = knownLink(ground, token);
  if ("kind" in known) return known;
  const who = done === "forwarded" ? forwardeeOf(known.reader) : known.reader;
  return ask(ground, { ...known, who }, done === null ? null : sayRecorded(ground, known, who, done));
}

/** null: there is no such thing on record, whatever the address says. */
function sayRecorded(ground: Ground, { row }: KnownLink, who: string, done: JudgeDone): string | null {
  if (done === "known") {
    const known = promotedAs(ground, row);
    return known === null || known.who !== who
      ? null
      : `It is the known answer “${known.case}” now, to be reviewed by ${known.reviewBy}.`;
  }
  const { judgements } = ground.store;
  const word = judgements.of(row.output).find((each) => each.who === who);
  if (word === undefined) return null;
  const before = judgements.saidOtherwise(row.output, who) ? ` What ${who} said before counts no more.` : "";
  return `Recorded: ${answerWords[word.answer].toLowerCase()}. Thank you.${before}`;
}

/** Records what the form says, when it comes from the link's page; where that had been open for long, asks again. */
export function pressJudgeLink(ground: Ground, token: string, form: JudgeForm): JudgePage {
  const known = knownLink(ground, token);
  if ("kind" in known) return known;
  if (!judgeFormHolds(known.key, token, form.nonce, ground.clock.now()))
    return ask(ground, known, openForLong);
  const { answer, note, correction, forwardedTo } = form;
  const who = forwardedTo === null ? known.reader : forwardeeOf(known.reader);
  const via = forwardedTo === null ? known.via : `${known.via}, forwarded to “${forwardedTo}”`;
  try {
    const request = { spotCheck: known.row.id, who, answer, note, correction };
    takeJudgement(ground, request, via);
    const page = ask(ground, { ...known, who }, null);
    return page.kind === "ask" ? { ...page, done: forwardedTo === null ? "said" : "forwarded" } : page;
  } catch (thrown) {
    if (thrown instanceof KnownError && !(thrown instanceof StoreError))
      return nothing(`Nothing was recorded: ${thrown.message}`);
    throw thrown;
  }
}

/** Makes the judged output, or its correction, a known answer in the reader's name, when that comes from the link's page. */
export function promoteJudgeLink(ground: Ground, token: string, nonce: string): JudgePage {
  const known = knownLink(ground, token);
  if ("kind" in known) return known;
  if (!judgeFormHolds(known.key, token, nonce, ground.clock.now())) return ask(ground, known, openForLong);
  try {
    promoteByLink(ground, known.row, known);
    const page = ask(ground, known, null);
    return page.kind === "ask" ? { ...page, done: "known" } : page;
  } catch (thrown) {
    if (thrown instanceof KnownError && !(thrown instanceof StoreError))
      return ask(ground, known, `Nothing was recorded: ${thrown.message}`);
    throw thrown;
  }
}

/** True for a link that we signed and that has not expired. */
export function isGoodJudgeLink({ register, clock }: Ground, token: string): boolean {
  const keys = register.links?.keys.good() ?? [];
  return readJudgeLink(token, keys, clock.now()).why === "good";
}

/** Whose digest a link stops; null: the link is not ours. */
export function readerToStop({ register }: Ground, token: string): string | null {
  const reader = readStopLink(token, register.links?.keys.good() ?? []);
  return register.digest.find(({ person }) => person === reader)?.person ?? null;
}

interface KnownLink {
  readonly token: string;
  readonly key: LinkKey;
  readonly row: SpotCheckRow;
  readonly reader: string;
  readonly via: string;
  /** Whose word the page shows. */
  readonly who: string;
}

/** One for each reader, however many call themselves whatever: a link that goes round stuffs no ballot. */
function forwardeeOf(reader: string): string {
  return `whoever ${reader} forwarded the mail to`;
}

function knownLink(ground: Ground, token: string): KnownLink | JudgePage {
  const { register, clock, store } = ground;
  const read = readJudgeLink(token, register.links?.keys.good() ?? [], clock.now());
  if (read.why === "not-ours")
    return nothing("This link is not one of ours, or is cut off. Copy the whole address from the mail.");
  if (read.why === "expired")
    return {
      ...nothing(
        "This link has expired: it is good for eight days. Nothing was recorded; the next mail brings new ones.",
      ),
      expired: true,
    };
  const row = store.spotChecks.get(read.link.spotCheck);
  if (row === null || watchedOf(register, row.automation) === null)
    return nothing("The automation it was about is no longer in the register. Nothing was recorded.");
  const via = `link issued to ${read.link.recipient}`;
  const reader = read.link.reader ?? via;
  return { token, key: read.key, row, reader, via, who: reader };
}

function nothing(said: string): Extract<JudgePage, { kind: "void" }> {
  return { kind: "void", said, expired: false };
}

function ask(ground: Ground, known: KnownLink, said: string | null): JudgePage {
  const { token, key, row, reader, via, who } = known;
  const { store, register, clock } = ground;
  const now = clock.now();
  const output = store.spotChecks.outputOf(row.output);
  const watched = watchedOf(register, row.automation);
  if (output === null || watched === null)
    return nothing("Its text is no longer kept, so it cannot be judged any more. Nothing was recorded.");
  const { entry } = watched;
  const all = store.judgements.of(row.output);
  const before = all.find((each) => each.who === who);
  return {
    kind: "ask",
    title: entry.title,
    question: entry.spotCheck.question ?? "Is this output right?",
    when: sayDayAndTime(row.at, entry.timeZone, now),
    input: output.input,
    text: output.text,
    compared: comparedOutput(ground, watched, row, output),
    said:
      said ??
      (before === undefined ? null : sayBefore(before, sayDayAndTime(before.at, entry.timeZone, now))),
    told:
      before === undefined
        ? []
        : [
            ...sayPicked(row.why, store.spotChecks.verdictsOf(row.output)),
            ...all.filter((each) => each !== before).map(sayJudgement),
          ],
    // a forwarded mail's reader is not known here
    promotion: who === reader ? linkPromotion(ground, row, reader) : null,
    reader,
    via,
    nonce: signJudgeForm(key, token, now),
    done: null,
  };
}

function sayBefore({ answer, who }: Judgement, when: string): string {
  return `${who} said ${when}: ${answerWords[answer].toLowerCase()}. Press again to say otherwise.`;
}
