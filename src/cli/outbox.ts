import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import type { Ground } from "../flow/ground.js";
import { sayCount } from "../wording/numbers.js";
import { sayInstant } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { whoOf } from "./who.js";
import { look, openWorkplace } from "./workplace.js";

/** Messages listed of each state. */
const listed = 100;

const states = ["pending", "sending", "ambiguous", "dead", "sent", "superseded"] as const;
/** What someone may have to do something about. */
const unsettled = ["dead", "pending", "sending", "ambiguous"] as const;

const owedAgain = z.object({ owed: z.array(z.string()) });

/** `evenkeel outbox [list]` and `evenkeel outbox retry`: what is owed, what never arrived. */
export function addOutbox(program: Command, context: CommandContext): void {
  const outbox = program.command("outbox").description("messages that are owed, sent or undeliverable");
  withCommonOptions(outbox.command("list", { isDefault: true }))
    .description("what is owed and what never arrived, newest first")
    .option("--state <state>", `only one of ${states.join(", ")}`)
    .action((options: CommonOptions & { state?: string }) =>
      context.run(options, async () => {
        const only = states.find((each) => each === options.state);
        if (options.state !== undefined && only === undefined)
          throw new KnownError("usage", `--state ${options.state}: expected one of ${states.join(", ")}`);
        const workplace = await openWorkplace(context.terminal, options.config);
        return look(context.terminal, workplace, (ground) =>
          list(ground, only === undefined ? unsettled : [only]),
        );
      }),
    );
  withWho(withCommonOptions(outbox.command("retry [id]")))
    .description("send undeliverable messages again")
    .option("--all-dead", "all of them")
    .action((id: string | undefined, options: CommonOptions & { allDead?: boolean; who?: string }) =>
      context.run(options, async () => {
        if ((id === undefined) === (options.allDead !== true))
          throw new KnownError("usage", "outbox retry: name one message, or write --all-dead");
        const workplace = await openWorkplace(context.terminal, options.config);
        const who = whoOf(context.terminal, workplace, options.who);
        const command = { do: "outbox-retry", id: id ?? null, who } as const;
        const data = owedAgain.parse(await order(context.terminal, workplace, command, "messages"));
        return clean(data, [`${sayCount(data.owed.length, "message")} owed again.`]);
      }),
    );
}

function list(ground: Ground, shown: readonly (typeof states)[number][]): Outcome {
  const { store, register, clock } = ground;
  const messages = shown.flatMap((state) => store.outbox.listed(state, listed));
  const dead = messages.filter((each) => each.state === "dead");
  const lines = messages.map(
    (each) =>
      `${each.state}  ${each.channel}  ${sayInstant(each.createdAt, register.timeZone, clock.now())}  ${each.headline}  ${each.lastError ?? ""}  ${each.id}`,
  );
  const none = shown === unsettled ? "Nothing is owed, nothing is undeliverable." : "No such messages.";
  return {
    exitCode: dead.length > 0 ? 1 : 0,
    data: { messages },
    lines: lines.length === 0 ? [none] : lines.map((line) => line.trimEnd()),
    notes: [],
    ...(dead.length === 0 ? {} : { next: { command: "outbox retry --all-dead", why: "sends them again" } }),
  };
}
