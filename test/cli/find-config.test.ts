import { readFileSync, renameSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const fine = (name: string) => `${name} is fine: 2 automations, 41 measures, 1 channel.\n`;

describe("where the configuration is looked for", () => {
  it("is what --config names, before anything else", async () => {
    company.found();
    renameSync("evenkeel.config.json", "other.json");
    const { out } = await evenkeel(["validate", "--config", "other.json"], {
      environment: { EVENKEEL_CONFIG: "not-there.json" },
    });
    expect(out).toBe(fine("other.json"));
  });

  it("is what EVENKEEL_CONFIG names, before the usual name", async () => {
    company.found();
    company.write("ours.json", readFileSync("evenkeel.config.json", "utf8"));
    const { out } = await evenkeel(["validate"], { environment: { EVENKEEL_CONFIG: "ours.json" } });
    expect(out).toBe(fine("ours.json"));
  });

  it("is evenkeel.config.json in the current folder", async () => {
    company.found();
    company.write("evenkeel.config.yaml", "name: not read\n");
    expect((await evenkeel(["validate"])).out).toBe(fine("evenkeel.config.json"));
  });

  it("is evenkeel.config.yaml where there is no JSON", async () => {
    company.found();
    company.write(
      "evenkeel.config.yaml",
      stringify(JSON.parse(readFileSync("evenkeel.config.json", "utf8"))),
    );
    renameSync("evenkeel.config.json", "elsewhere.json");
    expect((await evenkeel(["validate"])).out).toBe(fine("evenkeel.config.yaml"));
  });

  it("says where it looked when there is none", async () => {
    const { err, exitCode } = await evenkeel(["validate"]);
    expect(err).toBe(
      "no configuration here: looked for evenkeel.config.json and evenkeel.config.yaml\nname one with --config FILE or in EVENKEEL_CONFIG\n",
    );
    expect(exitCode).toBe(2);
  });

  it("says that a named file is not there", async () => {
    const { text, exitCode } = await evenkeel(["backtest", "--config", "gone.json"]);
    expect(text).toContain("gone.json");
    expect(text).not.toContain("at ");
    expect(exitCode).toBe(2);
  });

  it("is named again in the next command", async () => {
    company.found();
    renameSync("evenkeel.config.json", "my config.json");
    const { out } = await evenkeel(["doctor", "--config", "my config.json"]);
    expect(out).toContain("Next  evenkeel doctor --send-test --config 'my config.json'   sends one");
  });
});
