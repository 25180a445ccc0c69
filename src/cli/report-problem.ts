import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { reportRequest } from "../flow/report-request.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { reportData, reportShape } from "./report-data.js";
import { openWorkplace } from "./workplace.js";

interface ReportOptions extends CommonOptions {
  readonly what?: string;
  readonly by?: string;
  readonly output?: string;
  readonly link?: string;
  readonly seenAt?: string;
  readonly urgent?: boolean;
}

const reportedShape = z.object({
  report: reportShape,
  incident: z.int().nullable(),
  opened: z.boolean(),
  alike: z.int(),
  outputKnown: z.boolean().nullable(),
});

type Told = z.infer<typeof reportedShape>;

/** `evenkeel report-problem <automation>`: puts on record that someone saw something odd. */
export function addReportProblem(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("report-problem <automation>"))
    .description("say that someone saw something odd: on record, or with --urgent an incident")
    .option("--what <text>", "what was odd, in a sentence")
    .option("--by <name>", "who saw it, a name or an e-mail address; default: you on this computer")
    .option("--output <id>", "the output it is about")
    .option("--link <url>", "where it can be looked at")
    .option("--seen-at <when>", 'when it was seen: "2026-11-17 15:00" or "15:00"; default: now')
    .option("--urgent", "it may still be going out: whoever is on call is told now")
    .action((automation: string, options: ReportOptions) =>
      context.run(options, () => report(context, automation, options)),
    );
}

async function report(
  { terminal }: CommandContext,
  automation: string,
  options: ReportOptions,
): Promise<Outcome> {
  const { what, output, link, seenAt, urgent = false } = options;
  if (what === undefined) throw new KnownError("usage", `report-problem: say what was odd: --what "..."`);
  const request = reportRequest.safeParse({
    automation,
    what,
    by: options.by ?? terminal.user,
    output,
    link,
    seenAt,
    urgent,
  });
  const fault = request.error?.issues[0];
  if (!request.success) throw new KnownError("usage", `${fault?.path.join(".")}: ${fault?.message}`);
  const workplace = await openWorkplace(terminal, options.config);
  const told = reportedShape.parse(
    await order(terminal, workplace, { do: "report", ...request.data }, "recording the report"),
  );
  const { report: made, ...where } = told;
  return clean({ report: reportData(made), ...where }, [said(told)], {
    notes: told.outputKnown === false ? [`Output ${made.output ?? ""} is not among those seen so far.`] : [],
    next:
      told.incident === null
        ? { command: "reports", why: "lists what waits to be settled" }
        : { command: `incidents show ${told.incident}` },
  });
}

function said({ report: made, incident, opened, alike }: Told): string {
  const first = `Report ${made.id} of ${made.automation} is on record, seen by ${made.who}`;
  const others = alike > 1 ? ` ${sayCount(alike, "report")} about this wait.` : "";
  if (incident === null) return `${first}. Nobody was called: it stands in the digest.${others}`;
  return opened
    ? `${first}, and opened incident ${incident}. It ends when a person closes it.${others}`
    : `${first}, and belongs to incident ${incident}.${others}`;
}
