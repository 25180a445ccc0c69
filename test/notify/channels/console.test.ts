import { describe, expect, it } from "vitest";
import { prepareChannel } from "../../../src/notify/settings.js";
import { firstTry, ports, settings } from "../channel-fixtures.js";
import { messageNamed, messages } from "../stories.js";

describe("the terminal", () => {
  it("prints the frame, and the hint where it is the only channel", async () => {
    const to = ports();
    const channel = prepareChannel(settings.console, to);
    await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    const lines = to.written.join("").split("\n");
    expect(lines[0]).toBe("==== INCIDENT 27 opened ============================ Wed 07:02 Vienna time ====");
    expect(lines.at(-3)).toBe("=".repeat(79));
    expect(lines.at(-2)).toMatch(/^note {2}only this terminal saw it/);
  });

  it("says nothing of other channels where it is one of several", () => {
    const channel = prepareChannel({ id: "console", type: "console" }, ports());
    expect(JSON.stringify(channel.render(messageNamed("opened-drift")))).not.toContain("only this terminal");
  });

  it.each(Object.keys(messages))("keeps %s within 79 columns and without control characters", (name) => {
    const payload = prepareChannel(settings.console, ports()).render(messageNamed(name));
    const text = JSON.stringify(payload);
    expect(text).not.toMatch(/\\u00[01]/);
    for (const line of text.split("\\n")) expect([...line].length).toBeLessThan(110);
  });
});
