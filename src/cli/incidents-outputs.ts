import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import {
  type ExposedOutput,
  type ReworkCounts,
  type ReworkState,
  reworkStates,
  saidReworkStates,
} from "../domain/rework.js";
import { exposedCsv } from "../flow/exposed-csv.js";
import { exposedOutputs, reworkCounts } from "../flow/exposure.js";
import type { Ground } from "../flow/ground.js";
import { byteOrderMark } from "../text/csv.js";
import { sayCount } from "../wording/numbers.js";
import { sayResult, sayRework, sayReworkState } from "../wording/rework.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { incidentNumber, isoOf, isoTimed } from "./incident-data.js";
import { requireIncident } from "./incidents-show.js";
import { order } from "./order.js";
import { clean, type NextCommand, type Outcome } from "./outcome.js";
import { table } from "./table.js";
import type { Terminal } from "./terminal.js";
import { whoOf } from "./who.js";
import { look, openWorkplace } from "./workplace.js";

/** Lines shown on a screen; `--csv` and `--json` give all. */
const shownLines = 100;

interface ListOptions extends CommonOptions {
  readonly csv?: boolean;
  readonly state?: string;
}

interface ReworkOptions extends CommonOptions {
  readonly state: string;
  readonly all?: boolean;
  readonly who?: string;
  readonly why?: string;
}

const counted = z.int();

/** What was recorded, from this process or, as JSON, from the daemon. */
const reworked = z.object({
  rework: z.object({
    incident: counted,
    marked: counted,
    counts: z.object({ "to-check": counted, fine: counted, redone: counted, waived: counted }),
  }),
});

/** `evenkeel incidents outputs|rework <number>`. */
export function addIncidentOutputs(incidents: Command, context: CommandContext): void {
  withCommonOptions(incidents.command("outputs <number>"))
    .description("what went out since the last good output, and what became of it")
    .option("--state <state>", `only those that are one of ${reworkStates.join(", ")}`)
    .option("--csv", "as CSV, for a spreadsheet")
    .action((number: string, options: ListOptions) =>
      context.run(options, async () => {
        const { terminal } = context;
        const id = incidentNumber(number);
        const state = options.state === undefined ? null : oneOf(reworkStates, options.state);
        const workplace = await openWorkplace(terminal, options.config);
        return look(terminal, workplace, (ground) =>
          list(terminal, ground, { id, state, csv: options.csv === true }),
        );
      }),
    );
  withWho(withCommonOptions(incidents.command("rework <number> [outputs...]")))
    .description("say what became of outputs that went out")
    .requiredOption("--state <state>", `one of ${saidReworkStates.join(", ")}`)
    .option("--all", "all that are still to check")
    .option("--why <text>", "a remark, for the record; waiving needs it")
    .action((number: string, outputs: readonly string[], options: ReworkOptions) =>
      context.run(options, () => rework(context, number, outputs, options)),
    );
}

function oneOf<State extends string>(states: readonly State[], text: string): State {
  const state = states.find((each) => each === text);
  if (state === undefined)
    throw new KnownError("usage", `--state ${text}: expected one of ${states.join(", ")}`);
  return state;
}

function list(
  terminal: Terminal,
  ground: Ground,
  { id, state, csv }: { readonly id: number; readonly state: ReworkState | null; readonly csv: boolean },
): Outcome {
  const row = requireIncident(ground, id);
  const counts = reworkCounts(ground, row);
  const outputs = exposedOutputs(ground, row).filter((each) => state === null || each.state === state);
  const data = {
    incident: id,
    counts,
    outputs: outputs.map(({ key: _key, decidedAt, ...each }) => ({
      ...isoTimed(each),
      decidedAt: isoOf(decidedAt),
    })),
  };
  if (csv) {
    const [columns = "", ...rest] = exposedCsv(outputs);
    // a file is for a spreadsheet, a screen for eyes
    return clean(data, [`${terminal.isTty ? "" : byteOrderMark}${columns}`, ...rest]);
  }
  if (counts === null)
    return clean(data, [
      `Incident ${id}: no output is listed; no check tells which ones are wrong, or nothing went out since.`,
    ]);
  const zone = ground.register.timeZone;
  const head = `Incident ${id}: what went out since the last good output: ${sayRework(counts)}. Times: ${zone}`;
  const lines = outputs.slice(0, shownLines);
  const now = ground.clock.now();
  return clean(
    data,
    [
      terminal.colors.bold(head),
      "",
      ...table(
        terminal,
        [{ head: "Output" }, { head: "When" }, { head: "Check" }, { head: "State" }, { head: "" }],
        lines.map((each) => rowOf(each, sayDayAndTime(each.at, zone, now))),
      ),
    ],
    {
      notes:
        outputs.length > lines.length
          ? [`the first ${lines.length} of ${sayCount(outputs.length, "output")}; --csv gives all`]
          : [],
      ...nextOf(id, counts),
    },
  );
}

function rowOf(each: ExposedOutput, when: string) {
  const { id, result, state, who, note, link } = each;
  const said = who === null ? "" : note === null ? who : `${who}: ${note}`;
  return {
    mark: state === "to-check" && result === "fail" ? "!" : " ",
    state: state === "to-check" ? ("watching" as const) : ("no-data" as const),
    cells: [
      id,
      when,
      sayResult(result),
      sayReworkState(state),
      [said, link ?? ""].filter((part) => part !== "").join("  "),
    ],
  };
}

function nextOf(id: number, counts: ReworkCounts): { next?: NextCommand } {
  if (counts["to-check"] === 0) return {};
  return {
    next: { command: `incidents rework ${id} <output...> --state redone`, why: "says what was done" },
  };
}

async function rework(
  { terminal }: CommandContext,
  number: string,
  outputs: readonly string[],
  options: ReworkOptions,
): Promise<Outcome> {
  const incident = incidentNumber(number);
  if ((outputs.length === 0) === (options.all !== true))
    throw new KnownError(
      "usage",
      `name the outputs, or say --all; evenkeel incidents outputs ${incident} lists them`,
    );
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const state = oneOf(saidReworkStates, options.state);
  const of = options.all === true ? "all" : { ids: [...outputs] };
  const command = { do: "rework", incident, of, state, who, why: options.why ?? null } as const;
  const data = await order(terminal, workplace, command, `incident ${incident}`);
  const { marked, counts } = reworked.parse(data).rework;
  const line = `Incident ${incident}: ${sayCount(marked, "output")} ${sayReworkState(state)}, recorded as said by ${who}. Now: ${sayRework(counts)}.`;
  const next =
    counts["to-check"] === 0
      ? { command: `incidents show ${incident}` }
      : { command: `incidents outputs ${incident} --state to-check`, why: "shows what is left" };
  return clean(data, [line], { next });
}
