import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { reviewDecisions } from "../domain/review.js";
import { governanceRequest, requireRegistered, reviewRequest } from "../flow/reviews/record-review.js";
import { sayDay } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { reviewList } from "./review-list.js";
import { governanceShown, reviewShown } from "./review-show.js";
import { visible, wrapped } from "./table.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { lookAnyway, openWorkplace } from "./workplace.js";

interface ReviewOptions extends CommonOptions {
  readonly decision?: string;
  readonly why?: string;
  readonly next?: string;
  readonly who?: string;
  readonly governance?: boolean;
}

const recordedReport = z.object({
  automation: z.string(),
  title: z.string(),
  nextOn: z.string(),
  repeated: z.boolean(),
  edit: z.array(z.string()),
});

/** `evenkeel review [automation]`: which reviews are due, what there is to know for one, what was decided. */
export function addReview(program: Command, context: CommandContext): void {
  withWho(withCommonOptions(program.command("review [automation]")))
    .description("reviews: which are due, what happened since the last one, what you decide")
    .option("--decision <decision>", `what you decide: ${reviewDecisions.join(", ")}`)
    .option("--why <text>", "why, for the record; with --governance: what you found and do about it")
    .option(
      "--next <date>",
      "day of the next review, such as 2027-05-31; default: as often as it is reviewed",
    )
    .option("--governance", "the monthly review of the whole register: access, data, approvals, vendors")
    .action((automation: string | undefined, options: ReviewOptions) =>
      context.run(options, () => review(context, automation, options)),
    );
}

async function review(
  context: CommandContext,
  automation: string | undefined,
  options: ReviewOptions,
): Promise<Outcome> {
  const { decision, why, next, governance } = options;
  const records = decision !== undefined || why !== undefined || next !== undefined;
  if (governance === true && (automation !== undefined || decision !== undefined))
    throw new KnownError(
      "usage",
      "--governance is about the whole register: it takes --why, and --next if you like",
    );
  if (governance === true) return records ? recordGovernance(context, options) : show(context, null, options);
  if (!records) return show(context, automation, options);
  if (automation === undefined)
    throw new KnownError(
      "usage",
      "review: of what? evenkeel review lists them; --governance is the whole register",
    );
  return recordReview(context, automation, options);
}

/** A view; automation null: of the whole register, undefined: the list. */
async function show(
  { terminal }: CommandContext,
  automation: string | null | undefined,
  options: ReviewOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  if (typeof automation === "string") requireEntry(workplace, automation);
  return lookAnyway(terminal, workplace, (ground) => {
    if (automation === undefined) return reviewList(terminal, ground);
    return automation === null
      ? governanceShown(terminal, ground)
      : reviewShown(terminal, ground, requireRegistered(ground, automation));
  });
}

async function recordReview(
  { terminal }: CommandContext,
  automation: string,
  options: ReviewOptions,
): Promise<Outcome> {
  const decision = reviewDecisions.find((each) => each === options.decision);
  if (decision === undefined)
    throw new KnownError(
      "usage",
      `--decision ${options.decision ?? "is missing"}: expected one of ${reviewDecisions.join(", ")}`,
    );
  const workplace = await openWorkplace(terminal, options.config);
  requireEntry(workplace, automation);
  const who = whoOf(terminal, workplace, options.who);
  const said = reviewRequest.safeParse({ automation, decision, who, ...whyAndNext(options) });
  const request = checked(said);
  const data = await order(terminal, workplace, { do: "review", ...request }, "recording the review");
  const done = recordedReport.parse(data);
  const first = done.repeated
    ? `${who} had recorded the same today: it counts once.`
    : `Recorded as decided by ${visible(who)}: ${decision} ${done.title}.`;
  const lines = [
    first,
    `Next review: ${sayDay(done.nextOn)}.`,
    ...(done.edit.length === 0
      ? []
      : ["Now, in the configuration:", ...done.edit.map((each) => `  ${each}`)]),
  ];
  return clean(
    data,
    lines.flatMap((line) => wrapped(terminal, line, "    ")),
  );
}

async function recordGovernance({ terminal }: CommandContext, options: ReviewOptions): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const request = checked(governanceRequest.safeParse({ who, ...whyAndNext(options) }));
  const waiting = "recording the review";
  const data = await order(terminal, workplace, { do: "governance-review", ...request }, waiting);
  const { nextOn, repeated } = recordedReport.parse(data);
  return clean(data, [
    repeated
      ? `${who} had recorded the same today: it counts once.`
      : `The review of the whole register is recorded as made by ${visible(who)}.`,
    `Next review: ${sayDay(nextOn)}.`,
  ]);
}

function whyAndNext({ why, next }: ReviewOptions) {
  if (why === undefined || why.trim() === "")
    throw new KnownError(
      "usage",
      '--why is missing: expected the reason in a sentence, such as --why "saves 30 hours"',
    );
  return { why, next: next ?? null };
}

function checked<T>(said: z.ZodSafeParseResult<T>): T {
  if (said.success) return said.data;
  const [fault] = said.error.issues;
  const option = fault?.path.join(".") ?? "";
  throw new KnownError(
    "usage",
    option === "next"
      ? "--next: expected a date such as 2027-05-31"
      : `--${option}: ${fault?.message ?? "cannot be read"}`,
  );
}
