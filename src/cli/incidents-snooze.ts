import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { snoozeLengths } from "../flow/snooze-incident.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { incidentNumber } from "./incident-data.js";
import { order } from "./order.js";
import { clean } from "./outcome.js";
import { silenceData, silenceReport } from "./silence-data.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface SnoozeOptions extends CommonOptions {
  readonly for: string;
  readonly who?: string;
  readonly why?: string;
}

/** `evenkeel incidents snooze <number> --for 1h|4h|tomorrow`. */
export function addIncidentSnooze(incidents: Command, context: CommandContext): void {
  withWho(withCommonOptions(incidents.command("snooze <number>")))
    .description("hear nothing of an incident for a while; its clocks stand")
    .requiredOption("--for <length>", `one of ${snoozeLengths.join(", ")} (09:00)`)
    .option("--why <text>", "a remark, for the record")
    .action((number: string, options: SnoozeOptions) =>
      context.run(options, async () => {
        const { terminal } = context;
        const incident = incidentNumber(number);
        const length = snoozeLengths.find((each) => each === options.for);
        if (length === undefined)
          throw new KnownError("usage", `--for ${options.for}: expected one of ${snoozeLengths.join(", ")}`);
        const workplace = await openWorkplace(terminal, options.config);
        const who = whoOf(terminal, workplace, options.who);
        const command = { do: "snooze", incident, length, who, why: options.why ?? null } as const;
        const data = await order(terminal, workplace, command, `incident ${incident}`);
        const { silence } = z.object({ silence: silenceReport }).parse(data);
        const until = sayDayAndTime(silence.endsAt, workplace.config.timeZone, terminal.outside.clock.now());
        return clean(
          { silence: silenceData(silence) },
          [
            `Incident ${incident}: silent until ${until}, recorded as said by ${who}. Then it is looked at once more.`,
          ],
          { next: { command: `silence end ${silence.id}`, why: "ends that early" } },
        );
      }),
    );
}
