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

describe("reading the configuration again", () => {
  it("says which settings wait for the next start, instead of taking them in silence", async () => {
    const configPath = join(folder, "config.json");
    const warned: string[] = [];
    const outside: Outside = {
      clock: realClock,
      random: realRandom,
      logger: { debug: quiet, info: quiet, warn: (message) => void warned.push(message), error: quiet },
      environment: {},
      write: quiet,
      pid: 1,
    };
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
