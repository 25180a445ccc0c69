import type { Command } from "commander";
import { z } from "zod";
import { type AutomationState, overview } from "../flow/overview.js";
import { sayCount } from "../wording/numbers.js";
import { sayState } from "../wording/states.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { order } from "./order.js";
import type { NextCommand, Outcome } from "./outcome.js";
import { colored, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";
import { hasDatabase, look, openWorkplace } from "./workplace.js";

/** What a run says, from this process or, as JSON, from the daemon. */
const runReport = z.object({ outputs: z.number(), unreadable: z.string().nullable() });

/** `evenkeel run <automation>`: looks at an automation now. */
export function addRun(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("run <automation>"))
    .description("look at an automation now, whatever its schedule says")
    .action((automation: string, options: CommonOptions) =>
      context.run(options, () => run(context, automation, options)),
    );
}

async function run(
  { terminal }: CommandContext,
  automation: string,
  options: CommonOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const stateNow = () =>
    look(terminal, workplace, (ground) => overview(ground).find((each) => each.id === automation));
  const before = hasDatabase(workplace) ? await stateNow() : undefined;
  const command = { do: "run", automation } as const;
  const data = await order(terminal, workplace, command, `looking at ${automation}`);
  const report = runReport.parse(data);
  const state = await stateNow();
  return {
    exitCode: report.unreadable !== null || state?.state === "incident" ? 1 : 0,
    data: { ...report, state: state?.state ?? null, reason: state?.reason ?? null },
    lines: [
      ...wrapped(terminal, sayRun(report, state?.title ?? automation)),
      ...(state === undefined ? [] : stateLine(terminal, state)),
      ...sayIncident(before, state),
    ],
    notes: [],
    next: nextOf(state),
  };
}

function sayRun(report: z.infer<typeof runReport>, title: string): string {
  if (report.unreadable !== null) return `${title} cannot be read: ${report.unreadable}`;
  return report.outputs === 0
    ? `${title}: nothing new since the last look.`
    : `${title}: ${sayCount(report.outputs, "output")} looked at.`;
}

/** Whether this look opened the incident or found it open: who reads it would otherwise take an old one for news. */
function sayIncident(
  before: AutomationState | undefined,
  after: AutomationState | undefined,
): readonly string[] {
  const incident = after?.openIncidents[0];
  if (incident === undefined) return [];
  const wasOpen = before?.openIncidents.some(({ id }) => id === incident.id) ?? false;
  return [
    wasOpen
      ? `Incident ${incident.id} was open before this look.`
      : `This look opened incident ${incident.id}.`,
  ];
}

function stateLine(terminal: Terminal, { state, reason }: AutomationState): readonly string[] {
  const { mark, word } = sayState(state);
  const [first = "", ...rest] = wrapped(terminal, `${mark} ${word}: ${reason}`);
  return [first.replace(mark, colored(terminal, state, mark)), ...rest];
}

function nextOf(state: AutomationState | undefined): NextCommand {
  const incident = state?.openIncidents[0];
  return incident === undefined
    ? { command: "register", why: "says how all of them stand" }
    : { command: `incidents show ${incident.id}` };
}
