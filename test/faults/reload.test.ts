import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { endAll, type RunningDaemon, start, until } from "./daemon-process.js";
import { pushFolder, removeFolders, writeConfig } from "./folder.js";

afterEach(() => {
  endAll();
  removeFolders();
});

const taken = async (daemon: RunningDaemon, automation: string, id: string) =>
  (await daemon.push(automation, JSON.stringify({ id, output: "x" }))).status;

/** A configuration that is right but for its schedule or its zone. */
function badSchedule(schedule: string, timeZone = "Europe/Vienna"): string {
  const settings = {
    name: "Harbour & Lane",
    timeZone,
    aiOwner: "Tom Ashby",
    people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    automations: [
      {
        id: "replies",
        title: "Replies",
        does: "Drafts replies",
        owner: "Tom Ashby",
        risk: "low",
        schedule,
        source: { type: "push", token: { env: "PUSH_TOKEN" } },
      },
    ],
  };
  return JSON.stringify(settings, null, 2);
}

describe("SIGHUP", () => {
  it.each([
    ["broken JSON", "{ not json", /config\.json/],
    ["an unknown key", '{ "timeZone": "Europe/Vienna", "colour": "red" }', /colour/],
    ["an empty file", "", /config\.json/],
    [
      "a schedule that never comes (fault 14: an impossible date)",
      badSchedule("0 9 30 2 *"),
      /config\.json:\d+:\d+ automations\[0\]\.schedule: "0 9 30 2 \*": 30 February does not exist[\s\S]*write: +"schedule": "0 9 1 \* \*"/,
    ],
    [
      "a zone that is gone (fault 14: an unknown zone)",
      badSchedule("0 9 * * *", "Mars/Olympus"),
      /config\.json:\d+:\d+ timeZone: "Mars\/Olympus": no such time zone[\s\S]*"Europe\/Vienna"/,
    ],
  ])("with %s changes nothing and says why", async (_, text, why) => {
    const folder = pushFolder({ automations: ["replies"] });
    const daemon = await start(folder);
    writeFileSync(join(folder, "config.json"), text);
    daemon.signal("SIGHUP");
    await until("it has looked", 10_000, () => daemon.stderr().includes("stays as it was"));
    expect(daemon.stderr()).toMatch(why);
    expect(await taken(daemon, "replies", "a")).toBe(202);
    expect(daemon.hasEnded()).toBe(false);
    expect(await daemon.stop()).toMatchObject({ code: 0 });
  });

  it("with another automation begins to watch it, and forgets one that is gone", async () => {
    const folder = pushFolder({ automations: ["replies"] });
    const daemon = await start(folder);
    expect(await taken(daemon, "drafts", "a")).toBe(404);
    writeConfig(folder, { automations: ["replies", "drafts"] });
    daemon.signal("SIGHUP");
    await until("it has looked", 10_000, () => daemon.stderr().includes("configuration read again"));
    expect(await taken(daemon, "drafts", "a")).toBe(202);
    expect(await taken(daemon, "replies", "a")).toBe(202);
    expect(await (await daemon.ask("/")).text()).toContain("Replies drafts");
    writeConfig(folder, { automations: ["drafts"] });
    daemon.signal("SIGHUP");
    await until("it has looked again", 10_000, () => daemon.stderr().includes("again: 1 automation"));
    expect(await taken(daemon, "replies", "b")).toBe(404);
    expect(await taken(daemon, "drafts", "b")).toBe(202);
  });
});
