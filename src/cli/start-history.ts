import type { Daemon } from "../daemon.js";
import type { Ground } from "../flow/ground.js";
import type { Progress, RunReport } from "../flow/run.js";
import { sayDuration } from "../wording/durations.js";
import { sayCount, sayNumber } from "../wording/numbers.js";
import { note } from "./outcome.js";
import { pad, padLeft, visible, widest } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Columns of a number of outputs and of runs. */
const numberColumns = 6;

/** Says what each history held, and when all of them have been read; nothing of it before the banner stands. */
export function historyNotes(terminal: Terminal, say: (text: string) => void) {
  const { monotonic } = terminal.outside.clock;
  const begunAt = monotonic();
  const told = new Set<string>();
  const early: RunReport[] = [];
  let running: Daemon | null = null;
  let startedMs = 0;
  let ready = false;
  const tell = (daemon: Daemon, report: RunReport): void => {
    if (told.has(report.automation)) return;
    told.add(report.automation);
    note(terminal, historyNote(daemon.ground(), report));
  };
  const sayReady = (daemon: Daemon): void => {
    terminal.progress(null);
    const read = told.size === 0 ? "" : `, history read in ${sayDuration(monotonic() - begunAt - startedMs)}`;
    const gap = told.size === 0 && daemon.awaySince === null ? "" : "\n";
    say(`${gap}Ready in ${(startedMs / 1000).toFixed(1)} s${read}. Stop with Ctrl+C; nothing is lost.`);
  };
  return {
    onReport: (report: RunReport): void => {
      if (ready) return;
      if (running === null) early.push(report);
      else tell(running, report);
    },
    onProgress: ({ automation, doing, done, of }: Progress): void => {
      if (ready || running === null) return;
      const what = doing === "reading" ? "outputs read" : `of ${sayNumber(of ?? done)} runs`;
      terminal.progress(`      ${automation}: ${sayNumber(done)} ${what}`);
    },
    onReady: (): void => {
      ready = true;
      if (running !== null) sayReady(running);
    },
    started: (daemon: Daemon): void => {
      startedMs = monotonic() - begunAt;
      running = daemon;
      for (const report of early) tell(daemon, report);
      if (ready) sayReady(daemon);
    },
  };
}

/** "invoice-extraction   1,412 outputs, 176 runs, usual level known". */
function historyNote(ground: Ground, report: RunReport): string {
  const column = widest(ground.register.automations.map((each) => each.entry.id)) + 1;
  const name = pad(report.automation, column);
  if (report.unreadable !== null) return `${name} cannot be read: ${visible(report.unreadable)}`;
  if (report.outputs === 0) return `${name} nothing received yet`;
  const outputs = `${padLeft(sayNumber(report.outputs), numberColumns)} ${report.outputs === 1 ? "output" : "outputs"}`;
  return `${name} ${outputs}, ${padLeft(sayCount(report.slots, "run"), numberColumns + 3)}, ${sayLearned(ground, report.automation)}`;
}

function sayLearned(ground: Ground, automation: string): string {
  const plans = ground.register.automations.find((each) => each.entry.id === automation)?.metrics ?? [];
  const behind = plans.flatMap((plan) => {
    const row = ground.store.metrics.get(automation, plan.id);
    if (plan.check === null || plan.settings.floor !== null || row?.phase !== "learning") return [];
    return [Math.max(0, plan.settings.baselineOutputs - row.learnedOutputs)];
  });
  const watched = plans.filter((plan) => plan.check !== null).length;
  if (behind.length === 0) return "usual level known";
  const missing = Math.max(...behind);
  if (missing === 0) return "some more runs to learn the usual";
  return behind.length < watched
    ? `usual level known of all but ${sayCount(behind.length, "check")}`
    : `${sayNumber(missing)} more to learn the usual`;
}
