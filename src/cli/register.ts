import type { Command } from "commander";
import type { Ground } from "../flow/ground.js";
import { type AutomationState, overview } from "../flow/overview.js";
import { sayCount } from "../wording/numbers.js";
import { sayList, upperFirst } from "../wording/sentences.js";
import { compareStates, sayState, type WatchState, watchStates } from "../wording/states.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { isoOf } from "./incident-data.js";
import { clean, type NextCommand, type Outcome } from "./outcome.js";
import { registerOne } from "./register-one.js";
import { isWide, records, table } from "./table.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { look, openWorkplace } from "./workplace.js";

/** `evenkeel register`: every automation, who owns it, how it stands; or one, and what cannot be seen of it. */
export function addRegister(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("register"))
    .description("list every automation with its owner and state; of one, what cannot be seen yet")
    .argument("[automation]", "only this one, with what is followed of it")
    .action((automation: string | undefined, options: CommonOptions) =>
      context.run(options, async () => {
        const { terminal } = context;
        const workplace = await openWorkplace(terminal, options.config);
        if (automation !== undefined) requireEntry(workplace, automation);
        return look(terminal, workplace, (ground) =>
          automation === undefined ? list(terminal, ground) : registerOne(terminal, ground, automation),
        );
      }),
    );
}

const columns = [
  { head: "Automation" },
  { head: "State" },
  { head: "Risk" },
  { head: "Owner" },
  { head: "Why" },
] as const;

function list(terminal: Terminal, ground: Ground): Outcome {
  // ids stand here, so names are ordered by id
  const states = [...overview(ground)].sort(
    (left, right) => compareStates(left.state, right.state) || left.id.localeCompare(right.id, "en"),
  );
  const entries = states.map((state) => ({
    ...state,
    entry: ground.register.automations.find((each) => each.entry.id === state.id)?.entry,
  }));
  const rows = states.map((each) => {
    const { mark, word } = sayState(each.state);
    return {
      mark,
      state: each.state,
      cells: [each.id, word, each.risk, each.owner],
      under: [upperFirst(each.reason)],
    };
  });
  const lines = isWide(terminal)
    ? table(
        terminal,
        columns,
        rows.map((row) => ({ ...row, cells: [...row.cells, ...row.under] })),
      )
    : records(terminal, rows);
  const next = nextOf(states);
  const automations = entries.map((each) => ({
    ...each,
    lastRunAt: isoOf(each.lastRunAt),
    lastOutputAt: isoOf(each.lastOutputAt),
  }));
  return clean({ automations }, [terminal.colors.bold(headOf(states, ground)), "", ...lines], {
    ...(next === null ? {} : { next }),
  });
}

/** "4 automations: 1 incident and 3 steady. Times: Europe/Vienna". */
function headOf(states: readonly AutomationState[], ground: Ground): string {
  const counts = watchStates.flatMap((state: WatchState) => {
    const count = states.filter((each) => each.state === state).length;
    const word = state === "no-data" ? "without data" : sayState(state).word.toLowerCase();
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${sayCount(states.length, "automation")}: ${sayList(counts)}. Times: ${ground.register.timeZone}`;
}

function nextOf(states: readonly AutomationState[]): NextCommand | null {
  const incident = states.flatMap((each) => each.openIncidents)[0];
  return incident === undefined ? null : { command: `incidents show ${incident.id}` };
}
