import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { digestNow, requireReader } from "../flow/digest-now.js";
import type { Ground } from "../flow/ground.js";
import { renderDigestText } from "../notify/email-digest-text.js";
import { sayCount } from "../wording/numbers.js";
import { sayListUpTo } from "../wording/sentences.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { visible } from "./table.js";
import { look, openWorkplace } from "./workplace.js";

interface DigestOptions extends CommonOptions {
  readonly reader?: string;
  readonly send?: boolean;
}

const sentReport = z.object({
  reader: z.string(),
  to: z.string().nullable(),
  channel: z.string(),
  asked: z.number(),
});

/** Readers named beside the one that is shown. */
const readersNamed = 5;

/** `evenkeel digest [--reader name] [--send]`: the weekly digest as it is now, shown or sent. */
export function addDigest(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("digest"))
    .description("the weekly digest of one reader as it is now: shows it, or sends it")
    .option("--reader <name>", "whose; default: the AI owner's")
    .option("--send", "send it now; the weekly one comes all the same")
    .action((options: DigestOptions) =>
      context.run(options, async () => {
        if (options.reader?.trim() === "")
          throw new KnownError("usage", "--reader: expected a person's name");
        const workplace = await openWorkplace(context.terminal, options.config);
        const reader = options.reader ?? null;
        if (options.send !== true) return look(context.terminal, workplace, (ground) => show(ground, reader));
        const command = { do: "digest-send", reader } as const;
        const sent = sentReport.parse(await order(context.terminal, workplace, command, "the digest"));
        const asks = sent.asked === 0 ? "" : ` It asks to judge ${sayCount(sent.asked, "output")}.`;
        return clean(sent, [
          `The digest of ${sent.reader} is owed to ${sent.to ?? "nobody"} over ${sent.channel}.${asks}`,
        ]);
      }),
    );
}

function show(ground: Ground, name: string | null): Outcome {
  const reader = requireReader(ground, name);
  const digest = digestNow(ground, reader);
  const others = ground.register.digest.flatMap(({ person }) => (person === reader.person ? [] : [person]));
  const lines = [digest.subject, "", ...renderDigestText(digest).trimEnd().split("\n")].map(visible);
  const notes =
    name === null && others.length > 0
      ? [`it also goes to ${sayListUpTo(others, readersNamed)}; --reader shows theirs`]
      : [];
  return clean({ reader: reader.person, digest }, lines, { notes });
}
