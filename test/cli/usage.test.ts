import { chmodSync, mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inCompanyFolder, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

describe("what is typed", () => {
  it("shows the help when nothing is", async () => {
    const { out, err, exitCode } = await evenkeel([]);
    expect(out).toContain("Usage: evenkeel [options] [command]");
    expect(out).toContain("backtest");
    expect(err).toBe("");
    expect(exitCode).toBe(0);
  });

  it.each(["incidents", "golden"])("shows the help of %s when nothing follows", async (word) => {
    const { out, exitCode } = await evenkeel([word]);
    expect(out).toContain(`Usage: evenkeel ${word} [options] [command]`);
    expect(exitCode).toBe(0);
  });

  it("keeps help within the screen", async () => {
    const { out } = await evenkeel(["--help"], { columns: 80 });
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    [["strat"], 'unknown command "strat"; did you mean "start"?\nevenkeel --help says what can be typed\n'],
    [
      ["incidents", "lsit"],
      'unknown command "lsit"; did you mean "list"?\nevenkeel incidents --help says what can be typed\n',
    ],
    [
      ["try", "order-reading", "--lats", "5"],
      'unknown option "--lats"; did you mean "--last"?\nevenkeel try --help says what can be typed\n',
    ],
    [["try"], 'missing required argument "automation"\nevenkeel try --help says what can be typed\n'],
    [
      ["incidents", "resolve", "1"],
      'required option "--why <text>" not specified\nevenkeel incidents resolve --help says what can be typed\n',
    ],
    [
      ["--config", "x.json", "validate"],
      'unknown option "--config"\noptions stand after the command, such as: evenkeel validate --config\nevenkeel --help says what can be typed\n',
    ],
  ])("says what was meant by %j", async (words, expected) => {
    const { out, err, exitCode } = await evenkeel(words);
    expect(err).toBe(expected);
    expect(out).toBe("");
    expect(exitCode).toBe(2);
  });

  it.each([
    [["try", "order-reading", "--last", "0"], "--last 0: expected a whole number from 1 to 10000\n"],
    [
      ["backtest", "--from", "yesterday"],
      "--from yesterday: expected a day such as 2026-09-19, or 2026-09-19T14:00\n",
    ],
    [
      ["backtest", "--from", "2026-11-18", "--to", "2026-11-17"],
      "--from 2026-11-18 is not before --to 2026-11-17\n",
    ],
    [["incidents", "show", "one"], '"one" is no incident number; evenkeel incidents list shows them\n'],
    [
      ["incidents", "resolve", "1", "--why", "x", "--as", "gone"],
      "--as gone: expected one of resolved, false-alarm, accepted-change, switched-back\n",
    ],
    [["start", "--port", "many"], "--port many: expected a number from 0 to 65535\n"],
    [["golden", "run", "order-reading", "--override"], "order-reading has no golden set; add"],
    [
      ["run", "order-raeding"],
      'evenkeel.config.json has no automation "order-raeding"; did you mean "order-reading"?\n',
    ],
    [["run", "x"], 'evenkeel.config.json has no automation "x"; it has order-reading, meeting-notes\n'],
  ])("refuses %j in a sentence", async (words, expected) => {
    company.found();
    const { err, exitCode } = await evenkeel(words);
    expect(err.startsWith(expected)).toBe(true);
    expect(err).not.toMatch(/^ +at /m);
    expect(exitCode).toBe(2);
  });

  it("says the system's own refusal without a stack", async () => {
    company.found();
    company.write("data", "a file where a folder should be");
    const { err, exitCode } = await evenkeel(["run", "order-reading"]);
    expect(err).toMatch(/^E[A-Z]+: /);
    expect(err).not.toMatch(/^ +at /m);
    expect(exitCode).toBe(2);
  });
});

describe("colours", () => {
  const esc = String.fromCharCode(27);
  const withoutColours = (text: string) => text.replaceAll(new RegExp(`${esc}\\[\\d+m`, "g"), "");

  it.each([["incidents", "list"], ["register"], ["doctor"], ["try", "order-reading"]])(
    "only repeat what %s says",
    async (...words) => {
      company.found();
      await evenkeel(["run", "order-reading"]);
      const plain = await evenkeel(words);
      const coloured = await evenkeel(words, { colors: true });
      expect(plain.text).not.toContain(esc);
      expect(coloured.text).toContain(esc);
      expect(withoutColours(coloured.text)).toBe(plain.text);
    },
  );
});

describe("a data folder that cannot be written", () => {
  it.skipIf(process.getuid?.() === 0)("is named", async () => {
    company.found();
    mkdirSync("data");
    chmodSync("data", 0o500);
    const { err, exitCode } = await evenkeel(["run", "order-reading"]);
    expect(err).toContain("data");
    expect(exitCode).toBe(2);
  });

  it.each([
    ["format", { on: "total", format: "date", patterns: ["dd.mm.yyyy"] }, "write dd.MM.yyyy or %d.%m.%Y\n"],
    ["regex", { pattern: "a%s%d%j(" }, '"a%s%d%j("'],
  ])("prints signs of percent in a fault of a %s check as they are", async (type, settings, expected) => {
    company.found((config) =>
      withAutomation(config, "order-reading", { checks: [{ id: "a", type, ...settings }] }),
    );
    const { out, exitCode } = await evenkeel(["validate"]);
    expect(out).toContain(expected);
    expect(exitCode).toBe(2);
  });
});
