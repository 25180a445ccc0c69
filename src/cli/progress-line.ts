import { cut } from "./cut.js";

/** Elsewhere than on a terminal progress is one line so often. */
const everyMs = 10_000;

/** Where progress is shown. */
export interface ProgressScreen {
  readonly isTty: boolean;
  readonly columns: () => number;
  readonly write: (text: string) => void;
  readonly monotonic: () => number;
}

/** One line that says how far long work has come: rewritten on a terminal, one line every ten seconds elsewhere. */
export function createProgressLine(screen: ProgressScreen) {
  let shown = false;
  let saidAt = screen.monotonic();
  /** Takes the line away, before anything else is printed. */
  const clear = (): void => {
    if (shown) screen.write("\r\u001b[2K");
    shown = false;
  };
  const say = (text: string | null): void => {
    if (text === null) {
      clear();
    } else if (screen.isTty) {
      screen.write(`\r\u001b[2K${cut(text, screen.columns() - 1)}`);
      shown = true;
    } else if (screen.monotonic() - saidAt >= everyMs) {
      screen.write(`${text}\n`);
      saidAt = screen.monotonic();
    }
  };
  return { say, clear };
}
