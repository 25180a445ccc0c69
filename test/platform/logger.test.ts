import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/platform/logger.js";

function record(): { lines: string[]; stream: { write(line: string): void } } {
  const lines: string[] = [];
  return { lines, stream: { write: (line) => lines.push(line) } };
}

describe("the logger", () => {
  it("writes one line of JSON, with control characters escaped and secrets blanked", () => {
    const { lines, stream } = record();
    createLogger("info", stream).warn("source failed\nsecond line", {
      automation: "triage",
      token: "canary",
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain("\n");
    expect(lines[0]).toContain('"automation":"triage"');
    expect(lines[0]).not.toContain("canary");
  });

  it("leaves out what is below its level", () => {
    const { lines, stream } = record();
    const log = createLogger("warn", stream);
    log.debug("a");
    log.info("b");
    log.error("c");
    expect(lines).toHaveLength(1);
  });
});
