import { describe, expect, it } from "vitest";
import { examineStore } from "../../src/cli/doctor-store.js";
import type { Ground } from "../../src/flow/ground.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { benchGround } from "../flow/bench-ground.js";
import { ports, settings } from "../notify/channel-fixtures.js";

function examined(stored: string | null) {
  const channel = prepareChannel({ ...settings.slack, appToken: { env: "SLACK_APP_TOKEN" } }, ports());
  const bench = benchGround();
  const ready = { id: "ops", type: "slack", channel, fallback: null, onlyAsFallback: false };
  const ground: Ground = { ...bench.ground, register: { ...bench.ground.register, channels: [ready] } };
  if (stored !== null) ground.store.meta.set("presses:ops", stored);
  return examineStore(ground).filter(({ about }) => about === "buttons of ops");
}

describe("doctor, about buttons in Slack", () => {
  it("says since when they are not heard, why, and what still works", () => {
    const at = Date.UTC(2026, 2, 1, 22, 15);
    expect(examined(JSON.stringify({ connected: false, at, reason: "invalid_auth" }))).toEqual([
      {
        level: "broken",
        about: "buttons of ops",
        text: "not heard since Sun 22:15: invalid_auth",
        fix: "links and pages still work; see appToken",
      },
    ]);
  });

  it("says since when they are heard", () => {
    const at = Date.UTC(2026, 2, 1, 22, 15);
    expect(examined(JSON.stringify({ connected: true, at, reason: null }))).toMatchObject([
      { level: "fine", text: "heard since Sun 22:15" },
    ]);
  });

  it.each([[null], ["not json"]])("says nothing where no connection was opened (%s)", (stored) => {
    expect(examined(stored)).toEqual([]);
  });
});
