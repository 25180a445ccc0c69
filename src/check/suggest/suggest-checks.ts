/**
 * Drafts checks from observed outputs. In: outputs of one automation. Out: checks, each fitted on the older 70 % and
 * tried on the newer rest, with what came of it; and what was left out, with the reason. Nothing personal stands in
 * a suggestion, and none is switched on. It reads no clock and no source.
 */
import { nobody } from "../../domain/asking.js";
import type { JsonObject } from "../../domain/json.js";
import type { Output } from "../../domain/output.js";
import { wilsonInterval } from "../../measure/wilson-interval.js";
import { redactJson } from "../../text/redact.js";
import { sayCount } from "../../wording/numbers.js";
import { noFiles } from "../no-files.js";
import { prepareCheck } from "../prepare.js";
import { checkSettings } from "../settings.js";
import { proposeEnumerations } from "./enumerations.js";
import { fieldsOf } from "./field.js";
import { proposeFilledIn } from "./filled-in.js";
import { proposeGrounded } from "./grounded.js";
import { proposeIds } from "./ids.js";
import { proposeJsonForm } from "./json-form.js";
import { proposeLengths } from "./lengths.js";
import { proposeOperation } from "./operation.js";
import type { Proposal, Proposer } from "./proposal.js";
import { proposeRanges } from "./ranges.js";
import { prepareFormatOf } from "./text-format.js";
import { proposeUsual } from "./usual.js";
import { proposeBeginning, proposeLanguage } from "./wording.js";

/** Fewer outputs than this show too little. */
export const fewestOutputs = 40;
/** Share that suggestions are made from; the newer rest tries them. */
const fittedShare = 0.7;
/** A suggestion that fails more of the outputs it was not made from is widened, or left out. */
const mostFailing = 0.02;
/** How often a band may be widened. */
const mostWidenings = 2;
/** The floor that is recommended for what has always held, and what the held share must be for it. */
const floor = 0.95;

const proposers: readonly Proposer[] = [
  proposeUsual,
  proposeJsonForm,
  proposeFilledIn,
  proposeEnumerations,
  proposeIds,
  proposeRanges,
  proposeBeginning,
  proposeLengths,
  proposeLanguage,
  proposeGrounded,
  proposeOperation,
];

/** How a check did. */
export interface Tried {
  readonly pass: number;
  readonly fail: number;
  /** Could not tell. */
  readonly error: number;
}

/** A check that could be declared, and how it would have done. */
export interface Suggestion {
  readonly settings: JsonObject;
  readonly because: string;
  /** On the outputs it was made from, and on the newer ones. */
  readonly fitted: Tried;
  readonly heldOut: Tried;
  readonly widened: number;
}

/** What was drafted. */
export interface Suggested {
  readonly suggestions: readonly Suggestion[];
  readonly leftOut: readonly { readonly id: string; readonly why: string }[];
  readonly fitted: number;
  readonly heldOut: number;
  /** Outputs that report an error of the automation instead of a text. */
  readonly passedOver: number;
}

/** Drafts checks from outputs; outputs that report an error instead of a text are passed over. */
export async function suggestChecks(outputs: readonly Output[]): Promise<Suggested> {
  const usable = outputs.filter(({ error, text }) => error === null || text.trim() !== "");
  const sorted = [...usable].sort((left, right) => left.at - right.at);
  const cut = Math.floor(sorted.length * fittedShare);
  const [older, newer] = [sorted.slice(0, cut), sorted.slice(cut)];
  const suggestions: Suggestion[] = [];
  const leftOut: { id: string; why: string }[] = [];
  const counts = { fitted: cut, heldOut: newer.length, passedOver: outputs.length - sorted.length };
  if (sorted.length < fewestOutputs) return { suggestions, leftOut, ...counts };
  const fitted = { outputs: older, root: fieldsOf(older), formatOf: await prepareFormatOf() };
  const ids = new Set<string>();
  for (const propose of proposers) {
    for (const proposal of await propose(fitted)) {
      if (proposal.unless !== undefined && ids.has(proposal.unless)) continue;
      const result = await tryOut(renamed(proposal, ids), older, newer);
      if ("why" in result) leftOut.push(result);
      else {
        ids.add(String(result.settings.id));
        suggestions.push(result);
      }
    }
  }
  return { suggestions, leftOut, ...counts };
}

/** Two fields may come to the same id: the second is numbered. */
function renamed(proposal: Proposal, ids: ReadonlySet<string>): Proposal {
  const id = String(proposal.settings.id);
  let free = id;
  for (let number = 2; ids.has(free); number += 1) free = `${id}-${number}`;
  return free === id ? proposal : named(proposal, free);
}

function named(proposal: Proposal, id: string): Proposal {
  const { wider, settings } = proposal;
  const again = () => {
    const next = wider?.() ?? null;
    return next === null ? null : named(next, id);
  };
  return { ...proposal, settings: { ...settings, id }, wider: again };
}

async function tryOut(
  first: Proposal,
  older: readonly Output[],
  newer: readonly Output[],
): Promise<Suggestion | { id: string; why: string }> {
  const id = String(first.settings.id);
  let proposal = first;
  for (let widened = 0; ; widened += 1) {
    const why = unfit(proposal.settings);
    if (why !== null) return { id, why };
    const fitted = await judged(proposal.settings, older);
    const heldOut = await judged(proposal.settings, newer);
    if (holds(fitted) && holds(heldOut)) return suggestion(proposal, fitted, heldOut, widened);
    const next = widened < mostWidenings ? (proposal.wider?.() ?? null) : null;
    if (next === null) return { id, why: whyNot(fitted, heldOut) };
    proposal = next;
  }
}

function suggestion(proposal: Proposal, fitted: Tried, heldOut: Tried, widened: number): Suggestion {
  const { settings, because, ofForm } = proposal;
  const pass = fitted.pass + heldOut.pass;
  const never = fitted.fail + heldOut.fail === 0;
  const isCertain = never && wilsonInterval({ hits: pass, n: pass }).low > floor && pass >= 100;
  const rule = ofForm && isCertain ? { rule: { floor } } : {};
  return { settings: { ...settings, ...rule }, because, fitted, heldOut, widened };
}

/** What keeps settings out of a check file. */
function unfit(settings: JsonObject): string | null {
  if (JSON.stringify(redactJson(settings)) !== JSON.stringify(settings))
    return "it would name personal data or a key";
  const checked = checkSettings.safeParse(settings);
  return checked.success ? null : (checked.error.issues[0]?.message ?? "its settings are not accepted");
}

async function judged(settings: JsonObject, outputs: readonly Output[]): Promise<Tried> {
  const check = await prepareCheck(checkSettings.parse(settings), noFiles);
  const counts = { pass: 0, fail: 0, error: 0, skipped: 0 };
  for (const output of outputs) counts[(await check.judge(output, nobody)).status] += 1;
  return { pass: counts.pass, fail: counts.fail, error: counts.error };
}
/** Told of at least one, wrong in at most 2 %, and not mostly unable to tell. */
function holds({ pass, fail, error }: Tried): boolean {
  return pass > 0 && fail <= (pass + fail) * mostFailing && error <= pass + fail;
}

function whyNot(fitted: Tried, heldOut: Tried): string {
  if (!holds(fitted)) return said(fitted, "outputs it was made from");
  return said(heldOut, "held-out outputs");
}

function said({ pass, fail, error }: Tried, which: string): string {
  if (pass + fail + error === 0) return `none of the ${which} could be judged`;
  if (error > pass + fail) return `it could not tell ${error} of ${pass + fail + error} ${which}`;
  return `it would have failed ${fail} of ${pass + fail} ${which}`;
}

/** The comment above a suggestion: what it rests on, and how it would have done. */
export function commentsOf({ because, heldOut, fitted, widened, settings }: Suggestion): readonly string[] {
  const unsure = heldOut.error === 0 ? "" : ` (could not tell ${heldOut.error} more)`;
  const fails = fitted.fail === 0 ? "" : ` It fails ${fitted.fail} of those it was made from.`;
  const room =
    widened === 0 ? "" : ` Widened ${widened === 1 ? "once" : "twice"}: narrower it failed more than 2%.`;
  const rule =
    settings.rule === undefined ? "" : " Under 95% is a fault whatever was usual: it has always held.";
  return [
    `Rests on ${sayCount(fitted.pass + fitted.fail, "output")}; passes ${heldOut.pass} of ${heldOut.pass + heldOut.fail} held-out outputs${unsure}. ${because}${fails}${room}${rule}`,
  ];
}
