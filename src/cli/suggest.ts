import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { commentsOf, fewestOutputs } from "../check/suggest/suggest-checks.js";
import { KnownError } from "../domain/errors.js";
import { requireWatched } from "../flow/command.js";
import { type Draft, draftChecks } from "../flow/draft-checks.js";
import { checkFileText } from "../text/check-file-text.js";
import { sayCount } from "../wording/numbers.js";
import { sayDate } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { newestCount } from "./newest-count.js";
import { clean, type Outcome } from "./outcome.js";
import { storedHistory } from "./stored-history.js";
import { requireEntry } from "./watched-entry.js";
import { inMemory, openWorkplace } from "./workplace.js";

interface SuggestOptions extends CommonOptions {
  readonly last: string;
  readonly stored?: boolean;
  readonly out?: string;
}

/** `evenkeel suggest <automation>`: a draft of checks from what was observed; switches nothing on. */
export function addSuggest(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("suggest <automation>"))
    .description("draft checks from the newest outputs; switches nothing on")
    .option("--last <number>", "how many of the newest outputs", "500")
    .option("--stored", "from what is stored, instead of the source")
    .option("--out <file>", "write the check file there instead of printing it")
    .action((automation: string, options: SuggestOptions) =>
      context.run(options, () => suggest(context, automation, options)),
    );
}

async function suggest(
  { terminal }: CommandContext,
  automation: string,
  options: SuggestOptions,
): Promise<Outcome> {
  const last = newestCount(options.last, fewestOutputs);
  if (options.out !== undefined && existsSync(options.out)) {
    throw new KnownError("suggest-exists", `${options.out}: there already; name another file with --out`);
  }
  const workplace = await openWorkplace(terminal, options.config);
  requireEntry(workplace, automation);
  return inMemory(terminal, workplace, async (ground) => {
    const watched = requireWatched(ground, automation);
    // pushed outputs can be had from the store alone
    const isStored = options.stored === true || watched.push !== null;
    const readable = isStored ? { ...watched, source: storedHistory(workplace, automation) } : watched;
    terminal.progress(`reading ${automation}`);
    const draft = await draftChecks(ground, readable, last, new AbortController().signal);
    if (draft.unreadable !== null && draft.outputs === 0) {
      throw new KnownError(
        "suggest-unreadable",
        `${watched.entry.title} cannot be read: ${draft.unreadable}`,
      );
    }
    const { title, timeZone } = watched.entry;
    const head = headOf(draft, { title, zone: timeZone, now: ground.clock.now() });
    return outcomeOf(automation, draft, { head, out: options.out, isStored });
  });
}

interface Telling {
  readonly head: readonly string[];
  readonly out: string | undefined;
  readonly isStored: boolean;
}

function outcomeOf(automation: string, draft: Draft, { head, out, isStored }: Telling): Outcome {
  const { suggestions, leftOut } = draft;
  const data = {
    ...draft,
    suggestions: suggestions.map((each) => ({ ...each, comments: commentsOf(each) })),
  };
  if (suggestions.length === 0) {
    return { exitCode: 0, data, lines: [], notes: [whyNothing(draft), ...leftOutNotes(draft)] };
  }
  const checks = suggestions.map((each) => ({
    settings: each.settings,
    comments: commentsOf(each),
    active: true,
  }));
  const text = checkFileText(head, checks);
  const notes = [
    `${sayCount(suggestions.length, "check")} drafted from ${draft.fitted} outputs and tried on ${draft.heldOut} newer ones; none is switched on`,
    ...(draft.passedOver === 0
      ? []
      : [
          `${sayCount(draft.passedOver, "output")} with an error instead of a text ${draft.passedOver === 1 ? "was" : "were"} passed over`,
        ]),
    ...(isStored ? ["stored outputs are redacted as the configuration says; the source may show more"] : []),
    ...(draft.unreadable === null ? [] : [`the source broke off: ${draft.unreadable}`]),
    ...leftOutNotes({ leftOut }),
  ];
  if (out === undefined) return { exitCode: 0, data, lines: text.trimEnd().split("\n"), notes };
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, text, { flag: "wx" });
  return clean(data, [`${out}: ${sayCount(suggestions.length, "check")} to read through.`], {
    notes,
    next: { command: `try ${automation}`, why: "once the configuration names the file" },
  });
}

function headOf(
  draft: Draft,
  { title, zone, now }: { title: string; zone: string; now: number },
): readonly string[] {
  const span =
    draft.from === null || draft.to === null
      ? ""
      : ` from ${sayDate(draft.from, zone, now)} to ${sayDate(draft.to, zone, now)}`;
  return [
    `A draft for ${title}, made from ${sayCount(draft.outputs, "output")}${span}.`,
    `Each check was made from the older ${draft.fitted} and tried on the newer ${draft.heldOut}. It says what was usual, not what is right: keep what you would want to be told of, and change the rest.`,
  ];
}

function whyNothing({ outputs }: Draft): string {
  return outputs < fewestOutputs
    ? `${sayCount(outputs, "output")} read; suggestions need ${fewestOutputs} at least`
    : "nothing was regular enough to suggest";
}

function leftOutNotes({ leftOut }: Pick<Draft, "leftOut">): readonly string[] {
  return leftOut.map(({ id, why }) => `left out ${id}: ${why}`);
}
