import type { Command } from "commander";
import { sayMarker } from "../flow/changes/say-marker.js";
import type { Ground } from "../flow/ground.js";
import type { MarkerRow } from "../store/change-marker.js";
import type { EarlierBaseline } from "../store/earlier-baseline.js";
import { sayCount, sayOf } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { isoOf } from "./incident-data.js";
import { clean, type Outcome } from "./outcome.js";
import { visible } from "./table.js";
import { requireEntry } from "./watched-entry.js";
import { look, openWorkplace } from "./workplace.js";

/** Markers shown of one automation. */
const shownMarkers = 20;

/** `evenkeel changes [automation]`: what was changed, and what moved since. */
export function addChanges(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("changes [automation]"))
    .description("what was changed, by whom, and every metric before and since")
    .action((automation: string | undefined, options: CommonOptions) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        if (automation !== undefined) requireEntry(workplace, automation);
        return look(context.terminal, workplace, (ground) => show(ground, automation));
      }),
    );
}

function show(ground: Ground, automation: string | undefined): Outcome {
  const entries = ground.register.automations.map((each) => each.entry);
  const markers = entries
    .filter(({ id }) => automation === undefined || id === automation)
    .map((entry) => ({ entry, rows: ground.store.changes.list(entry.id, shownMarkers) }));
  const changes = markers.flatMap(({ rows }) => rows.map((row) => dataOf(ground, row)));
  const baselines = markers.flatMap(({ entry }) =>
    ground.store.earlierBaselines.list(entry.id, shownMarkers),
  );
  const earlierBaselines = baselines.map((each) => ({ ...each, endedAt: isoOf(each.endedAt) }));
  const data = { changes, earlierBaselines };
  if (changes.length === 0 && baselines.length === 0)
    return clean(data, ["No change has been seen or told."]);
  const lines = markers.flatMap(({ entry, rows }) => {
    const about = [
      ...rows.flatMap((row) => linesOf(ground, row, entry.timeZone)),
      ...baselines
        .filter((each) => each.automation === entry.id)
        .map((each) => visible(`  ${sayBaseline(ground, each, entry.timeZone)}`)),
    ];
    return about.length === 0 ? [] : [entry.title, ...about, ""];
  });
  return clean(data, lines.slice(0, -1));
}

function dataOf(ground: Ground, row: MarkerRow): object {
  const { notedAt, lookAt: _, ...rest } = row;
  const metrics = row.comparedAt === null ? null : ground.store.changes.comparison(row.id);
  return {
    ...rest,
    at: isoOf(row.at),
    notedAt: isoOf(notedAt),
    comparedAt: isoOf(row.comparedAt),
    metrics,
  };
}

/** "“Currency known” learns anew since Tue 07:00 (what is measured was edited); usual before: 97 of 100 outputs". */
function sayBaseline(ground: Ground, baseline: EarlierBaseline, zone: string): string {
  const { title, endedAt, why, hits, n, outputs } = baseline;
  const when = sayDayAndTime(endedAt, zone, ground.clock.now());
  const usual =
    hits === null || n === null
      ? `it was learned from ${sayCount(outputs, "output")}`
      : `usual before: ${sayOf({ hits, n })} outputs`;
  return `“${title}” learns anew since ${when} (${why}); ${usual}`;
}

function linesOf(ground: Ground, row: MarkerRow, zone: string): readonly string[] {
  const when = sayDayAndTime(row.at, zone, ground.clock.now());
  const golden =
    row.retest === "owed"
      ? "; golden run due"
      : row.retestRun === null
        ? ""
        : `; golden run ${row.retestRun}`;
  return [
    visible(`  ${row.id}  ${when}  ${upperFirst(sayMarker(row))}${golden}`),
    ...comparisonLines(ground, row).map((line) => visible(`     ${line}`)),
  ];
}

function comparisonLines(ground: Ground, row: MarkerRow): readonly string[] {
  if (row.comparedAt === null) return ["Not compared yet: it needs outputs of a day at least"];
  const of = `${sayCount(row.beforeOutputs ?? 0, "output")} before, ${sayCount(row.sinceOutputs ?? 0, "output")} since`;
  const metrics = ground.store.changes.comparison(row.id);
  const moved = metrics.filter((each) => each.result === "moved");
  const few = metrics.filter((each) => each.result === "too-few").length;
  const same = metrics.length - moved.length - few;
  if (metrics.length === few) return [`Too few outputs to compare (${of})`];
  return [
    ...(moved.length === 0 ? [`Nothing moved (${of})`] : moved.map((each) => upperFirst(each.sentence))),
    ...(moved.length === 0 ? [] : [`${sayCount(same, "metric")} as before (${of})`]),
  ];
}
