import type { Command } from "commander";
import { requireWatched } from "../flow/command.js";
import { inputsCovered, steadinessOf } from "../flow/golden-steadiness.js";
import type { Ground } from "../flow/ground.js";
import { withPromoted } from "../flow/learning/promoted-cases.js";
import type { Counts } from "../measure/counts.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import { sayCount, sayOf, sayShare } from "../wording/numbers.js";
import { sayInstant } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { peopleOf } from "./golden-people.js";
import { noGoldenSet } from "./golden-run.js";
import { clean, type Outcome } from "./outcome.js";
import { isWide, records, table } from "./table.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { look, openWorkplace } from "./workplace.js";

/** `evenkeel golden list <automation>`: the cases, how they stand, whose review is due. */
export function addGoldenList(golden: Command, context: CommandContext): void {
  withCommonOptions(golden.command("list <automation>"))
    .description("the cases, their latest result, whose review is due")
    .action((automation: string, options: CommonOptions) =>
      context.run(options, async () => {
        const { terminal } = context;
        const workplace = await openWorkplace(terminal, options.config);
        requireEntry(workplace, automation);
        return look(terminal, workplace, (ground) => list(terminal, ground, automation));
      }),
    );
}

const columns = [
  { head: "Case" },
  { head: "Now" },
  { head: "Accepted" },
  { head: "Usually" },
  { head: "Owner" },
  { head: "Review" },
  { head: "Tags" },
] as const;

const words = { pass: "agrees", fail: "wrong", error: "unsure", skipped: "not compared" } as const;

function list(terminal: Terminal, ground: Ground, automation: string): Outcome {
  const watched = requireWatched(ground, automation);
  const { entry, metrics } = watched;
  if (watched.golden === null) throw noGoldenSet(automation);
  const golden = withPromoted(ground, watched, watched.golden);
  const { store, clock } = ground;
  const latest = store.runs.latestDone(automation, "golden");
  const results = new Map(
    (latest === null ? [] : store.golden.results(latest.id)).map((each) => [each.caseId, each]),
  );
  const accepted = store.golden.accepted(automation);
  const steadiness = steadinessOf(ground, { entry, metrics }, golden);
  const today = dateOf(wallTime(clock.now(), entry.timeZone));
  const people = peopleOf(ground, watched);
  const cases = golden.cases.map((each) => ({
    ...each,
    ...people.dataOf(each.id),
    status: results.get(each.id)?.status ?? null,
    reason: results.get(each.id)?.reason ?? null,
    accepted: accepted.get(each.id) ?? null,
    learned: steadiness.get(each.id)?.learned ?? null,
    flickers: steadiness.get(each.id)?.flickering ?? false,
    due: each.reviewBy !== null && each.reviewBy <= today,
  }));
  const rows = cases.map((each) => ({
    ...markOf(each.status),
    cells: [
      each.id,
      each.status === null ? "not asked" : words[each.status],
      each.accepted === null ? "-" : each.accepted ? "agreed" : "wrong",
      usually(each),
      each.owner ?? "-",
      each.reviewBy === null ? "-" : `${each.due ? "due " : ""}${each.reviewBy}`,
    ],
    tags: each.tags.join(", "),
  }));
  const agree = cases.filter((each) => each.status === "pass").length;
  const when =
    latest === null
      ? "never run"
      : `${sayOf({ hits: agree, n: cases.length })} agree, last run ${sayInstant(latest.slotAt, entry.timeZone, clock.now())}`;
  const usualInputs = inputsCovered(ground, { entry, metrics });
  const lines = isWide(terminal)
    ? table(
        terminal,
        columns,
        rows.map((row) => ({ ...row, cells: [...row.cells, row.tags] })),
      )
    : records(
        terminal,
        rows.map((row) => ({ ...row, under: row.tags === "" ? [] : [row.tags] })),
      );
  return clean(
    { cases, reviewBy: golden.reviewBy, usualInputs },
    [
      terminal.colors.bold(`${entry.title}: ${sayCount(cases.length, "known answer")}, ${when}`),
      ...aboutSet(golden.reviewBy, today, usualInputs),
      "",
      ...lines,
      ...people.lines(terminal),
    ],
    latest === null ? { next: { command: `golden run ${automation}` } } : {},
  );
}

function aboutSet(reviewBy: string | null, today: string, usualInputs: Counts | null): readonly string[] {
  return [
    ...(reviewBy === null
      ? []
      : [reviewBy < today ? `Was to be reviewed by ${reviewBy}.` : `To be reviewed by ${reviewBy}.`]),
    ...(usualInputs === null ? [] : [`Usual inputs like the known ones: ${sayShare(usualInputs)}.`]),
  ];
}

/** "10 of 10 runs", "6 of 10 runs, flickers": what the case did while it was learned. */
function usually({ learned, flickers }: { learned: Counts | null; flickers: boolean }): string {
  if (learned === null || learned.n === 0) return "-";
  return `${sayOf(learned)} runs${flickers ? ", flickers" : ""}`;
}

function markOf(status: keyof typeof words | null) {
  switch (status) {
    case "pass":
      return { mark: "=", state: "steady" } as const;
    case "fail":
      return { mark: "!", state: "incident" } as const;
    case "error":
      return { mark: "?", state: "blind" } as const;
    case "skipped":
    case null:
      return { mark: "-", state: "no-data" } as const;
  }
}
