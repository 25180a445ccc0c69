import { describe, expect, it } from "vitest";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel, type Screen } from "./fake-terminal.js";

const company = inCompanyFolder();
const screens = [80, 120, null] as const;

/** What stands on the page whatever disk it was printed on. */
function sameEverywhere(text: string): string {
  return text.replace(/[\d.]+ [MG]B in/g, "0.5 MB in").replace(/[\d.]+ [MG]B free/g, "70 GB free");
}

async function looksAs(
  name: string,
  words: readonly string[],
  screen: Screen,
  exitCode: number,
): Promise<void> {
  const printed = await evenkeel(words, screen);
  const width = screen.columns ?? "pipe";
  await expect(sameEverywhere(`$ evenkeel ${words.join(" ")}\n${printed.text}`)).toMatchFileSnapshot(
    `../../fixtures/messages/cli/${name}.${width}.txt`,
  );
  expect(printed.exitCode).toBe(exitCode);
  if (screen.columns !== null) expect(tooLong(printed.out, screen.columns ?? 80)).toEqual([]);
}

function tooLong(text: string, columns: number): readonly string[] {
  return text.split("\n").filter((line) => [...line].length > columns);
}

describe("before anything was watched, commands look as in fixtures/messages/cli", () => {
  const cases = [
    ["validate", ["validate"], 0],
    ["try", ["try", "order-reading"], 1],
    ["try-nothing", ["try", "meeting-notes"], 0],
    ["backtest", ["backtest"], 1],
    ["doctor-new", ["doctor"], 0],
    ["incidents-list-new", ["incidents", "list"], 2],
  ] as const;

  it.each(cases.flatMap((each) => screens.map((columns) => [...each, columns] as const)))(
    "%s",
    async (name, words, exitCode, columns) => {
      company.found();
      await looksAs(name, words, { columns }, exitCode);
    },
  );

  it.each(screens)("a trial with checks of one title, skips and notes, on %s columns", async (columns) => {
    company.found((config) =>
      withAutomation(config, "order-reading", {
        checks: [
          { id: "total-in-bounds", type: "expression", expression: "total < 150" },
          { id: "currency-known", type: "expression", expression: "currency = 'EUR'" },
          {
            id: "large-in-euro",
            type: "one-of",
            on: "currncy",
            values: ["EUR"],
            when: "@.output.total > 180",
          },
          { id: "json", title: "The answer is JSON", type: "is-json" },
        ],
      }),
    );
    const records = orderRecords().slice(0, 12);
    const fenced = records.map((each) => ({
      ...each,
      output: `\`\`\`json\n${JSON.stringify(each.output)}\n\`\`\``,
    }));
    company.write("orders.jsonl", jsonLines(fenced));
    await looksAs("try-alike", ["try", "order-reading"], { columns }, 1);
    await looksAs("try-alike-all", ["try", "order-reading", "--all"], { columns }, 1);
  });

  it.each(screens)("validate with faults, on %s columns", async (columns) => {
    company.found((config) => ({ ...config, lisen: { port: 1 }, aiOwner: "Ines Caldr" }));
    await looksAs("validate-faults", ["validate"], { columns }, 2);
  });
});

describe("once something was found, commands look as in fixtures/messages/cli", () => {
  const cases = [
    ["incidents-list", ["incidents", "list"], 1],
    ["incidents-show", ["incidents", "show", "1"], 0],
    ["incidents-show-list", ["incidents", "show", "1", "--list"], 0],
    ["register", ["register"], 0],
    ["doctor", ["doctor"], 0],
    ["run-again", ["run", "order-reading"], 1],
    ["incidents-ack", ["incidents", "ack", "1"], 0],
  ] as const;

  it.each(cases.flatMap((each) => screens.map((columns) => [...each, columns] as const)))(
    "%s",
    async (name, words, exitCode, columns) => {
      company.found();
      expect((await evenkeel(["run", "order-reading"])).exitCode).toBe(1);
      await looksAs(name, words, { columns }, exitCode);
    },
  );

  it("never says only that no incident is open while something has no data", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    await evenkeel([
      "incidents",
      "resolve",
      "1",
      "--cause",
      "data",
      "--waive-rest",
      "--why",
      "the reader has been put right",
    ]);
    const { out, exitCode } = await evenkeel(["incidents", "list"]);
    expect(out).toBe(
      "No open incidents. Last: 1, ended 07:10. 1 automation without data (evenkeel doctor).\n",
    );
    expect(exitCode).toBe(0);
  });

  it("shows an ended incident as ended, without what to do", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    await evenkeel(["incidents", "resolve", "1", "--as", "false-alarm", "--why", "a test order"]);
    const { out } = await evenkeel(["incidents", "show", "1"]);
    expect(out).toContain("Incident 1: ended 07:10: false alarm");
    expect(out).not.toContain("Do this by hand");
  });
});
