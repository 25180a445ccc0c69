/**
 * A trial: reads real outputs and runs the checks on them; stores nothing, notifies nobody.
 * In: an automation, how many of its newest outputs. Out: per check what passed, failed and could not be told.
 */

import { runChecks } from "../check/run-checks.js";
import { nobody } from "../domain/asking.js";
import type { Aside, Output } from "../domain/output.js";
import type { Verdict } from "../domain/verdict.js";
import type { DaySpend } from "../store/answer.js";
import { redactAside, redactOutput, redactText, storedId } from "../text/redact.js";
import type { Ground, Watched } from "./ground.js";
import { askingChecks, judgeOutputs } from "./judge-outputs.js";
import { newestOutputs } from "./newest-outputs.js";
import { judgingDay } from "./spend.js";

/** What one check said. */
export interface TriedCheck {
  readonly id: string;
  readonly title: string;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skipped: number;
  /** What failed or could not be told, and passes with a note. */
  readonly examples: readonly {
    readonly output: string;
    readonly status: Verdict["status"];
    readonly reason: string;
  }[];
}

/** What asking came to: requests, their cost, questions that a cap refused, and those that got no usable answer. */
export interface Asked extends DaySpend {
  readonly unanswered: number;
}

/** What a trial showed. */
export interface Trial {
  readonly outputs: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly checks: readonly TriedCheck[];
  /** What asking models and services came to; null: no check asks. */
  readonly asking: Asked | null;
  readonly asides: readonly Aside[];
  readonly unreadable: string | null;
  readonly newest: readonly Output[];
}

/** Tries an automation's checks on its newest outputs. */
export async function tryChecks(
  ground: Ground,
  watched: Watched,
  last: number,
  signal: AbortSignal,
): Promise<Trial> {
  const read = await newestOutputs(ground, watched, last, signal);
  const plain = watched.checks.filter((check) => !check.asks);
  const before = ground.store.answers.spentOn(judgingDay(ground), watched.entry.id);
  const asked = await judgeOutputs(ground, watched, {
    run: "trial",
    at: ground.clock.now(),
    // whom it asks sees what would be stored
    outputs: read.outputs.map((output) => redactOutput(output, watched.storeMode)),
    checks: askingChecks(watched),
    signal,
  });
  const verdicts = await Promise.all(
    read.outputs.map(async (output) => {
      const said = await runChecks(plain, output, nobody);
      return {
        output,
        said: new Map([...said, ...(asked.verdicts.get(storedId(output.id, watched.storeMode)) ?? [])]),
      };
    }),
  );
  const times = read.outputs.map((output) => output.at);
  return {
    outputs: read.outputs.length,
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
    checks: watched.checks.map(({ id, title }) => tried(id, title, verdicts, watched.storeMode)),
    asking: spentSince(ground, watched, before, asked.unanswered),
    asides: read.asides.map(redactAside),
    unreadable: read.unreadable === null ? null : redactText(read.unreadable),
    newest: read.outputs.slice(-3).map((output) => redactOutput(output, watched.storeMode)),
  };
}

/** What the trial itself came to; the day's caps know of more. */
function spentSince(ground: Ground, watched: Watched, before: DaySpend, unanswered: number): Trial["asking"] {
  if (askingChecks(watched).length === 0) return null;
  const now = ground.store.answers.spentOn(judgingDay(ground), watched.entry.id);
  return {
    questions: now.questions - before.questions,
    costMicros: now.costMicros - before.costMicros,
    refused: now.refused - before.refused,
    unanswered,
  };
}

function tried(
  id: string,
  title: string,
  verdicts: readonly { output: Output; said: ReadonlyMap<string, Verdict> }[],
  mode: Watched["storeMode"],
): TriedCheck {
  const counts = { pass: 0, fail: 0, error: 0, skipped: 0 };
  const examples: TriedCheck["examples"][number][] = [];
  for (const { output, said } of verdicts) {
    const verdict = said.get(id);
    if (verdict === undefined) continue;
    counts[verdict.status] += 1;
    const { status, reason } = verdict;
    if (status !== "skipped" && reason !== undefined)
      examples.push({ output: storedId(output.id, mode), status, reason });
  }
  return { id, title, ...counts, examples };
}
