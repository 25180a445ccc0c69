import type { Command } from "commander";
import type { Ground } from "../flow/ground.js";
import { type Hit, type Impact, requireImpact } from "../flow/register/impact.js";
import { sayTies, sayWorkAWeek } from "../flow/register/say-impact.js";
import { thingsOf } from "../flow/register/things.js";
import { hang } from "../notify/plain.js";
import { sayCount } from "../wording/numbers.js";
import { sayList, upperFirst, withoutStop } from "../wording/sentences.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { clean, type Outcome } from "./outcome.js";
import { pad, visible, widest, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";
import { lookAnyway, openWorkplace } from "./workplace.js";

/** `evenkeel impact [thing]`: what breaks when a vendor, model, tool, system or automation goes down. */
export function addImpact(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("impact"))
    .description("what breaks when something goes down, whom it hits, what people do meanwhile")
    .argument("[thing]", "a vendor, model, tool, system or automation; without one, all that is rested on")
    .action((thing: string | undefined, options: CommonOptions) =>
      context.run(options, async () => {
        const { terminal } = context;
        const workplace = await openWorkplace(terminal, options.config);
        return lookAnyway(terminal, workplace, (ground) =>
          thing === undefined
            ? listThings(terminal, ground)
            : showImpact(terminal, requireImpact(ground, thing)),
        );
      }),
    );
}

function listThings(terminal: Terminal, ground: Ground): Outcome {
  const things = thingsOf(ground);
  if (things.length === 0)
    return clean({ things }, [
      'No entry says what it rests on: add "vendor", "model" and "dependsOn" to the automations.',
    ]);
  const width = widest(things.map(({ name }) => visible(name)));
  const lines = things.map(
    ({ name, ties, users }) =>
      `  ${pad(visible(name), width)}  ${sayCount(users.length, "automation")}, ${sayTies(ties)}`,
  );
  return clean(
    { things },
    [terminal.colors.bold(`${sayCount(things.length, "thing")} that automations rest on`), "", ...lines],
    { next: { command: `impact "${visible(things[0]?.name ?? "")}"`, why: "says what breaks with it" } },
  );
}

function showImpact(terminal: Terminal, impact: Impact): Outcome {
  const { name, hits, people, processes, withoutFallback } = impact;
  const count = sayCount(hits.length, "automation");
  const work = sayWorkAWeek(impact);
  const head = [
    ...wrapped(terminal, `If ${name} goes down, ${count} ${hits.length === 1 ? "is" : "are"} hit.`).map(
      terminal.colors.bold,
    ),
    ...wrapped(terminal, `Hits: ${sayList(people)}.`),
    ...(processes.length === 0 ? [] : wrapped(terminal, `Touches: ${sayList(processes)}.`)),
    ...(work === null ? [] : wrapped(terminal, `${upperFirst(work)}.`)),
    ...(withoutFallback.length === 0
      ? []
      : wrapped(terminal, `Nothing is written down for: ${sayList(withoutFallback)}.`)),
  ];
  return clean({ impact }, [...head, ...hits.flatMap((hit) => ["", ...hitLines(terminal, hit, name)])]);
}

function hitLines(terminal: Terminal, hit: Hit, thing: string): readonly string[] {
  const { entry, ties, through, fallbackNeedsIt } = hit;
  const way = through.length === 0 ? sayTies(ties) : `through ${sayList(through)}`;
  const { fallback } = entry;
  const indented = (text: string): readonly string[] =>
    hang([visible(text)], { first: "  ", rest: "    ", width: widthOf(terminal) });
  const deputy = entry.deputy === null ? "no deputy" : `deputy ${entry.deputy}`;
  const work = sayWorkAWeek(hit);
  return [
    ...wrapped(terminal, `${entry.title} (${way}; ${entry.risk} risk; ${entry.owner}, ${deputy})`),
    ...(fallback === null
      ? indented('No fallback: nobody wrote down what to do by hand ("fallback")')
      : [
          ...(fallback.pause === null ? [] : indented(`Pause: ${withoutStop(fallback.pause)}.`)),
          ...fallback.steps.flatMap((step, at) => indented(`${at + 1}. ${step}`)),
          ...indented(
            `Done by ${fallback.by ?? entry.owner}${fallback.inputsAt === null ? "" : `; the inputs are at ${fallback.inputsAt}`}.`,
          ),
        ]),
    ...(fallbackNeedsIt ? indented(`These steps name ${thing}: they may not work while it is down.`) : []),
    ...(work === null ? [] : indented(`${upperFirst(work)}.`)),
  ];
}
