import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { type Report, reportEndings } from "../domain/report.js";
import type { Ground } from "../flow/ground.js";
import { findingOf } from "../flow/report-problem.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { reportData, reportShape } from "./report-data.js";
import { table } from "./table.js";
import type { Terminal } from "./terminal.js";
import { look, openWorkplace } from "./workplace.js";

/** Reports listed at once. */
const listed = 200;

interface SettleOptions extends CommonOptions {
  readonly as?: string;
  readonly by?: string;
  readonly why?: string;
}

/** `evenkeel reports [list]` and `evenkeel reports settle`. */
export function addReports(program: Command, context: CommandContext): void {
  const reports = program.command("reports").description("what people saw, and what became of it");
  withCommonOptions(reports.command("list", { isDefault: true }))
    .description("what waits to be settled, newest first")
    .option("--all", "settled ones too")
    .action((options: CommonOptions & { all?: boolean }) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        return look(context.terminal, workplace, (ground) =>
          list(context.terminal, ground, (options.all ?? false) ? "all" : "open"),
        );
      }),
    );
  withCommonOptions(reports.command("settle <number>"))
    .description("say whether it was a problem")
    .option("--as <ending>", `one of ${reportEndings.join(", ")}`)
    .option("--by <name>", "who says so; default: you on this computer")
    .option("--why <reason>", "what was found")
    .action((number: string, options: SettleOptions) =>
      context.run(options, () => settle(context.terminal, number, options)),
    );
}

function list(terminal: Terminal, ground: Ground, which: "all" | "open"): Outcome {
  const rows = ground.store.reports
    .newest(listed)
    .filter(({ settled }) => which === "all" || settled === null);
  const open = rows.filter(({ settled }) => settled === null);
  const incidentOf = (report: Report) => report.settled?.wentTo ?? openIncident(ground, report);
  const data = { reports: rows.map((each) => ({ ...reportData(each), incident: incidentOf(each) })) };
  const first = open.at(-1);
  if (rows.length === 0)
    return clean(data, [
      which === "all" ? "Nobody has reported anything." : "No report waits to be settled.",
    ]);
  const now = ground.clock.now();
  const zone = ground.register.timeZone;
  const lines = table(
    terminal,
    ["No.", "Automation", "State", "Seen", "Who", "Output", "What"].map((head) => ({ head })),
    rows.map((each) => ({
      mark: each.settled === null ? "!" : "=",
      state: each.settled === null ? ("incident" as const) : ("steady" as const),
      cells: [
        String(each.id),
        each.automation,
        stateOf(each, incidentOf(each)),
        sayDayAndTime(each.seenAt, zone, now),
        each.who,
        each.output ?? "",
        each.what,
      ],
    })),
  );
  return {
    exitCode: open.length > 0 ? 1 : 0,
    data,
    lines: [terminal.colors.bold(`${open.length} to be settled. Times: ${zone}`), "", ...lines],
    notes: [],
    ...(first === undefined
      ? {}
      : { next: { command: `reports settle ${first.id} --as ${reportEndings.join("|")} --why "..."` } }),
  };
}

function openIncident(ground: Ground, report: Report): number | null {
  if (report.settled !== null) return null;
  const open = ground.store.incidents.openOf(report.automation, "outputs");
  return open !== null && findingOf(ground, report)?.incident === open.id ? open.id : null;
}

function stateOf({ settled, urgent }: Report, incident: number | null): string {
  const where = incident === null ? "" : `, incident ${incident}`;
  if (settled === null) return `${urgent ? "urgent" : "waits"}${where}`;
  const to = settled.as === "confirmed" && incident === null ? ", near miss" : where;
  return `${settled.as}${to} (${settled.by})`;
}

async function settle(terminal: Terminal, number: string, options: SettleOptions): Promise<Outcome> {
  const id = Number(number);
  if (!Number.isInteger(id) || id < 1)
    throw new KnownError("usage", `"${number}" is no report; evenkeel reports lists them`);
  const as = reportEndings.find((each) => each === options.as);
  if (as === undefined)
    throw new KnownError("usage", `--as ${options.as ?? ""}: expected one of ${reportEndings.join(", ")}`);
  const why = (options.why ?? "").trim();
  if (why === "") throw new KnownError("usage", 'a report is settled with a reason: --why "what was found"');
  const workplace = await openWorkplace(terminal, options.config);
  const who = options.by ?? terminal.user;
  const data = await order(
    terminal,
    workplace,
    { do: "report-settle", report: id, as, who, why },
    `report ${id}`,
  );
  const { report, ended } = z.object({ report: reportShape, ended: z.int().nullable() }).parse(data);
  return clean({ report: reportData(report), ended }, [said(report, ended)]);
}

/** Where it went. */
function said({ id, settled }: Report, ended: number | null): string {
  const by = `recorded as said by ${settled?.by ?? ""}`;
  if (settled?.as === "not-a-problem")
    return `Report ${id} was no problem, ${by}.${ended === null ? "" : ` Incident ${ended} rested on it and has ended as a false alarm.`}`;
  const wentTo = settled?.wentTo ?? null;
  return wentTo === null
    ? `Report ${id} is confirmed, ${by}: a near miss on record, no incident is open about it.`
    : `Report ${id} is confirmed, ${by}: it is in incident ${wentTo}, which ends when a person closes it.`;
}
