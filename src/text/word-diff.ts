import { isUnspaced } from "./words.js";

/** A stretch of two texts that are compared: in both, only in the first, or only in the second. */
export interface WordPart {
  readonly kind: "kept" | "deleted" | "inserted";
  readonly text: string;
}

/** Longer texts are not compared. */
const longestText = 60_000;
/** Words, blanks and marks of one text that are compared, past what both begin and end with. */
const mostWords = 8_000;
/** With more words changed than this, marks would show nothing. */
const mostEdits = 1_000;

const pieces = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * Where two texts differ, word by word, with as few words changed as can be: the greedy algorithm of E. W. Myers, 1986,
 * "An O(ND) difference algorithm and its variations", Algorithmica 1, over words, blanks and punctuation marks. Kept and
 * deleted parts give the first text, kept and inserted ones the second. A blank between two changes is changed with
 * them. null: too long, or too much of it differs, for marks to help.
 */
export function wordDiff(first: string, second: string): readonly WordPart[] | null {
  if (Math.max(first.length, second.length) > longestText) return null;
  const [old, fresh] = [piecesOf(first), piecesOf(second)];
  const head = alike(old, fresh);
  const tail = alike(old.slice(head).reverse(), fresh.slice(head).reverse());
  const oldMiddle = old.slice(head, old.length - tail);
  const freshMiddle = fresh.slice(head, fresh.length - tail);
  if (Math.max(oldMiddle.length, freshMiddle.length) > mostWords) return null;
  const edits = shortestEdits(oldMiddle, freshMiddle);
  if (edits === null) return null;
  const kept = (texts: readonly string[]): WordPart => ({ kind: "kept", text: texts.join("") });
  return joined([kept(old.slice(0, head)), ...edits, kept(old.slice(old.length - tail))]);
}

function piecesOf(text: string): readonly string[] {
  if (!isUnspaced(text)) return text.match(pieces) ?? [];
  return [...new Intl.Segmenter("en", { granularity: "word" }).segment(text)].map(({ segment }) => segment);
}

function alike(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left[length] === right[length]) length += 1;
  return length;
}

/** How far each diagonal was reached before a round; diagonal k of round d is entry k + d + 1. */
type Trace = readonly Int32Array[];

/** The paper's forward search: round d finds how far each diagonal k = x - y is reached with d words changed. */
function shortestEdits(old: readonly string[], fresh: readonly string[]): readonly WordPart[] | null {
  const middle = mostEdits + 1;
  const reached = new Int32Array(2 * middle + 1);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= mostEdits; edits += 1) {
    trace.push(reached.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = middle + diagonal;
      const down = goesDown(reached, at, { diagonal, edits });
      let x = down ? (reached[at + 1] ?? 0) : (reached[at - 1] ?? 0) + 1;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x += 1;
      reached[at] = x;
      if (x >= old.length && x - diagonal >= fresh.length) return walkBack(old, fresh, trace);
    }
  }
  return null;
}

/** True where the furthest way to a diagonal comes by an inserted word, false where by a deleted one. */
function goesDown(
  reached: Int32Array,
  at: number,
  { diagonal, edits }: { diagonal: number; edits: number },
): boolean {
  return diagonal === -edits || (diagonal !== edits && (reached[at - 1] ?? 0) < (reached[at + 1] ?? 0));
}

/** The way that was found, from its end to its beginning. */
function walkBack(old: readonly string[], fresh: readonly string[], trace: Trace): readonly WordPart[] {
  const parts: WordPart[] = [];
  let [x, y] = [old.length, fresh.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reached = trace[edits] ?? new Int32Array();
    const diagonal = x - y;
    const at = diagonal + edits + 1;
    const down = goesDown(reached, at, { diagonal, edits });
    const fromX = edits === 0 ? 0 : (reached[down ? at + 1 : at - 1] ?? 0);
    const fromY = edits === 0 ? 0 : fromX - (diagonal + (down ? 1 : -1));
    for (; x > fromX && y > fromY; x -= 1, y -= 1) parts.push({ kind: "kept", text: old[x - 1] ?? "" });
    if (edits > 0)
      parts.push(
        down ? { kind: "inserted", text: fresh[fromY] ?? "" } : { kind: "deleted", text: old[fromX] ?? "" },
      );
    [x, y] = [fromX, fromY];
  }
  return parts.reverse();
}

/** Neighbours of one kind as one part; what is changed side by side first as it was, then as it is. */
function joined(parts: readonly WordPart[]): readonly WordPart[] {
  const whole: WordPart[] = [];
  let [kept, deleted, inserted] = ["", "", ""];
  const flush = () => {
    if (deleted !== "") whole.push({ kind: "deleted", text: deleted });
    if (inserted !== "") whole.push({ kind: "inserted", text: inserted });
    [deleted, inserted] = ["", ""];
  };
  for (const { kind, text } of parts) {
    if (kind === "kept") {
      kept += text;
      continue;
    }
    const between = deleted + inserted !== "" && /^\s+$/.test(kept);
    if (between) [deleted, inserted, kept] = [deleted + kept, inserted + kept, ""];
    if (kept !== "") {
      flush();
      whole.push({ kind: "kept", text: kept });
      kept = "";
    }
    if (kind === "deleted") deleted += text;
    else inserted += text;
  }
  flush();
  if (kept !== "") whole.push({ kind: "kept", text: kept });
  return whole;
}
