/**
 * Structured notes on stderr, one line of JSON each: whoever runs the daemon reads them.
 * Never sampled outputs; fields that usually carry secrets are blanked by name.
 */
import { createRequire } from "node:module";
import type { DestinationStream, Logger as PinoLogger } from "pino";
import type { Logger } from "../domain/ports.js";

/** How much is written. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

type Noted = "debug" | "info" | "warn" | "error";

const loudness: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];
const secretNames = ["authorization", "password", "secret", "token", "apiKey", "cookie"];

/**
 * Writes to stderr, at once: a crash must not swallow the line that explains it. The library is loaded with the first
 * line, so that a quiet daemon does not hold its 8 MB.
 */
export function createLogger(level: LogLevel, stream?: DestinationStream): Logger {
  let log: PinoLogger | null = null;
  const write =
    (noted: Noted): Logger["debug"] =>
    (message, fields) => {
      if (loudness.indexOf(noted) < loudness.indexOf(level)) return;
      log ??= openLog(level, stream);
      log[noted](fields ?? {}, message);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

function openLog(level: LogLevel, stream: DestinationStream | undefined): PinoLogger {
  const { destination, pino }: typeof import("pino") = createRequire(import.meta.url)("pino");
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: "***" },
    },
    stream ?? destination({ fd: 2, sync: true }),
  );
}
