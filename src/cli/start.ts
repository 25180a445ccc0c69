import type { Command } from "commander";
import { type Daemon, startDaemon } from "../daemon.js";
import { messageOf } from "../domain/errors.js";
import { tuneEngine } from "../platform/engine.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { findConfig } from "./find-config.js";
import { clean, note } from "./outcome.js";
import { bannerLines, startNotes } from "./start-banner.js";
import { historyNotes } from "./start-history.js";
import type { Terminal } from "./terminal.js";
import { portNumber } from "./usage.js";

interface StartOptions extends CommonOptions {
  readonly port?: string;
}

/** `evenkeel start`: runs the daemon until it is told to stop. */
export function addStart(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("start"))
    .description("watch: run the daemon in this terminal until Ctrl+C")
    .option("--port <number>", "listen on this port instead of the configured one; 0 for any")
    .action((options: StartOptions) =>
      context.run(options, async () => {
        await watch(context, options);
        return clean({ stopped: true }, []);
      }),
    );
}

async function watch({ terminal, version }: CommandContext, options: StartOptions): Promise<void> {
  const port = options.port === undefined ? null : portNumber(options.port);
  const configPath = findConfig(options.config, terminal.outside.environment);
  // with --json stdout holds the envelope alone
  const say = options.json ? terminal.err : terminal.out;
  const outside = options.json
    ? { ...terminal.outside, write: (text: string) => terminal.err(text.replace(/\n$/, "")) }
    : terminal.outside;
  const stop = terminal.stopRequested();
  const history = historyNotes(terminal, say);
  const { onReport, onProgress } = history;
  let ready = false;
  const onReady = () => {
    ready = true;
    tuneEngine("resting");
    history.onReady();
  };
  const daemon = await startDaemon(
    { configPath, ...(port === null ? {} : { port }), onReport, onProgress, onReady },
    outside,
  );
  if (!ready) tuneEngine("working");
  for (const line of bannerLines(terminal, daemon, { configPath, version })) say(line);
  for (const each of startNotes(daemon)) note(terminal, each);
  history.started(daemon);
  terminal.onReload(() => void reload(terminal, daemon));
  const signal = await stop;
  terminal.progress(null);
  note(terminal, `${signal === "SIGINT" ? "Ctrl+C" : signal}: stopping; what is owed stays stored`);
  await daemon.close();
  note(terminal, "stopped");
}

async function reload(terminal: Terminal, daemon: Daemon): Promise<void> {
  try {
    await daemon.reload();
    note(
      terminal,
      `configuration read again: ${sayCount(daemon.ground().register.automations.length, "automation")}`,
    );
  } catch (thrown) {
    const said = messageOf(thrown).replace(/, nothing was started$/m, ", nothing was changed");
    terminal.err(`${said}\n\nthe configuration in force stays as it was`);
  }
}
