import type { Command } from "commander";
import type { Lesson } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { changedSince } from "../flow/changed-since.js";
import type { Ground } from "../flow/ground.js";
import { incidentStory } from "../flow/incident-story.js";
import { movesLeftOut, sayLeftOut } from "../flow/say-done.js";
import { whoWasTold } from "../flow/who-was-told.js";
import { renderFrame } from "../notify/channels/console.js";
import { compose } from "../notify/compose.js";
import { hang } from "../notify/plain.js";
import { zoneOf } from "../notify/story.js";
import { visibleMessage } from "../notify/visible-message.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCause } from "../wording/causes.js";
import { sayMoveEvent } from "../wording/move-events.js";
import { sayCount } from "../wording/numbers.js";
import { sayStatus } from "../wording/states.js";
import { sayDayAndTime, sayInstant, sayWeekdayClock } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { incidentData, incidentNumber, isoOf, isoTimed } from "./incident-data.js";
import { deadline } from "./incident-words.js";
import { clean, type NextCommand, type Outcome } from "./outcome.js";
import { pad, table, visible, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";
import { look, openWorkplace } from "./workplace.js";

/** Wrong outputs listed at most. */
const listedOutputs = 10_000;

/** `evenkeel incidents show <number>`: everything known about one incident. */
export function addIncidentsShow(incidents: Command, context: CommandContext): void {
  withCommonOptions(incidents.command("show <number>"))
    .description("one incident: what, since when, how sure, what to do by hand, its timeline")
    .option("--list", "the wrong outputs since the change, to be put right")
    .action((number: string, options: CommonOptions & { list?: boolean }) =>
      context.run(options, async () => {
        const { terminal } = context;
        const workplace = await openWorkplace(terminal, options.config);
        const id = incidentNumber(number);
        return look(terminal, workplace, (ground) =>
          options.list ? listWrong(terminal, ground, id) : show(terminal, ground, id),
        );
      }),
    );
}

/** The incident of that number; throws KnownError that names the open ones. */
export function requireIncident(ground: Ground, id: number): IncidentRow {
  const row = ground.store.incidents.get(id);
  if (row !== null) return row;
  const open = ground.store.incidents.open().map((each) => each.id);
  const known = open.length === 0 ? "None is open." : `Open: ${open.join(", ")}.`;
  throw new KnownError("incident-unknown", `No incident ${id}. ${known}`);
}

function show(terminal: Terminal, ground: Ground, id: number): Outcome {
  const now = ground.clock.now();
  const row = requireIncident(ground, id);
  const story = incidentStory(ground, id, now);
  if (story === null)
    throw new KnownError(
      "incident-unregistered",
      `Incident ${id} is about ${row.automation}, which the configuration no longer has`,
    );
  const zone = zoneOf(story);
  const opened = compose({ kind: "opened" }, story, now);
  const over = row.endedAt !== null;
  const when = sayWeekdayClock(row.openedAt, zone);
  const message = { ...opened, when, commands: [], ...(over ? { byHand: null, until: [] } : {}) };
  const say = (at: number) => sayInstant(at, zone, now);
  const width = widthOf(terminal);
  const events = story.moves.map((move) => ({
    at: say(move.at),
    text:
      [sayMoveEvent(move.event), ...(move.who === "evenkeel" ? [] : [`by ${move.who}`])].join(" ") +
      (move.why === null ? "" : `: ${move.why}`),
  }));
  const leftOut = sayLeftOut(ground, id, story.moves.length);
  const told = whoWasTold(ground, id);
  const messages = told.map((each) => ({
    at: say(each.at),
    text: `${each.kind} to ${each.channel}${each.forWhom === "" ? "" : `, for ${each.forWhom}`}: ${each.state}${each.error === null ? "" : ` (${each.error})`}`,
  }));
  return clean(
    {
      incident: incidentData(ground, row),
      moves: story.moves,
      movesLeftOut: movesLeftOut(ground, id, story.moves.length),
      byHand: { queue: story.life.queue, paused: story.life.paused },
      lessons: story.life.lessons,
      told: told.map(({ sentAt, ...each }) => ({ ...isoTimed(each), sentAt: isoOf(sentAt) })),
    },
    [
      terminal.colors.bold(statusLine(ground, row)),
      "",
      renderFrame(visibleMessage(message), []).trimEnd(),
      "",
      ...(story.life.lessons.length === 0
        ? []
        : ["Lessons of earlier incidents", ...logLines(lessonEvents(story.life.lessons, say), width), ""]),
      "Timeline",
      ...(leftOut === null ? [] : wrapped(terminal, `  ${leftOut}`, "  ")),
      ...logLines(events, width),
      "",
      "Messages",
      ...(messages.length === 0 ? ["  none"] : logLines(messages, width)),
    ],
    nextOf(row, story.life.closing !== null),
  );
}

/** "Incident 27: acknowledged by Jonas Feld, working again by 15:02 (7 h left)". */
function statusLine(ground: Ground, row: IncidentRow): string {
  const end = deadline(ground, row, { by: "by " });
  const status = sayStatus(row.status);
  const how = status.replace(/^ended:?\s*/, "");
  if (row.endedAt !== null) return `Incident ${row.id}: ${end}${how === "" ? "" : `: ${how}`}`;
  const by = row.acknowledgedBy === null ? "" : ` (${row.acknowledgedBy})`;
  return `Incident ${row.id}: ${status}${by}, ${end}`;
}

/** What was learned, of which incident. */
function lessonEvents(lessons: readonly Lesson[], say: (at: number) => string) {
  return lessons.map(({ incident, endedAt, cause, lesson }) => ({
    at: say(endedAt),
    text: `${lesson} (incident ${incident}; ${sayCause(cause)})`,
  }));
}

function logLines(events: readonly { at: string; text: string }[], width: number): readonly string[] {
  const column = Math.max(0, ...events.map(({ at }) => at.length));
  return events.flatMap(({ at, text }) => {
    const first = `  ${pad(at, column)}  `;
    return hang([visible(text)], { first, rest: " ".repeat(first.length), width });
  });
}

function nextOf(row: IncidentRow, isCauseStated: boolean): { next?: NextCommand } {
  const cause = {
    command: `incidents cause ${row.id} --cause "..." --lesson "..."`,
    why: "says what it was",
  };
  if (row.endedAt !== null) return isCauseStated ? {} : { next: cause };
  if (row.status === "recovering") return { next: { command: `incidents switch-back ${row.id}` } };
  if (row.status === "fallback")
    return { next: { command: `incidents switch-back ${row.id} --cause "..."` } };
  if (row.status === "open") return { next: { command: `incidents ack ${row.id}` } };
  return { next: { command: `incidents resolve ${row.id} --cause "..." --why "what it was"` } };
}

/** Outputs that failed the incident's checks since the change: what people put right afterwards. */
function listWrong(terminal: Terminal, ground: Ground, id: number): Outcome {
  const row = requireIncident(ground, id);
  const findings = ground.store.findings.ofIncident(id).map((each) => each.finding);
  const wrong = new Map<string, { id: string; at: number; reason: string; link: string | null }>();
  for (const finding of findings) {
    const { check, foundAt } = finding;
    if (check === null) continue;
    const since = changedSince(ground, row.automation, finding) ?? foundAt;
    for (const { output, reason } of ground.store.outputs.failingSince(
      row.automation,
      check,
      since,
      listedOutputs,
    ))
      wrong.set(output.id, { id: output.id, at: output.at, reason, link: output.link });
  }
  const outputs = [...wrong.values()].sort((left, right) => left.at - right.at);
  const data = {
    incident: id,
    outputs: outputs.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
  };
  if (outputs.length === 0) {
    const line = `Incident ${id}: no single output fails a check; what changed is the mix of them.`;
    return clean(data, [line], { next: { command: `incidents show ${id}` } });
  }
  const now = ground.clock.now();
  const rows = outputs.map((each) => ({
    mark: " ",
    state: "no-data" as const,
    cells: [
      each.id,
      sayDayAndTime(each.at, ground.register.timeZone, now),
      [each.reason, each.link ?? ""].join("  "),
    ],
  }));
  return clean(data, [
    `Incident ${id}: ${sayCount(outputs.length, "wrong output")} among those looked at. Times: ${ground.register.timeZone}`,
    "",
    ...table(terminal, [{ head: "Output" }, { head: "When" }, { head: "Wrong" }], rows),
  ]);
}
