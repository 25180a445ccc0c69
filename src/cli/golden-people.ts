import type { Ground, Watched } from "../flow/ground.js";
import { contradictedCases } from "../flow/learning/contradicted-cases.js";
import { hang } from "../notify/plain.js";
import { sayDayAndTime } from "../wording/times.js";
import { isoOf } from "./incident-data.js";
import { colored, visible, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

/** What people have to do with the cases of a golden set: which they contradict, which were outputs that they judged. */
export function peopleOf(ground: Ground, watched: Watched) {
  const { id, timeZone } = watched.entry;
  const contradicted = contradictedCases(ground, watched);
  const written = new Set((watched.golden?.cases ?? []).map((each) => each.id));
  const promoted = ground.store.goldenPromoted.of(id).filter(({ caseId }) => !written.has(caseId));
  const say = (at: number) => sayDayAndTime(at, timeZone, ground.clock.now());
  return {
    /** What is told of one case as data. */
    dataOf: (caseId: string) => {
      const from = promoted.find((each) => each.caseId === caseId);
      return {
        contradicted: contradicted.find((each) => each.case === caseId)?.why ?? null,
        promoted:
          from === undefined
            ? null
            : {
                output: from.outputId,
                corrected: from.corrected,
                saidBy: from.saidBy,
                saidAt: isoOf(from.saidAt),
                by: from.who,
                at: isoOf(from.at),
              },
      };
    },
    lines: (terminal: Terminal): readonly string[] => [
      ...section(
        terminal,
        "People contradict",
        contradicted.map((each) => `${each.case}: ${each.why}`),
      ),
      ...section(
        terminal,
        "Taken from judged outputs",
        promoted.map((each) => {
          const what = each.corrected ? "the correction" : "what was judged right";
          return `${each.caseId}: output ${each.outputId}, ${what} by ${each.saidBy}, ${say(each.saidAt)}; made a known answer by ${each.who}, ${say(each.at)}`;
        }),
      ),
    ],
  };
}

function section(terminal: Terminal, heading: string, said: readonly string[]): readonly string[] {
  if (said.length === 0) return [];
  const width = widthOf(terminal);
  const mark = heading === "People contradict" ? colored(terminal, "drifting", "/") : "-";
  const lines = said.flatMap((each) =>
    hang([visible(each)], { first: "  ", rest: "    ", width }).map((line, index) =>
      index === 0 ? line.replace(/^ /, mark) : line,
    ),
  );
  return ["", heading, ...lines];
}
