import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { promotionRequest, withdrawalRequest } from "../flow/learning/promote.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { visible, wrapped } from "./table.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface PromoteOptions extends CommonOptions {
  readonly reviewBy?: string;
  readonly who?: string;
}

interface WithdrawOptions extends CommonOptions {
  readonly why: string;
  readonly who?: string;
}

/** What became a known answer, from this process or, as JSON, from the daemon. */
const promoted = z.object({
  automation: z.string(),
  case: z.string(),
  output: z.string(),
  saidBy: z.string(),
  corrected: z.boolean(),
  reviewBy: z.string(),
  redacted: z.boolean(),
});

/** `evenkeel golden promote <spot check>` and `golden withdraw <automation> <case>`: judged outputs as known answers. */
export function addGoldenPromote(golden: Command, context: CommandContext): void {
  withWho(withCommonOptions(golden.command("promote <number>")))
    .description(
      "make a judged output, or its correction, a known answer; the number is that of its spot check",
    )
    .option(
      "--review-by <date>",
      "when to look whether it still holds; default: after the automation's review",
    )
    .action((number: string, options: PromoteOptions) =>
      context.run(options, () => promote(context, number, options)),
    );
  withWho(withCommonOptions(golden.command("withdraw <automation> <case>")))
    .description("take a known answer that was a judged output out of the set again")
    .requiredOption("--why <text>", "why it no longer holds, for the record")
    .action((automation: string, caseId: string, options: WithdrawOptions) =>
      context.run(options, () => withdraw(context, automation, caseId, options)),
    );
}

async function promote(
  { terminal }: CommandContext,
  number: string,
  options: PromoteOptions,
): Promise<Outcome> {
  if (!/^\d{1,15}$/.test(number))
    throw new KnownError(
      "usage",
      `golden promote ${number}: expected the number of a spot check, as evenkeel judge lists them`,
    );
  const reviewBy = options.reviewBy ?? null;
  const workplace = await openWorkplace(terminal, options.config);
  const request = promotionRequest.safeParse({
    spotCheck: Number(number),
    who: whoOf(terminal, workplace, options.who),
    reviewBy,
  });
  if (!request.success)
    throw new KnownError("usage", `--review-by ${reviewBy ?? ""}: expected a date such as 2027-05-31`);
  const data = await order(terminal, workplace, { do: "golden-promote", ...request.data }, "promoting");
  const done = promoted.parse(data);
  const what = done.corrected ? "the correction of" : "as judged right by";
  return clean(
    data,
    [
      `Output ${done.output} is the known answer “${done.case}” now, ${what} ${done.saidBy}, to be reviewed by ${done.reviewBy}.`,
      ...(done.redacted
        ? ["It is kept as outputs are stored: personal data is hidden in it, and so the automation is asked."]
        : []),
      "It stays until it is withdrawn, longer than the outputs themselves.",
    ].flatMap((line) => wrapped(terminal, visible(line))),
    { next: { command: `golden run ${done.automation}`, why: "asks it for the first time" } },
  );
}

async function withdraw(
  { terminal }: CommandContext,
  automation: string,
  caseId: string,
  options: WithdrawOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const request = withdrawalRequest.safeParse({
    automation,
    case: caseId,
    who: whoOf(terminal, workplace, options.who),
    why: options.why,
  });
  const fault = request.error?.issues[0];
  if (!request.success) throw new KnownError("usage", `${fault?.path.join(".")}: ${fault?.message}`);
  requireEntry(workplace, automation);
  const data = await order(terminal, workplace, { do: "golden-withdraw", ...request.data }, "withdrawing");
  return clean(
    data,
    [`${caseId} is asked no more. Recorded as decided by ${request.data.who}: ${options.why}`],
    {
      next: { command: `golden list ${automation}` },
    },
  );
}
