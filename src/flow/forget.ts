/**
 * Forgetting an output or a person. In: which, by whom ordered, whether only to look. Out: how many rows of which table;
 * what is done is recorded as a decision, without what was forgotten. That an output was, when, and how it was judged
 * stays: counts and shares remain true.
 */
import { KnownError } from "../domain/errors.js";
import type { Ground } from "./ground.js";

/** An order to forget. */
export interface ForgetOrder {
  readonly of: { readonly automation: string; readonly id: string } | { readonly text: string };
  /** True: only counted. */
  readonly preview: boolean;
  readonly who: string;
  readonly why: string;
}

/** What holds it, or held it. */
export interface Forgotten {
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly preview: boolean;
}

/** Outputs looked through at once. */
const pageSize = 300;
const pauseMs = 10;
/** A shorter text is in too many others. */
const shortestText = 3;
/** A line of an output that is shorter may stand in any other. */
const shortestLine = 16;
const mostTexts = 500;

/** Forgets, or says what would be forgotten. */
export async function forget(ground: Ground, order: ForgetOrder): Promise<Forgotten> {
  const { forgetting } = ground.store;
  const output = "id" in order.of ? requireOutput(ground, order.of) : null;
  const texts =
    "id" in order.of && output !== null ? textsOf(ground, order.of, output.key) : personTexts(order);
  // what quotes an output lies with its automation: the same words elsewhere are others' words
  const within = "id" in order.of ? order.of.automation : null;
  const rows: Record<string, number> = {};
  const add = (table: string, more: number): void => {
    if (more > 0) rows[table] = (rows[table] ?? 0) + more;
  };
  const quoted: string[] = [];
  const now = ground.clock.now();
  const { signal } = new AbortController();
  const change = (work: () => void): void => {
    if (!order.preview) ground.store.transaction(work);
  };
  if (output !== null && "id" in order.of) {
    const { automation } = order.of;
    add("output", 1);
    add("verdict", forgetting.said(output.key).length);
    add("answer", forgetting.answersOf(automation));
    change(() => {
      forgetting.wipe(output.key, now);
      forgetting.dropAnswers(automation);
    });
  }
  forgetting.seek(texts);
  // a text of one output may stand in another: that one has its own life
  let after = texts.length === 0 ? Number.MAX_SAFE_INTEGER : 0;
  for (;;) {
    forgetting.seek(texts);
    const page = forgetting.pageAfter(within, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    const holding = output === null ? page.filter(({ found }) => found === 1) : [];
    add("output", holding.length);
    quoted.push(...holding.flatMap(({ automation, id, key }) => quotedOf(ground, automation, id, key)));
    add("verdict", forgetting.verdictsHolding({ automation: within, after, upTo: last.key }));
    const from = after;
    change(() => {
      for (const { key } of holding) forgetting.wipe(key, now);
      forgetting.scrubVerdicts({ automation: within, after: from, upTo: last.key });
    });
    after = last.key;
    await ground.pause(pauseMs, signal);
  }
  forgetting.seek([...texts, ...cleaned(quoted)]);
  if (texts.length > 0) for (const [table, held] of forgetting.holding(within)) add(table, held);
  change(() => {
    if (texts.length > 0) forgetting.scrubOthers(within);
    ground.store.decisions.record({
      at: now,
      who: order.who,
      why: order.why,
      what: "forget",
      automation: "id" in order.of ? order.of.automation : "",
      subject: output === null ? "a person" : `output ${output.key}`,
    });
  });
  // what was overwritten in the database still stands in its log
  if (!order.preview && !ground.store.file.emptyLog())
    throw new KnownError(
      "forget-log",
      "it is forgotten in the database, but another program is reading it, so that the log beside it still holds it; end that program and order it again",
    );
  return { rows, preview: order.preview };
}

function requireOutput(ground: Ground, { automation, id }: { automation: string; id: string }) {
  const output = ground.store.forgetting.output(automation, id);
  if (output !== null) return output;
  throw new KnownError(
    "output-unknown",
    `${automation} has no output "${id}"; evenkeel incidents show names the ids of its examples`,
  );
}

function personTexts({ of, who, why }: ForgetOrder): readonly string[] {
  const text = "text" in of ? of.text.trim() : "";
  if (text.length < shortestText)
    throw new KnownError("forget-short", `"${text}" is too short: it stands in too many other words`);
  const recorded = `${who}\n${why}`.toLowerCase();
  if (recorded.includes(text.toLowerCase()))
    throw new KnownError(
      "forget-recorded",
      "the reason or the name it is recorded under holds what is to be forgotten; say it otherwise",
    );
  return [text];
}

/** What may have been quoted of an output elsewhere: its lines, what its verdicts quote, what messages showed of it. */
function textsOf(
  ground: Ground,
  { automation, id }: { automation: string; id: string },
  key: number,
): readonly string[] {
  const { forgetting } = ground.store;
  const output = forgetting.output(automation, id);
  const whole = [output?.text, output?.input, output?.finalText].flatMap((each) => each ?? []);
  const quoted = quotedOf(ground, automation, id, key);
  const pieces = [...whole, ...quoted].flatMap((each) => [
    each,
    ...each.split("\n").filter((line) => line.trim().length >= shortestLine),
  ]);
  const found = cleaned(pieces);
  // taken out everywhere, a common answer would be taken out of what others say of other outputs
  const others = new Set(forgetting.wholeElsewhere(automation, key, found));
  return found.filter((piece) => !others.has(piece));
}

/** What verdicts and messages quote of an output; it may be cut off in the middle of a name. */
function quotedOf({ store }: Ground, automation: string, id: string, key: number): readonly string[] {
  const { forgetting } = store;
  const excerpts = forgetting.said(key).flatMap(({ excerpt, reason }) => [
    ...(excerpt === null ? [] : [excerpt]),
    // a reason is our sentence: only what it quotes is the output's
    ...[...(reason ?? "").matchAll(/["“]([^"“”]{6,})["”]/g)].map((match) => match[1] ?? ""),
  ]);
  return [...excerpts, ...forgetting.messagesOf(automation).flatMap((message) => examplesOf(message, id))];
}

/** Without the mark of a cut; what is too short may stand anywhere. */
function cleaned(pieces: readonly string[]): readonly string[] {
  const whole = pieces.map((each) => each.replace(/…/g, "").trim()).filter((each) => each.length >= 6);
  return [...new Set(whole)].slice(0, mostTexts);
}

/** Excerpts that a stored message shows of an output. */
function examplesOf(message: string, id: string): readonly string[] {
  const parsed: unknown = JSON.parse(message);
  if (typeof parsed !== "object" || parsed === null || !("examples" in parsed)) return [];
  const examples: readonly unknown[] = Array.isArray(parsed.examples) ? parsed.examples : [];
  return examples.flatMap((each) =>
    typeof each === "object" && each !== null && "id" in each && each.id === id && "excerpt" in each
      ? [String(each.excerpt)]
      : [],
  );
}
