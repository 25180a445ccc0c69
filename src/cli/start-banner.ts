import { relative } from "node:path";
import { type Daemon, databasePath } from "../daemon.js";
import { metricRunsPerMonth } from "../flow/alarm-levels.js";
import { needsHistory } from "../flow/run-due.js";
import { stayInTerminal } from "../notify/settings.js";
import { sayCount, sayNumber } from "../wording/numbers.js";
import { sayInstant } from "../wording/times.js";
import type { Terminal } from "./terminal.js";

const loopback = ["127.0.0.1", "::1", "localhost"];

/** What is watched, at what price in attention, and where it is seen. */
export function bannerLines(
  terminal: Terminal,
  daemon: Daemon,
  { configPath, version }: { configPath: string; version: string },
): readonly string[] {
  const { register } = daemon.ground();
  const config = daemon.config();
  const levels = daemon.levels();
  const database = relative(process.cwd(), databasePath(config));
  const measures = register.automations.reduce((sum, each) => sum + each.metrics.length, 0);
  const looks = register.automations.reduce(
    (sum, { entry, metrics }) =>
      metrics.reduce((looked, plan) => looked + metricRunsPerMonth(levels, entry.id, plan), sum),
    0,
  );
  const local = loopback.includes(config.listen.host);
  const onlyConsole = stayInTerminal(register.channels);
  const head = [
    terminal.colors.bold(`Evenkeel ${version}`),
    configPath,
    `${database}${daemon.isNew ? " (new)" : ""}`,
    `times: ${register.timeZone}`,
  ];
  return [
    head.join("   "),
    "",
    `  Watching     ${sayCount(register.automations.length, "automation")}, ${sayCount(measures, "measure")}, about ${sayNumber(roundly(looks))} looks a month`,
    `  False alarms at most ${sayNumber(register.alarmBudget.falseAlarmsPerMonth)} a month over all of them (alarmBudget)`,
    `  Dashboard    ${daemon.url}${local ? "   reachable from this computer only" : "   on this computer; elsewhere only intake"}`,
    `  Messages     ${onlyConsole ? "no Slack or e-mail set up, so they are printed here" : register.channels.map((each) => `${each.id} (${each.type})`).join(", ")}`,
    "",
  ];
}

/** Two figures: a look is a measure in a run, and how many runs there will be is an estimate. */
function roundly(count: number): number {
  return count === 0 ? 0 : Number(count.toPrecision(2));
}

/** What the start found: how long it was away, and whether there is history to read. */
export function startNotes(daemon: Daemon): readonly string[] {
  const { register, clock } = daemon.ground();
  const unread = register.automations.filter((each) => needsHistory(daemon.ground(), each));
  const away = daemon.awaySince;
  return [
    ...(away === null
      ? []
      : [
          `was not running from ${sayInstant(away, register.timeZone, clock.now())} to now; what was missed is read now, silently`,
        ]),
    ...(unread.length === 0 ? [] : ["reading back the history, silently; nobody is notified of the past"]),
  ];
}
