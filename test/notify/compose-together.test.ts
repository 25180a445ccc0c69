import { describe, expect, it } from "vitest";
import { composeCombined, composeSummary } from "../../src/notify/compose-together.js";
import type { IncidentMessage } from "../../src/notify/message.js";
import { messages, wednesday } from "./stories.js";

function message(name: string): IncidentMessage {
  const found = messages[name];
  if (found === undefined) throw new Error(`no message ${name}`);
  return found;
}

describe("an opening and the end that waits behind it", () => {
  const how = { notificationId: "n", unreachable: true };

  it("is told under the opening's headline", () => {
    expect(composeCombined(message("opened-drift"), message("ended"), how).headline).toBe(
      message("opened-drift").headline,
    );
  });

  it("is told under the incident's own headline when it opened with others, which have not ended", () => {
    const { headline, alert } = composeCombined(message("group"), message("ended"), how);
    expect(headline).toBe(message("ended").headline);
    expect(alert).not.toContain("2 automations");
    expect(alert.startsWith(`${headline}. Opened and `)).toBe(true);
  });
});

describe("the first line of a summary", () => {
  const summary = (names: readonly string[], incidents: number) =>
    composeSummary(
      {
        notificationId: "n",
        instance: "Harbour & Lane",
        zone: "Europe/Vienna",
        incidents,
        opened: incidents,
        withinMs: 60_000,
        messages: names.map((name, id) => ({
          ...message("opened-drift"),
          incident: { ...(message("opened-drift").incident ?? notThere()), id },
          automation: { id: name, title: name, risk: "low" },
        })),
        url: null,
      },
      wednesday,
    ).alert.replace(/^[^:]*: /, "");

  it.each([
    [["A", "B", "C", "D"], 4, "A, B, C and 1 more."],
    [["A", "B", "C"], 495, "A, B, C and 492 more."],
    [["A"], 493, "A and 492 more."],
    [["A", "B"], 2, "A and B."],
    [[], 2, "2 more."],
  ])("with %j of %i", (names, incidents, said) => {
    expect(summary(names, incidents)).toBe(said);
  });
});

function notThere(): never {
  throw new Error("no incident");
}
