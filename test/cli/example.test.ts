import { describe, expect, it } from "vitest";
import { evenkeel } from "./fake-terminal.js";

const config = ["--config", "config.example.json"];

describe("commands on the example", () => {
  it("finds it valid", async () => {
    const { out, exitCode } = await evenkeel(["validate", ...config]);
    expect(out).toMatch(/^config\.example\.json is fine: 4 automations, \d+ measures, 1 channel\.\n$/);
    expect(exitCode).toBe(0);
  });

  it("tries the checks of the automation that goes wrong, and each of them passes", async () => {
    const { out, exitCode } = await evenkeel(["try", "support-triage", ...config]);
    expect(out).toContain("Support triage: 20 outputs read");
    expect(exitCode).toBe(0);
  });

  it.each(["try", "backtest"])("keeps what %s says of long titles within 80 columns", async (word) => {
    const { out } = await evenkeel([word, "support-triage", ...config], { columns: 80 });
    // a command to type is never cut
    const lines = out.split("\n").filter((line) => !line.startsWith("Next"));
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
    expect(out).toContain(": applies to none of them");
  });

  it("replays it to the one incident there is", async () => {
    const { out, exitCode } = await evenkeel(["backtest", "support-triage", ...config], { columns: 120 });
    expect(out).toContain("With this config you would have been notified 1 time:");
    expect(out).toMatch(/^! .*Outputs with category “general” .* still open at the end$/m);
    expect(exitCode).toBe(1);
  });
});
