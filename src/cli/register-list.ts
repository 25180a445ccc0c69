import type { Ground } from "../flow/ground.js";
import { type AutomationState, overview } from "../flow/overview.js";
import { registerCsv, registerMarkdown } from "../flow/register/register-columns.js";
import { type RegisterEntry, registerEntries } from "../flow/register/register-entries.js";
import { sayComplete } from "../flow/register/say-complete.js";
import { unregisteredActivity } from "../flow/register/unregistered.js";
import { byteOrderMark } from "../text/csv.js";
import { sayCount } from "../wording/numbers.js";
import { sayList, upperFirst } from "../wording/sentences.js";
import { compareStates, sayState, type WatchState, watchStates } from "../wording/states.js";
import { isoOf } from "./incident-data.js";
import { clean, type NextCommand, type Outcome } from "./outcome.js";
import { isWide, records, table } from "./table.js";
import type { Terminal } from "./terminal.js";

const columns = [
  { head: "Automation" },
  { head: "State" },
  { head: "Risk" },
  { head: "Owner" },
  { head: "Complete" },
  { head: "Why, and what the entry lacks" },
] as const;

/** Every automation with its owner, its state and how complete its entry is. */
export function registerList(terminal: Terminal, ground: Ground): Outcome {
  const entries = new Map(registerEntries(ground).map((each) => [each.entry.id, each]));
  // ids stand here, so names are ordered by id
  const states = [...overview(ground)].sort(
    (left, right) => compareStates(left.state, right.state) || left.id.localeCompare(right.id, "en"),
  );
  const listed = states.flatMap((state) => {
    const entry = entries.get(state.id);
    return entry === undefined ? [] : [{ state, ...entry }];
  });
  const rows = listed.map(rowOf);
  const lines = isWide(terminal)
    ? table(
        terminal,
        columns,
        rows.map((row) => ({ ...row, cells: [...row.cells, row.under.join("; ")] })),
      )
    : records(terminal, rows);
  const activity = unregisteredActivity(ground);
  const automations = listed.map(({ state, ...each }) => ({
    ...state,
    ...each,
    lastRunAt: isoOf(state.lastRunAt),
    lastOutputAt: isoOf(state.lastOutputAt),
  }));
  const next = nextOf(states, activity.names.length);
  return clean(
    { automations, unregistered: activity.names.length },
    [terminal.colors.bold(headOf(states, ground)), "", ...lines],
    {
      notes: notesOf(listed, activity.names.length),
      ...(next === null ? {} : { next }),
    },
  );
}

/** The register for a spreadsheet or a document. */
export function registerFile(terminal: Terminal, ground: Ground, format: "csv" | "markdown"): Outcome {
  const entries = registerEntries(ground);
  if (format === "markdown") return clean({ automations: entries }, registerMarkdown(entries));
  const [head = "", ...rest] = registerCsv(entries);
  // a file is for a spreadsheet, a screen for eyes
  return clean({ automations: entries }, [`${terminal.isTty ? "" : byteOrderMark}${head}`, ...rest]);
}

function rowOf({ state, completeness }: RegisterEntry & { readonly state: AutomationState }) {
  const { mark, word } = sayState(state.state);
  const lacks = sayComplete(completeness);
  return {
    mark,
    state: state.state,
    cells: [state.id, word, state.risk, state.owner, `${completeness.done} of ${completeness.of}`],
    under: [upperFirst(state.reason), ...(lacks === null ? [] : [`Entry: ${lacks}`])],
  };
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

function notesOf(listed: readonly RegisterEntry[], unregistered: number): readonly string[] {
  const lacking = listed.filter(({ completeness }) => completeness.missing.some(({ needed }) => needed));
  const first = lacking[0]?.completeness.missing[0];
  return [
    ...(first === undefined
      ? []
      : [
          `${sayCount(lacking.length, "entry", "entries")} ${lacking.length === 1 ? "lacks" : "lack"} something that the risk asks for. The first, ${lacking[0]?.entry.id} (${first.words}): ${first.fix}`,
        ]),
    ...(unregistered === 0
      ? []
      : [
          `${sayCount(unregistered, "name")} nobody registered ${unregistered === 1 ? "sends" : "send"} outputs: evenkeel register --unregistered`,
        ]),
  ];
}

function nextOf(states: readonly AutomationState[], unregistered: number): NextCommand | null {
  const incident = states.flatMap((each) => each.openIncidents)[0];
  if (incident !== undefined) return { command: `incidents show ${incident.id}` };
  return unregistered === 0
    ? null
    : { command: "register --unregistered", why: "shows who, and an entry to paste" };
}
