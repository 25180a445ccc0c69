import { joined, replaceSpans, type Span, spansBehind, spansOf } from "./span.js";

/** `@`, also as links write it. */
const signs = /@|%40/g;
/** A host name with a last part that begins with a letter, so that `package@1.2.3` stays. */
const host = /(?:[\p{L}\p{M}\p{N}_-]+\.)+\p{L}[\p{L}\p{M}\p{N}-]+/uy;
/** What stands before the sign: atoms of RFC 5322 in any script, but not what links and quotations put there. */
const local = /[\p{L}\p{M}\p{N}.!#$%*+^_~-]+$/u;
const rareLocal = /[=?/{}|'`&]$/;
const longestLocal = 64;

/** Where e-mail addresses stand. */
export function findEmails(text: string): readonly Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const sign of text.matchAll(signs)) {
    host.lastIndex = sign.index + sign[0].length;
    const start = host.test(text) ? localStart(text, sign.index, from) : null;
    if (start === null) continue;
    found.push({ start, end: host.lastIndex });
    from = host.lastIndex;
  }
  return found;
}

/** Replaces e-mail addresses. */
export function replaceEmails(text: string, replacement: string): string {
  return replaceSpans(text, findEmails(text), replacement);
}

function localStart(text: string, at: number, from: number): number | null {
  const head = text.slice(Math.max(from, at - longestLocal), at);
  const name = local.exec(head)?.[0];
  if (name !== undefined) return at - name.length;
  return rareLocal.test(head) ? at : null;
}

/** `+43 ...` or `0043 ...` with 8 to 15 digits (ITU-T E.164), grouped in any way. */
const international =
  /(?<![\p{L}\p{N}+])(?:\+|(?<!\d[ -])00(?=[1-9]\d{0,2}[ ()/-]))[ ]?[1-9](?:[ \u00a0()./-]{0,2}\d){7,14}(?!\d)/gu;
/** North American, with its punctuation: `(555) 010-4477`, `555-010-4477`. */
const american = /(?<![\p{L}\p{N}-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\p{N}-])/gu;
/** Digits that a word in front calls a telephone number. */
const named =
  /(?<!\p{L})((?:tele(?:phone|fon)|tel|phone|mobile?|handy|fax|whatsapp|t(?:é|e\u0301)l(?:é|e\u0301)phone|tel(?:é|e\u0301)fono)\.?["']?\s{0,3}(?:no\.?|nr\.?|number)?\s{0,3}[:=]?\s{0,3}["']?)(\(?\d(?:[ \u00a0()./-]{0,2}\d){5,14})(?!\d)/giu;

/** Where telephone numbers stand: international, North American, or after a word that says so. */
export function findPhones(text: string): readonly Span[] {
  return joined([...spansBehind(text, named), ...spansOf(text, international), ...spansOf(text, american)]);
}

/** Replaces telephone numbers. */
export function replacePhones(text: string, replacement: string): string {
  return replaceSpans(text, findPhones(text), replacement);
}
