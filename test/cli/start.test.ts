import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli/program.js";
import { inCompanyFolder, jsonLines, orderRecords } from "./company.js";
import { evenkeel, fakeTerminal, type Printed, type Screen } from "./fake-terminal.js";

const company = inCompanyFolder();

/** Starts, waits until it is ready, stops. */
async function startAndStop(words: readonly string[] = [], screen: Screen = {}): Promise<Printed> {
  const { terminal, stop, printed } = fakeTerminal(["start", ...words], screen);
  const ended = createProgram(terminal);
  await expect.poll(() => printed(0).text, { timeout: 15_000 }).toContain("Ready in");
  stop();
  return printed(await ended);
}

function plain(text: string): string {
  return text.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:4310").replace(/^Evenkeel \S+/m, "Evenkeel 1.0.0");
}

describe("evenkeel start", () => {
  it("prints the banner, what each history held, the incident and that it is ready", async () => {
    company.found();
    const { text, exitCode } = await startAndStop();
    const order = [
      "Evenkeel 1.0.0   evenkeel.config.json   data/evenkeel.db (new)",
      "note  reading back",
      "usual level known",
      "Ready in 0.0 s, history read in",
      "note  Ctrl+C: stopping",
      "note  stopped",
    ];
    const places = order.map((part) => plain(text).indexOf(part));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
    expect(text).toContain("note  order-reading     300 outputs,   60 runs, usual level known");
    expect(text).toContain("note  meeting-notes  nothing received yet");
    expect(text).toContain("==== INCIDENT 1 opened");
    expect(exitCode).toBe(0);
  });

  it("says at a second start that it is ready after the banner, and announces nothing twice", async () => {
    company.found();
    await startAndStop();
    const { text } = await startAndStop();
    expect(plain(text)).toBe(`Evenkeel 1.0.0   evenkeel.config.json   data/evenkeel.db   times: Europe/Vienna

  Watching     2 automations, 44 measures, about 4,100 looks a month
  False alarms at most 1 a month over all of them (alarmBudget)
  Dashboard    http://127.0.0.1:4310/   reachable from this computer only
  Messages     no Slack or e-mail set up, so they are printed here

Ready in 0.0 s. Stop with Ctrl+C; nothing is lost.
note  Ctrl+C: stopping; what is owed stays stored
note  stopped
`);
  });

  it("says how much is missing to know the usual level", async () => {
    company.found();
    company.write("orders.jsonl", jsonLines(orderRecords().slice(0, 64)));
    const { text } = await startAndStop();
    expect(text).toMatch(/order-reading +64 outputs, +\d+ runs, 36 more to learn the usual/);
  });

  it("keeps stdout for the envelope with --json", async () => {
    company.found();
    const { out, err } = await startAndStop(["--json", "--port", "0"]);
    expect(JSON.parse(out)).toEqual({ data: { stopped: true }, warnings: [] });
    expect(err).toContain("==== INCIDENT 1 opened");
  });

  it("lists the faults of a configuration and starts nothing", async () => {
    company.found((config) => ({ ...config, timeZone: "Europe/Wien" }));
    const { err, exitCode } = await evenkeel(["start"]);
    expect(err).toContain("evenkeel.config.json: 1 fault, nothing was started");
    expect(exitCode).toBe(2);
  });
});
