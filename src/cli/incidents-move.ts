import type { Command } from "commander";
import { z } from "zod";
import { type IncidentCause, incidentCauses } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { incidentStatuses } from "../domain/incident.js";
import type { PersonalMove } from "../flow/move-incident.js";
import { sayList } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { incidentData, incidentNumber } from "./incident-data.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { whoOf } from "./who.js";
import { look, openWorkplace } from "./workplace.js";

interface MoveOptions extends CommonOptions {
  readonly who?: string;
  readonly why?: string;
  readonly as?: string;
  readonly off?: boolean;
  readonly override?: boolean;
  readonly waiveRest?: boolean;
  readonly cause?: string;
  readonly lesson?: string;
}

/** The incident after a move, from this process or, as JSON, from the daemon. */
const moved = z.object({
  incident: z.looseObject({
    id: z.number(),
    status: z.enum(incidentStatuses),
    endedAt: z.number().nullable(),
  }),
});

const movedAll = z.object({ incidents: z.array(moved.shape.incident) });

const endings: Readonly<Record<string, PersonalMove["event"]>> = {
  resolved: "resolve",
  "false-alarm": "false-alarm",
  "accepted-change": "accept-change",
  "switched-back": "switch-back",
};

/** `evenkeel incidents ack|fallback|switch-back|resolve <number>`. */
export function addIncidentMoves(incidents: Command, context: CommandContext): void {
  withWho(withCommonOptions(incidents.command("ack [number]")))
    .description("say that you have seen it and see to it")
    .option("--group <number>", "all that were announced together")
    .option("--why <text>", "a remark, for the record")
    .action((number: string | undefined, options: MoveOptions & { group?: string }) =>
      context.run(options, () =>
        options.group === undefined
          ? move(context, number ?? missing("ack"), "acknowledge", options)
          : acknowledgeAll(context, options.group, options),
      ),
    );
  withWho(withCommonOptions(incidents.command("fallback <number>")))
    .description("say that people do it by hand now")
    .option("--off", "say that they do not any more; the incident stays open")
    .option("--why <text>", "a remark, for the record")
    .action((number: string, options: MoveOptions) =>
      context.run(options, () =>
        move(context, number, options.off === true ? "fallback-off" : "fallback-on", options),
      ),
    );
  withCause(withWho(withCommonOptions(incidents.command("switch-back <number>"))))
    .description("let the automation work alone again; needs a fresh sample that passes")
    .option("--why <text>", "a remark, for the record; an override needs it")
    .option("--override", "although no fresh sample passes, on record")
    .action((number: string, options: MoveOptions) =>
      context.run(options, () => move(context, number, "switch-back", options)),
    );
  const names = Object.keys(endings).join(", ");
  withCause(withWho(withCommonOptions(incidents.command("resolve <number>"))))
    .description("end an incident; says how it ended and what it came from")
    .requiredOption("--why <text>", "what it was, for the record")
    .option("--as <ending>", `one of ${names}`, "resolved")
    .option("--override", "although people stand in and no fresh sample passes, on record")
    .option("--waive-rest", "although outputs that went out are still to check, on record")
    .action((number: string, options: MoveOptions) =>
      context.run(options, () => {
        const event = endings[options.as ?? "resolved"];
        if (event === undefined)
          throw new KnownError("usage", `--as ${options.as}: expected one of ${names}`);
        return move(context, number, event, options);
      }),
    );
}

function missing(command: string): never {
  throw new KnownError(
    "usage",
    `missing required argument "number", or --group\nevenkeel incidents ${command} --help says what can be typed`,
  );
}

async function acknowledgeAll(
  { terminal }: CommandContext,
  group: string,
  options: MoveOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const command = { do: "acknowledge-group", group: incidentNumber(group), who } as const;
  const data = await order(terminal, workplace, command, `group ${group}`);
  const { incidents } = movedAll.parse(data);
  const numbers = sayList(incidents.map(({ id }) => String(id)));
  const what = incidents.length === 1 ? "Incident" : "Incidents";
  return clean({ incidents }, [`${what} ${numbers}: acknowledged, recorded as said by ${who}.`], {
    next: { command: "incidents list", why: "shows what is still open" },
  });
}

/** Adds the options that say what an incident came from. */
function withCause(command: Command): Command {
  return command
    .option("--cause <cause>", `what it came from: ${incidentCauses.join(", ")}`)
    .option("--lesson <text>", "what to remember the next time; the next message says it");
}

/** The cause that was typed; throws KnownError that lists the known ones. */
export function causeOf(text: string): IncidentCause {
  const cause = incidentCauses.find((each) => each === text);
  if (cause === undefined)
    throw new KnownError("usage", `--cause ${text}: expected one of ${incidentCauses.join(", ")}`);
  return cause;
}

async function move(
  { terminal }: CommandContext,
  number: string,
  event: PersonalMove["event"],
  options: MoveOptions,
): Promise<Outcome> {
  const id = incidentNumber(number);
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const command = {
    do: "move",
    incident: id,
    event,
    who,
    why: options.why ?? null,
    cause: options.cause === undefined ? null : causeOf(options.cause),
    lesson: options.lesson ?? null,
    override: options.override === true,
    waiveRest: options.waiveRest === true,
  } as const;
  const data = await order(terminal, workplace, command, `incident ${id}`);
  const { incident } = moved.parse(data);
  const after = await look(terminal, workplace, (ground) => {
    const row = ground.store.incidents.get(id);
    return { incident: row === null ? incident : incidentData(ground, row) };
  });
  return clean(after, [`Incident ${id}: ${sayStatus(incident.status)}, recorded as said by ${who}.`], {
    next:
      incident.endedAt === null
        ? { command: `incidents show ${id}`, why: "says what to do by hand" }
        : { command: "incidents list", why: "shows what is still open" },
  });
}
