import { describe, expect, it } from "vitest";
import { createProgressLine } from "../../src/cli/progress-line.js";

function line(isTty: boolean) {
  const written: string[] = [];
  const time = { now: 0 };
  const progress = createProgressLine({
    isTty,
    columns: () => 20,
    write: (text) => void written.push(text),
    monotonic: () => time.now,
  });
  return { progress, written, time };
}

describe("the line of progress", () => {
  it("is rewritten on a terminal, cut to its width, and taken away", () => {
    const { progress, written } = line(true);
    progress.say("run 1 of 200");
    progress.say("support-triage: run 50 of 200");
    progress.say(null);
    progress.say(null);
    expect(written).toEqual(["\r\u001b[2Krun 1 of 200", "\r\u001b[2Ksupport-triage:...", "\r\u001b[2K"]);
  });

  it("is one line every ten seconds elsewhere", () => {
    const { progress, written, time } = line(false);
    for (time.now = 0; time.now <= 25_000; time.now += 1_000) progress.say(`at ${time.now}`);
    progress.say(null);
    expect(written).toEqual(["at 10000\n", "at 20000\n"]);
  });
});
