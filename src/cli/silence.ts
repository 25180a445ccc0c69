import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import type { Silence } from "../domain/silence.js";
import type { Ground } from "../flow/ground.js";
import { previewSilence, silenceRequest } from "../flow/order-silence.js";
import type { SilencePreview } from "../flow/preview-silence.js";
import { sayMatch } from "../flow/silences.js";
import { sayCount } from "../wording/numbers.js";
import { sayList } from "../wording/sentences.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { silenceData, silenceReport } from "./silence-data.js";
import { table } from "./table.js";
import type { Terminal } from "./terminal.js";
import { whoOf } from "./who.js";
import { look, openWorkplace, type Workplace } from "./workplace.js";

/** Silences listed at once. */
const listed = 100;

interface AddOptions extends CommonOptions {
  readonly automation?: readonly string[];
  readonly vendor?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly process?: readonly string[];
  readonly check?: readonly string[];
  readonly kind?: readonly string[];
  readonly until?: string;
  readonly why?: string;
  readonly who?: string;
  readonly yes?: boolean;
  readonly preview?: boolean;
}

const previewReport = z.object({
  automations: z.array(z.string()),
  ofAutomations: z.number(),
  now: z.object({ findings: z.number(), incidents: z.array(z.number()) }),
  lastWeek: z.object({ incidents: z.array(z.number()), messages: z.number() }),
  doubts: z.array(z.string()),
});

/** `evenkeel silence add|list|end`. */
export function addSilence(program: Command, context: CommandContext): void {
  const silence = program.command("silence").description("send nothing about some automations for a while");
  withWho(withCommonOptions(silence.command("add")))
    .description("record and show what is found, but send nothing until an end")
    .option("--automation <id...>", "only of these automations")
    .option("--vendor <name...>", "only of automations of these vendors")
    .option("--depends-on <name...>", "only of automations that depend on these")
    .option("--process <name...>", "only of automations in these processes")
    .option("--check <id...>", "only about these checks or metrics")
    .option("--kind <rule...>", "only findings of these kinds, such as drift or blind")
    .option("--until <when>", 'its end, at most 30 days off: "2026-12-01 18:00", "18:00" or 4h')
    .option("--why <reason>", "what is being done; stands in the message that follows")
    .option("--preview", "only show what it would match")
    .option("--yes", "it is meant to match nothing, or everything")
    .action((options: AddOptions) => context.run(options, () => add(context.terminal, options)));
  withCommonOptions(silence.command("list"))
    .description("silences in force, and those that are over")
    .action((options: CommonOptions) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        return look(context.terminal, workplace, (ground) => list(context.terminal, ground));
      }),
    );
  withWho(withCommonOptions(silence.command("end <number>")))
    .description("end one early: what it held back is looked at once more and told")
    .action((number: string, options: CommonOptions & { who?: string }) =>
      context.run(options, () => end(context.terminal, number, options)),
    );
}

async function add(terminal: Terminal, options: AddOptions): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const request = silenceRequest.parse({
    automations: options.automation ?? [],
    vendors: options.vendor ?? [],
    dependsOn: options.dependsOn ?? [],
    processes: options.process ?? [],
    checks: options.check ?? [],
    kinds: options.kind ?? [],
    ...(options.until === undefined ? {} : { until: options.until }),
    ...(options.why === undefined ? {} : { why: options.why }),
    who: whoOf(terminal, workplace, options.who),
    confirm: options.yes ?? false,
  });
  if (options.preview) {
    const preview = await look(terminal, workplace, (ground) => previewSilence(ground, request));
    return clean({ preview }, ["It would match, and nothing is silenced yet:", ...previewLines(preview)], {
      notes: preview.doubts,
    });
  }
  const data = await order(terminal, workplace, { do: "silence-add", ...request }, "adding the silence");
  const made = z.object({ silence: silenceReport, preview: previewReport }).parse(data);
  return clean(
    { silence: silenceData(made.silence), preview: made.preview },
    [
      ...previewLines(made.preview),
      `Silence ${made.silence.id}: ${sayMatch(made.silence.match)}, until ${sayEnd(terminal, workplace, made.silence)}.`,
      "What is found meanwhile is recorded and shown. At the end it is looked at once more, then people are told what is still there.",
    ],
    { next: { command: `silence end ${made.silence.id}`, why: "ends it early" } },
  );
}

function previewLines({ automations, ofAutomations, now, lastWeek }: SilencePreview): readonly string[] {
  const incidents = now.incidents.length === 0 ? "no open incident" : `incident ${now.incidents.join(", ")}`;
  return [
    `  now          ${automations.length} of ${sayCount(ofAutomations, "automation")} (${sayList(automations)}), ${sayCount(now.findings, "finding")}, ${incidents}`,
    `  last 7 days  ${sayCount(lastWeek.incidents.length, "incident")}, ${sayCount(lastWeek.messages, "message")} that would not have been sent`,
  ];
}

function sayEnd(terminal: Terminal, { config }: Workplace, { endsAt }: Pick<Silence, "endsAt">): string {
  return sayDayAndTime(endsAt, config.timeZone, terminal.outside.clock.now());
}

function list(terminal: Terminal, ground: Ground): Outcome {
  const now = ground.clock.now();
  const all = ground.store.silences.list(listed);
  const inForce = all.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  const data = {
    silences: all.map((each) => ({ ...silenceData(each), inForce: inForce.includes(each) })),
  };
  if (all.length === 0) return clean(data, ["No silence is in force, and none was."]);
  const say = (at: number) => sayDayAndTime(at, ground.register.timeZone, now);
  const rows = all.map((each) => ({
    mark: inForce.includes(each) ? "|" : "=",
    state: inForce.includes(each) ? ("paused" as const) : ("steady" as const),
    cells: [
      String(each.id),
      inForce.includes(each) ? "in force" : each.endedBy === null ? "over" : `ended by ${each.endedBy}`,
      say(each.endsAt),
      each.owner,
      sayMatch(each.match),
      each.why,
    ],
  }));
  const heads = ["No.", "State", "Until", "Who", "What", "Why"].map((head) => ({ head }));
  return clean(data, [
    terminal.colors.bold(`${inForce.length} in force. Times: ${ground.register.timeZone}`),
    "",
    ...table(terminal, heads, rows),
  ]);
}

async function end(
  terminal: Terminal,
  number: string,
  options: CommonOptions & { who?: string },
): Promise<Outcome> {
  const id = Number(number);
  if (!Number.isInteger(id) || id < 1)
    throw new KnownError("usage", `"${number}" is no silence; evenkeel silence list shows them`);
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const data = await order(terminal, workplace, { do: "silence-end", silence: id, who }, `silence ${id}`);
  const { silence } = z.object({ silence: silenceReport }).parse(data);
  return clean(
    { silence: silenceData(silence) },
    [
      `Silence ${id} ended, recorded as said by ${who}. What it held back is looked at once more while the watch runs.`,
    ],
    { next: { command: "incidents list", why: "shows what is still open" } },
  );
}
