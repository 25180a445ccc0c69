import type { Command } from "commander";
import type { Ground } from "../flow/ground.js";
import { type AutomationState, overview } from "../flow/overview.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { sayStatus } from "../wording/states.js";
import { sayInstant } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { cut } from "./cut.js";
import { incidentData } from "./incident-data.js";
import { deadline, entryOf, markOf, sinceOf, stateOf, titleOf, whatOf, whoOf } from "./incident-words.js";
import { clean, type Outcome } from "./outcome.js";
import { isWide, records, table, widest, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";
import { look, openWorkplace } from "./workplace.js";

/** Incidents listed at once. */
const listed = 200;

/** `evenkeel incidents list`: what waits for someone, and who has it. */
export function addIncidentsList(incidents: Command, context: CommandContext): void {
  withCommonOptions(incidents.command("list"))
    .description("open incidents, what waits for someone first")
    .option("--all", "ended ones too, newest first")
    .action((options: CommonOptions & { all?: boolean }) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        return look(context.terminal, workplace, (ground) =>
          list(
            context.terminal,
            ground,
            options.all ? ground.store.incidents.list(listed) : openOnes(ground),
          ),
        );
      }),
    );
}

/** Nobody has it yet, then what is being worked on; each in the order it began. */
function openOnes(ground: Ground): readonly IncidentRow[] {
  const waits = (row: IncidentRow) => (row.status === "open" ? 0 : 1);
  return [...ground.store.incidents.open()].sort((left, right) => waits(left) - waits(right));
}

function list(terminal: Terminal, ground: Ground, rows: readonly IncidentRow[]): Outcome {
  const data = { incidents: rows.map((row) => incidentData(ground, row)) };
  const notes = reportNotes(ground);
  if (rows.length === 0) return clean(data, [noneOpen(ground)], { notes });
  const waiting = rows.filter((row) => row.status === "open");
  const lines = isWide(terminal) ? wideList(terminal, ground, rows) : narrowList(terminal, ground, rows);
  const next = waiting[0];
  return {
    exitCode: rows.some((row) => row.endedAt === null) ? 1 : 0,
    data,
    lines: [terminal.colors.bold(headOf(ground, rows)), "", ...lines],
    notes,
    ...(next === undefined ? {} : { next: { command: `incidents ack ${next.id}` } }),
  };
}

/** What people saw waits for someone too. */
function reportNotes({ store }: Ground): readonly string[] {
  const reports = [...store.reports.openCounts().values()].reduce((sum, each) => sum + each, 0);
  return reports === 0 ? [] : [`${sayCount(reports, "report")} from people to settle: evenkeel reports`];
}

/** "1 waiting, 1 acknowledged. Times: Europe/Vienna". */
function headOf(ground: Ground, rows: readonly IncidentRow[]): string {
  const count = (status: IncidentRow["status"]) => rows.filter((row) => row.status === status).length;
  const ended = rows.filter((row) => row.endedAt !== null).length;
  const counts = [
    `${count("open")} waiting`,
    ...(["acknowledged", "fallback", "recovering"] as const).flatMap((status) =>
      count(status) === 0 ? [] : [`${count(status)} ${sayStatus(status)}`],
    ),
    ...(ended === 0 ? [] : [`${ended} ended`]),
  ];
  return `${counts.join(", ")}. Times: ${ground.register.timeZone}`;
}

/** Never just "none": what cannot be seen stands beside it. */
/** The last to end is among the last to have been opened. */
const recentIncidents = 1_000;

function noneOpen(ground: Ground): string {
  const { store, register, clock } = ground;
  const ends = store.incidents
    .list(recentIncidents)
    .map(({ id, endedAt }) => ({ id, endedAt: endedAt ?? 0 }));
  const last = ends.sort((left, right) => right.endedAt - left.endedAt)[0];
  const ended =
    last === undefined
      ? ""
      : ` Last: ${last.id}, ended ${sayInstant(last.endedAt, register.timeZone, clock.now())}.`;
  return `No open incidents.${ended}${unseen(overview(ground))}`;
}

const unseenWords = { blind: "blind", "no-data": "without data", paused: "paused" } as const;

function unseen(states: readonly AutomationState[]): string {
  const parts = (["blind", "no-data", "paused"] as const).flatMap((state) => {
    const count = states.filter((each) => each.state === state).length;
    return count === 0 ? [] : [`${sayCount(count, "automation")} ${unseenWords[state]}`];
  });
  return parts.length === 0 ? "" : ` ${parts.join(", ")} (evenkeel doctor).`;
}

const wideColumns = [
  { head: "No." },
  { head: "Automation" },
  { head: "State" },
  { head: "Since" },
  { head: "Next deadline" },
  { head: "Who" },
  { head: "What" },
] as const;

function wideList(terminal: Terminal, ground: Ground, rows: readonly IncidentRow[]): readonly string[] {
  return table(
    terminal,
    wideColumns,
    rows.map((row) => ({
      ...markOf(row),
      cells: [
        String(row.id),
        titleOf(ground, row),
        stateOf(ground, row),
        sinceOf(ground, row),
        deadline(ground, row, { by: "" }),
        whoOf(ground, row).name,
        whatOf(ground, row),
      ],
    })),
  );
}

function narrowList(terminal: Terminal, ground: Ground, rows: readonly IncidentRow[]): readonly string[] {
  const idColumn = widest(rows.map((row) => String(row.id)));
  return records(
    terminal,
    rows.map((row) => {
      const who = whoOf(ground, row);
      const byHand = entryOf(ground, row)?.fallback?.by ?? null;
      const help =
        byHand === null || row.kind === "blind" || row.endedAt !== null ? "" : `; by hand: ${byHand}`;
      return {
        ...markOf(row),
        cells: [
          String(row.id),
          titleOf(ground, row),
          stateOf(ground, row),
          deadline(ground, row, { by: "by " }),
        ],
        under: [whatSince(terminal, ground, row, idColumn), `${who.role}${who.name}${help}`],
      };
    }),
  );
}

/** When it began stands whole behind what is wrong, which is cut where there is no room for both. */
function whatSince(terminal: Terminal, ground: Ground, row: IncidentRow, idColumn: number): string {
  const since = ` since ${sinceOf(ground, row)}`;
  const indent = idColumn + 4;
  return cut(whatOf(ground, row), widthOf(terminal) - indent - since.length) + since;
}
