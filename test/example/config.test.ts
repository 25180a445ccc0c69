import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadConfig, readConfig } from "../../src/config/load.js";

const path = fileURLToPath(new URL("../../config.example.json", import.meta.url));
const text = readFileSync(path, "utf8");

/** The example with its switched-off blocks switched on: comment lines that hold settings, not sentences. */
const switchedOn = text.replaceAll(/^(\s*)\/\/ (\s*(?:["{}\]]|\/\/).*)$/gm, "$1$2");

describe("config.example.json", () => {
  it("is a whole configuration, without faults and without secrets", async () => {
    const config = await loadConfig(path, {
      readFile: (file) => readFileSync(file, "utf8"),
      stampOf: () => "",
      readColumn: () => [],
      secretPresent: () => false,
    });
    expect(config.automations.length).toBe(4);
  });

  it("stays one when Slack, e-mail and the known answers are switched on", async () => {
    const asked: string[] = [];
    const { config, faults } = await readConfig(path, {
      readFile: (file) => (file === path ? switchedOn : readFileSync(file, "utf8")),
      stampOf: () => "",
      readColumn: () => [],
      secretPresent: (reference) => asked.push(JSON.stringify(reference)) > 0,
    });
    expect(switchedOn).not.toBe(text);
    expect(faults).toEqual([]);
    expect(config).not.toBeNull();
    expect(asked.join()).toContain("SLACK_BOT_TOKEN");
    expect(asked.join()).toContain("TRIAGE_TOKEN");
    expect(asked.join()).toContain("secrets/smtp-password");
  });

  it("names what is missing when the secrets are not there", async () => {
    const { faults } = await readConfig(path, {
      readFile: (file) => (file === path ? switchedOn : readFileSync(file, "utf8")),
      stampOf: () => "",
      readColumn: () => [],
      secretPresent: () => false,
    });
    expect(faults.map(({ path }) => path)).toEqual([
      "channels[0].token",
      "channels[1].login.password",
      "automations[0].golden.probe.headers.Authorization",
    ]);
  });
});
