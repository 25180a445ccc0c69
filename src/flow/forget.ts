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

/**
 * Forgets, or says what would be forgotten. What quotes an output is found by the output's own texts, so these go last:
 * after a kill on the way the same order finds again whatever is left.
 */
export async function forget(ground: Ground, order: ForgetOrder): Promise<Forgotten> {
  const { forgetting } = ground.store;
  const sought = soughtBy(ground, order);
  const found = await collect(ground, sought);
  const rows: Record<string, number> = {};
  const add = (table: string, more: number): void => {
    if (more > 0) rows[table] = (rows[table] ?? 0) + more;
  };
  const change = (work: () => void): void => {
    if (!order.preview) ground.store.transaction(work);
  };
  add("output", found.outputs);
  if (sought.key !== null) add("verdict", forgetting.said(sought.key).length);
  if (sought.within !== null) add("answer", forgetting.answersOf(sought.within));
  if (sought.texts.length > 0) {
    forgetting.seek([...sought.texts, ...cleaned(found.quoted)]);
    for (const [table, held] of forgetting.holding(sought.within)) add(table, held);
    change(() => forgetting.scrubOthers(sought.within));
    await eachPage(ground, sought, ({ after, upTo }) => {
      const span = { automation: sought.within, except: sought.key ?? 0, after, upTo };
      add("verdict", forgetting.verdictsHolding(span));
      change(() => forgetting.scrubVerdicts(span));
    });
  }
  if (!order.preview) await wipeOutputs(ground, sought);
  change(() => {
    if (sought.within !== null) forgetting.dropAnswers(sought.within);
    ground.store.decisions.record({
      at: ground.clock.now(),
      who: order.who,
      why: order.why,
      what: "forget",
      automation: sought.within ?? "",
      subject: sought.key === null ? "a person" : `output ${sought.key}`,
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

/** What an order looks for. */
interface Sought {
  readonly texts: readonly string[];
  /** The automation to stay in: the same words elsewhere are others' words. Null: everywhere. */
  readonly within: string | null;
  /** The one output that is to be forgotten; null: all that hold the text. */
  readonly key: number | null;
}

function soughtBy(ground: Ground, order: ForgetOrder): Sought {
  if (!("id" in order.of)) return { texts: personTexts(order), within: null, key: null };
  const { key } = requireOutput(ground, order.of);
  return { texts: textsOf(ground, order.of, key), within: order.of.automation, key };
}

type Page = ReturnType<Ground["store"]["forgetting"]["pageAfter"]>;

/** Goes through the outputs a few hundred at a time; everything else has its turn between. */
async function eachPage(
  ground: Ground,
  { texts, within }: Sought,
  work: (span: { page: Page; after: number; upTo: number }) => void,
): Promise<void> {
  const { forgetting } = ground.store;
  const { signal } = new AbortController();
  let after = 0;
  for (;;) {
    // another order may have looked for something else meanwhile
    forgetting.seek(texts);
    const page = forgetting.pageAfter(within, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    work({ page, after, upTo: last.key });
    after = last.key;
    await ground.pause(pauseMs, signal);
  }
}

/** How many outputs are to go, and what is quoted of them elsewhere. */
async function collect(ground: Ground, sought: Sought): Promise<{ outputs: number; quoted: string[] }> {
  if (sought.key !== null) return { outputs: 1, quoted: [] };
  const quoted: string[] = [];
  let outputs = 0;
  await eachPage(ground, sought, ({ page }) => {
    const holding = page.filter(({ found }) => found === 1);
    outputs += holding.length;
    quoted.push(...holding.flatMap(({ automation, id, key }) => quotedOf(ground, automation, id, key)));
  });
  return { outputs, quoted };
}

/** A text of one output may stand in another: that one has its own life. */
async function wipeOutputs(ground: Ground, sought: Sought): Promise<void> {
  const { store, clock } = ground;
  const { key } = sought;
  if (key !== null) {
    store.forgetting.seek(sought.texts);
    return store.transaction(() => store.forgetting.wipe(key, clock.now()));
  }
  await eachPage(ground, sought, ({ page }) =>
    store.transaction(() => {
      for (const each of page) if (each.found === 1) store.forgetting.wipe(each.key, clock.now());
    }),
  );
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
