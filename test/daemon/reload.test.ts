import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Outside, startDaemon } from "../../src/daemon.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-reload-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quiet = () => undefined;
const configuration = {
  name: "Harbour & Lane",
  timeZone: "Europe/Vienna",
  dataDir: "data",
  listen: { host: "127.0.0.1", port: 4310 },
  aiOwner: "Ines Calder",
  people: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
  automations: [{ id: "replies", title: "Replies", does: "answers", owner: "Ines Calder", risk: "low" }],
};

function outsideOf(warn: (message: string) => void = quiet): Outside {
  return {
    clock: realClock,
    random: realRandom,
    logger: { debug: quiet, info: quiet, warn, error: quiet },
    environment: {},
    write: quiet,
    pid: 1,
  };
}

describe("reading the configuration again", () => {
  it("derives the alarm levels from what is followed now", async () => {
    const configPath = join(folder, "config.json");
    const [replies] = configuration.automations;
    const watched = (id: string) => ({
      ...replies,
      id,
      risk: "medium",
      fallback: { by: "Ines Calder", minutesPerItem: 2, steps: ["Write it by hand."] },
      source: { type: "push", token: { env: "PUSH" } },
      schedule: "0 * * * *",
      checks: [{ id: "short", title: "Short", type: "length", max: 100 }],
    });
    const write = (change: object) =>
      writeFileSync(configPath, JSON.stringify({ ...configuration, ...change }));
    write({ automations: [watched("one")] });
    const daemon = await startDaemon(
      { configPath, port: 0 },
      { ...outsideOf(), environment: { PUSH: "s".repeat(40) } },
    );
    const { page } = daemon.levels();
    write({ automations: [watched("one"), watched("two")] });
    await daemon.reload();
    const twice = daemon.levels();
    write({ automations: [watched("one"), watched("two")], alarmBudget: { falseAlarmsPerMonth: 4 } });
    await daemon.reload();
    const quarter = daemon.levels();
    await daemon.close();
    expect(twice.page).toBeCloseTo(2 * page, 5);
    expect([...twice.runsPerMonth.keys()]).toEqual(["one", "two"]);
    expect(quarter.page).toBeCloseTo(page / 2, 5);
  });

  it("says which settings wait for the next start, instead of taking them in silence", async () => {
    const configPath = join(folder, "config.json");
    const warned: string[] = [];
    const outside = outsideOf((message) => void warned.push(message));
    writeFileSync(configPath, JSON.stringify(configuration));
    const daemon = await startDaemon({ configPath, port: 0 }, outside);
    await daemon.reload();
    expect(warned).toEqual([]);
    const edited = { ...configuration, dataDir: "other", listen: { host: "::1", port: 4310 } };
    writeFileSync(configPath, JSON.stringify(edited));
    await daemon.reload();
    await daemon.close();
    expect(warned).toEqual([
      "dataDir was edited: it takes effect at the next start",
      "listen was edited: it takes effect at the next start",
    ]);
  });
});
