import type { Command } from "commander";
import { z } from "zod";
import type { SwitchWish } from "../automation/switch-action.js";
import { sayCause } from "../wording/causes.js";
import { upperFirst } from "../wording/sentences.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { incidentNumber } from "./incident-data.js";
import { causeOf } from "./incidents-move.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface LifeOptions extends CommonOptions {
  readonly who?: string;
  readonly why?: string;
}

interface CauseOptions extends LifeOptions {
  readonly cause: string;
  readonly lesson?: string;
}

/** What a command or an address answered, from this process or, as JSON, from the daemon. */
const paused = z.object({
  report: z.looseObject({ done: z.boolean(), said: z.string(), byHand: z.string().nullable() }),
});

/** `evenkeel incidents cause|pause|resume <number>`. */
export function addIncidentLife(incidents: Command, context: CommandContext): void {
  withWho(withCommonOptions(incidents.command("cause <number>")))
    .description("say afterwards what an ended incident came from")
    .requiredOption("--cause <cause>", "what it came from")
    .option("--lesson <text>", "what to remember the next time; the next message says it")
    .action((number: string, options: CauseOptions) =>
      context.run(options, () => stateCause(context, number, options)),
    );
  const wishes: readonly (readonly [SwitchWish, string])[] = [
    ["pause", "stop the automation by its pauseAction; who and why are recorded"],
    ["resume", "let the automation run again by its resumeAction; who and why are recorded"],
  ];
  for (const [wish, description] of wishes) {
    withWho(withCommonOptions(incidents.command(`${wish} <number>`)))
      .description(description)
      .option("--why <text>", "a reason, for the record")
      .action((number: string, options: LifeOptions) =>
        context.run(options, () => ask(context, number, wish, options)),
      );
  }
}

async function stateCause(
  { terminal }: CommandContext,
  number: string,
  options: CauseOptions,
): Promise<Outcome> {
  const id = incidentNumber(number);
  const cause = causeOf(options.cause);
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const lesson = options.lesson ?? null;
  const data = await order(
    terminal,
    workplace,
    { do: "cause", incident: id, cause, lesson, who },
    `incident ${id}`,
  );
  return clean(data, [`Incident ${id}: it came from ${sayCause(cause)}, recorded as said by ${who}.`], {
    next: { command: `incidents show ${id}` },
  });
}

async function ask(
  { terminal }: CommandContext,
  number: string,
  wish: SwitchWish,
  options: LifeOptions,
): Promise<Outcome> {
  const id = incidentNumber(number);
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const command = { do: "pause", incident: id, wish, who, why: options.why ?? null } as const;
  const data = await order(terminal, workplace, command, `asking to ${wish}`);
  const { report } = paused.parse(data);
  if (report.done) {
    const line = `Incident ${id}: ${wish}d, recorded as asked for by ${who}. ${upperFirst(report.said)}`;
    return clean(data, [line], { next: { command: `incidents show ${id}` } });
  }
  return {
    exitCode: 1,
    data,
    lines: [
      `Incident ${id}: NOT ${wish}d. ${upperFirst(report.said)}`,
      `By hand: ${report.byHand ?? "ask its owner"}`,
    ],
    notes: [],
    next: { command: `incidents show ${id}` },
  };
}
