import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { type Answer, answers } from "../domain/judgement.js";
import { dayMs } from "../domain/time.js";
import type { Ground } from "../flow/ground.js";
import { qualityWeeks } from "../flow/human-quality.js";
import { judgementRequest, requireSpotCheck } from "../flow/take-judgement.js";
import type { SpotCheckRow } from "../store/spot-check.js";
import { answerWords, sayJudgement } from "../wording/answers.js";
import { sayCount } from "../wording/numbers.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { isoOf } from "./incident-data.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { visible, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";
import { whoOf } from "./who.js";
import { look, openWorkplace } from "./workplace.js";

interface JudgeOptions extends CommonOptions {
  readonly as?: string;
  readonly note?: string;
  readonly correction?: string;
  readonly who?: string;
}

const takenReport = z.object({
  automation: z.string(),
  output: z.string(),
  replaced: z.boolean(),
  repeated: z.boolean(),
  why: z.string(),
  checks: z.array(z.object({ check: z.string(), status: z.string(), reason: z.string().nullable() })),
  contradicted: z.array(z.string()),
  others: z.array(z.object({ who: z.string(), via: z.string().nullable(), answer: z.enum(answers) })),
});

/** `evenkeel judge [number] [--as right|wrong|cannot-tell]`: the outputs people are asked to look at. */
export function addJudge(program: Command, context: CommandContext): void {
  withWho(withCommonOptions(program.command("judge [number]")))
    .description("outputs picked for people to look at: which wait, one of them, what you say of it")
    .option("--as <answer>", `what you say: ${answers.join(", ")}`)
    .option("--note <text>", "what is wrong, in a few words")
    .option("--correction <text>", "the output as it should be")
    .action((number: string | undefined, options: JudgeOptions) =>
      context.run(options, async () => {
        if (options.as !== undefined) return judge(context, number, options.as, options);
        if (options.note !== undefined || options.correction !== undefined)
          throw new KnownError("usage", `judge: say what it is with --as ${answers.join("|")}`);
        const workplace = await openWorkplace(context.terminal, options.config);
        return look(context.terminal, workplace, (ground) =>
          number === undefined
            ? list(ground)
            : show(ground, context.terminal, requireSpotCheck(ground, numberOf(number))),
        );
      }),
    );
}

function numberOf(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  throw new KnownError(
    "usage",
    `judge ${text ?? ""}: expected the number of a spot check; evenkeel judge lists them`,
  );
}

function list(ground: Ground): Outcome {
  const { store, register, clock } = ground;
  const since = clock.now() - qualityWeeks * 7 * dayMs;
  const waiting = register.automations.flatMap(({ entry }) =>
    store.spotChecks.waiting(entry.id, since).map((row) => ({ entry, row })),
  );
  const data = waiting.map(({ row }) => dataOf(row));
  const [first] = waiting;
  if (first === undefined) return clean({ waiting: data }, ["No output waits to be looked at."]);
  const lines = waiting.map(
    ({ entry, row }) =>
      `${row.id}  ${entry.title}  output of ${sayDayAndTime(row.at, entry.timeZone, clock.now())}  ${visible(row.outputId)}`,
  );
  return clean({ waiting: data }, lines, {
    next: {
      command: `judge ${first.row.id}`,
      why: "shows it",
      after: "then --as right, wrong or cannot-tell",
    },
  });
}

/** Neither why it was picked nor what the checks said: that would lead whoever judges. */
function dataOf(row: SpotCheckRow): object {
  return { id: row.id, automation: row.automation, output: row.outputId, at: isoOf(row.at) };
}

function show(ground: Ground, terminal: Terminal, row: SpotCheckRow): Outcome {
  const output = ground.store.spotChecks.outputOf(row.output);
  if (output === null)
    throw new KnownError(
      "output-gone",
      `The text of output ${row.outputId} is no longer kept, so it cannot be judged.`,
    );
  const entry = ground.register.automations.find((each) => each.entry.id === row.automation)?.entry;
  const part = (title: string, text: string | null) =>
    text === null
      ? []
      : ["", title, ...text.split("\n").flatMap((line) => wrapped(terminal, visible(line), ""))];
  const lines = [
    `${entry?.title ?? row.automation}, output of ${sayDayAndTime(row.at, entry?.timeZone ?? "UTC", ground.clock.now())}`,
    ...wrapped(terminal, entry?.spotCheck.question ?? "Is this output right?", ""),
    ...part("Input", output.input),
    ...part("Output", output.text),
    ...(output.link === null ? [] : ["", visible(output.link)]),
  ];
  const { text, input, link } = output;
  return clean({ ...dataOf(row), input, text, link }, lines, {
    next: { command: `judge ${row.id} --as right`, why: "or wrong, or cannot-tell" },
  });
}

async function judge(
  { terminal }: CommandContext,
  number: string | undefined,
  said: string,
  options: JudgeOptions,
): Promise<Outcome> {
  const spotCheck = numberOf(number);
  const answer: Answer | undefined = answers.find((each) => each === said);
  if (answer === undefined)
    throw new KnownError("usage", `--as ${said}: expected one of ${answers.join(", ")}`);
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const { note = null, correction = null } = options;
  const parsed = judgementRequest.safeParse({ spotCheck, answer, who, note, correction });
  const fault = parsed.error?.issues[0];
  if (!parsed.success) throw new KnownError("usage", `${fault?.path.join(".")}: ${fault?.message}`);
  const data = await order(terminal, workplace, { do: "judge", ...parsed.data }, "the judgement");
  return clean(data, takenLines(terminal, takenReport.parse(data), answer, who));
}

function takenLines(
  terminal: Terminal,
  taken: z.infer<typeof takenReport>,
  answer: Answer,
  who: string,
): readonly string[] {
  const failed = taken.checks.filter(({ status }) => status === "fail");
  const passed = taken.checks.filter(({ status }) => status === "pass").length;
  const others = taken.others.map(sayJudgement);
  return [
    taken.repeated
      ? `${who} had said so before: ${answerWords[answer].toLowerCase()}. It stands, and counts once.`
      : `Recorded as said by ${who}: ${answerWords[answer].toLowerCase()}.${taken.replaced ? " What you said before counts no more." : ""}`,
    `Picked ${taken.why}.`,
    `${sayCount(passed, "check")} passed it, ${failed.length} failed it.`,
    ...failed.map((each) => `  ${each.check}: ${each.reason ?? "the reason is no longer kept"}`),
    ...others,
    ...taken.contradicted.map(
      (title) =>
        `“${title}” counts for the digest only from now on: people called right too much of what it failed.`,
    ),
  ].flatMap((line) => wrapped(terminal, visible(line)));
}
