import type { Command } from "commander";
import type { Ground, Watched } from "../flow/ground.js";
import { humanQuality, qualityWeeks } from "../flow/human-quality.js";
import { poolAgreements } from "../flow/learning/pooled-agreement.js";
import { qualityTrend } from "../flow/learning/quality-trend.js";
import { sayAgreement, sayQuality } from "../flow/say-quality.js";
import { hang } from "../notify/plain.js";
import { sayCount } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { sayDate } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { isoOf } from "./incident-data.js";
import { clean, type Outcome } from "./outcome.js";
import { visible, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { look, openWorkplace } from "./workplace.js";

/** `evenkeel quality [automation]`: what people's judgements tell of automations and of their checks. */
export function addQuality(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("quality [automation]"))
    .description("how many outputs are truly right, and how far checks agree with people")
    .action((automation: string | undefined, options: CommonOptions) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        if (automation !== undefined) requireEntry(workplace, automation);
        return look(context.terminal, workplace, (ground) => show(ground, context.terminal, automation));
      }),
    );
}

function show(ground: Ground, terminal: Terminal, automation: string | undefined): Outcome {
  const shown = ground.register.automations.filter(
    ({ entry }) => automation === undefined || entry.id === automation,
  );
  const pooled = poolAgreements(ground, ground.clock.now());
  const parts = shown.map((watched) => partOf(ground, terminal, watched, pooled));
  const waiting = parts.reduce((total, part) => total + part.waiting, 0);
  const lines = parts.flatMap((part, index) => [...(index === 0 ? [] : [""]), ...part.lines]);
  return clean({ weeks: qualityWeeks, automations: parts.map((part) => part.data) }, lines, {
    ...(waiting === 0
      ? {}
      : {
          next: {
            command: "judge",
            why: `lists what waits to be looked at (${sayCount(waiting, "output")})`,
          },
        }),
  });
}

function partOf(
  ground: Ground,
  terminal: Terminal,
  watched: Watched,
  pooled: ReturnType<typeof poolAgreements>,
) {
  const { id, title, timeZone } = watched.entry;
  const now = ground.clock.now();
  const { quality, waiting, lastJudgedAt, ...judged } = humanQuality(ground, watched, now);
  const checks = judged.checks.map((check) => ({ ...check, pooled: pooled(watched, check.id) }));
  const trend = qualityTrend(ground, id, now);
  const data = {
    ...{ automation: id, quality, checks, waiting, lastJudgedAt: isoOf(lastJudgedAt) },
    trend: trend.map((each) => ({ ...each, fromAt: isoOf(each.fromAt), untilAt: isoOf(each.untilAt) })),
  };
  const earlier = trend.filter(({ untilAt }) => untilAt < now);
  const lines = [
    title,
    ...indented(terminal, upperFirst(sayQuality(quality))),
    ...earlier.flatMap((each) =>
      indented(
        terminal,
        `${qualityWeeks} weeks to ${sayDate(each.untilAt, timeZone, now)}: ${sayQuality(each.quality)}`,
      ),
    ),
    ...checks.flatMap((check) => [
      ...indented(
        terminal,
        `“${check.title}”: ${sayAgreement(check.agreement)}${check.contradicted ? "; people contradict it, so it counts for the digest only" : ""}`,
      ),
      ...(check.pooled === null
        ? []
        : indented(
            terminal,
            `the same check over ${check.pooled.automations} automations: ${sayAgreement(check.pooled.agreement)}`,
          )),
    ]),
  ];
  return { data, lines, waiting };
}

function indented(terminal: Terminal, text: string): readonly string[] {
  return hang([visible(text)], { first: "  ", rest: "    ", width: widthOf(terminal) });
}
