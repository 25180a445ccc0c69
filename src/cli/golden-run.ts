import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { hang } from "../notify/plain.js";
import { sayOf } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import type { NextCommand, Outcome } from "./outcome.js";
import { colored, pad, visible, widest, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface RunOptions extends CommonOptions {
  readonly override?: boolean;
  readonly why?: string;
  readonly who?: string;
}

const answered = z.object({
  id: z.string(),
  status: z.enum(["pass", "fail", "error", "skipped"]),
  reason: z.string().nullable(),
  asked: z.number(),
  flickers: z.object({ hits: z.number(), n: z.number() }).nullable(),
});

/** What a golden run found, from this process or, as JSON, from the daemon. */
const goldenReport = z.object({
  run: z.number(),
  cases: z.array(answered),
  flips: z.looseObject({
    turnedWrong: z.array(z.string()),
    turnedRight: z.array(z.string()),
    fresh: z.array(z.string()),
  }),
});

type GoldenReport = z.infer<typeof goldenReport>;

/** `evenkeel golden run <automation>`: the known inputs, put to the automation now. */
export function addGoldenRun(golden: Command, context: CommandContext): void {
  withWho(withCommonOptions(golden.command("run <automation>")))
    .description("put the known inputs to the automation now and compare its answers")
    .option("--override", 'let it act for real, where effects is "real"; needs --why')
    .option("--why <text>", "why it may act for real, for the record")
    .action((automation: string, options: RunOptions) =>
      context.run(options, () => run(context, automation, options)),
    );
}

async function run({ terminal }: CommandContext, automation: string, options: RunOptions): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const { golden, automation: entry } = requireEntry(workplace, automation);
  if (golden === null) throw noGoldenSet(automation);
  if (options.override && options.why === undefined)
    throw new KnownError("usage", "--override needs --why: it is recorded");
  const override =
    options.override && options.why !== undefined
      ? { who: whoOf(terminal, workplace, options.who), why: options.why }
      : null;
  const command = { do: "golden-run", automation, override } as const;
  const data = await order(terminal, workplace, command, `asking ${automation} the known questions`);
  return sayReport(terminal, goldenReport.parse(data), { title: entry.title, automation, data });
}

/** The refusal where no golden set is configured. */
export function noGoldenSet(automation: string): KnownError {
  return new KnownError(
    "golden-none",
    `${automation} has no golden set; add "golden" with known inputs and answers to it in the configuration`,
  );
}

function sayReport(
  terminal: Terminal,
  report: GoldenReport,
  about: { title: string; automation: string; data: unknown },
): Outcome {
  const { cases, flips } = report;
  const agree = cases.filter((each) => each.status === "pass").length;
  const unsure = cases.filter((each) => each.status === "error" || each.status === "skipped");
  const wrong = cases.filter((each) => each.status === "fail");
  const turned = new Set([...flips.turnedWrong, ...flips.turnedRight]);
  const compared = flips.fresh.length < cases.length;
  const head = `${about.title}, golden run ${report.run}: ${agree} of ${cases.length} known answers agree`;
  const told = unsure.length === 0 ? "." : `, ${unsure.length} could not be told.`;
  return {
    exitCode: wrong.length + unsure.length > 0 ? 1 : 0,
    data: about.data,
    lines: [
      terminal.colors.bold(head + told),
      ...section(
        terminal,
        "Agreed before, does not now",
        "incident",
        wrong.filter((each) => turned.has(each.id)),
      ),
      ...section(
        terminal,
        "Did not agree before, does now",
        "steady",
        cases.filter((each) => flips.turnedRight.includes(each.id)),
      ),
      ...section(
        terminal,
        compared ? "Still wrong" : "Wrong",
        "drifting",
        wrong.filter((each) => !turned.has(each.id)),
      ),
      ...section(terminal, "Could not be told", "no-data", unsure),
      ...section(terminal, "Not steady by themselves", "no-data", cases.flatMap(asFlickering)),
    ],
    notes: compared ? [] : ["no run has been accepted yet, so nothing can be said to have turned"],
    next: nextOf(compared, about.automation),
  };
}

/** A case that was never steady, with what it did while it was learned and how often it was asked now. */
function asFlickering(each: GoldenReport["cases"][number]): GoldenReport["cases"] {
  if (each.flickers === null) return [];
  const times = each.asked === 1 ? "asked once" : `asked ${each.asked} times`;
  const now =
    each.status === "pass" ? "agrees" : each.status === "fail" ? "does not agree" : "cannot be told";
  const reason = `agreed in ${sayOf(each.flickers)} runs while it was learned; ${times} now, ${now}`;
  return [{ ...each, reason }];
}

function nextOf(compared: boolean, automation: string): NextCommand {
  return compared
    ? { command: `golden list ${automation}` }
    : { command: `golden accept ${automation} --why "..."`, why: "compares later runs with this one" };
}

const marks = { incident: "!", steady: "=", drifting: "/", "no-data": "-" } as const;

function section(
  terminal: Terminal,
  heading: string,
  state: keyof typeof marks,
  cases: GoldenReport["cases"],
): readonly string[] {
  if (cases.length === 0) return [];
  const column = widest(cases.map((each) => each.id));
  return [
    "",
    heading,
    ...cases.flatMap((each) => {
      const first = `  ${pad(visible(each.id), column)}  `;
      const lines = hang([visible(each.reason ?? (each.status === "pass" ? "agrees" : each.status))], {
        first,
        rest: " ".repeat(first.length),
        width: widthOf(terminal),
      });
      return lines.map((line, index) =>
        index === 0 ? line.replace(/^ /, colored(terminal, state, marks[state])) : line,
      );
    }),
  ];
}
