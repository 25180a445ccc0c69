import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatFaults } from "../../src/config/fault.js";
import { type ConfigPorts, readConfig } from "../../src/config/load.js";

/** One bad file per rule; the exact message stands beside it in a file of the same name ending in .txt. */
const folder = join(import.meta.dirname, "invalid");
const files = readdirSync(folder).filter((name) => /\.(json|yaml)$/.test(name));

const ports: ConfigPorts = {
  readFile: (path) => readFileSync(join(folder, path), "utf8"),
  stampOf: () => "",
  readColumn: () => [],
  secretPresent: () => false,
};

describe("every bad configuration is refused with its message", () => {
  it.each(files)("%s", async (name) => {
    const { config, faults } = await readConfig(name, ports);
    const message = `${formatFaults(name, faults)}\n`;
    const expectedFile = join(folder, name.replace(/\.\w+$/, ".txt"));
    if (process.env.UPDATE_FIXTURES === "1") writeFileSync(expectedFile, message);
    expect(message).toBe(existsSync(expectedFile) ? readFileSync(expectedFile, "utf8") : "");
    expect(config).toBeNull();
    expect(faults.length).toBeGreaterThan(0);
  });

  it("has no message without its file", () => {
    const messages = readdirSync(folder).filter((name) => name.endsWith(".txt"));
    expect(messages.map((name) => name.replace(/\.txt$/, "")).sort()).toEqual(
      files.map((name) => name.replace(/\.\w+$/, "")).sort(),
    );
  });
});
