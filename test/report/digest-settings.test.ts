import { describe, expect, it } from "vitest";
import { createReaders, digestSettings } from "../../src/report/digest-settings.js";

const registered = {
  aiOwner: "Ines Calder",
  automations: [
    { id: "triage", owner: "Tom Ashby" },
    { id: "invoices", owner: "Priya Raman" },
    { id: "quotes", owner: "Tom Ashby" },
  ],
};

const readers = (settings: object) => createReaders(digestSettings.parse(settings), registered);

describe("who reads the digest", () => {
  it("is every owner about what they own, and the AI owner about everything, who judges nobody else's", () => {
    expect(readers({})).toEqual([
      {
        person: "Ines Calder",
        automations: ["triage", "invoices", "quotes"],
        judges: [],
        weekday: 0,
        minute: 480,
        channel: null,
      },
      expect.objectContaining({
        person: "Tom Ashby",
        automations: ["triage", "quotes"],
        judges: ["triage", "quotes"],
      }),
      expect.objectContaining({ person: "Priya Raman", automations: ["invoices"], judges: ["invoices"] }),
    ]);
  });

  it("is whom the configuration names, who judge what they are named for", () => {
    const named = {
      person: "Lena Voss",
      automations: ["quotes"],
      weekday: "fri",
      at: "16:30",
      channel: "desk",
    };
    expect(readers({ readers: [named, { person: "Ines Calder" }], channel: "mail" })).toEqual([
      {
        person: "Lena Voss",
        automations: ["quotes"],
        judges: ["quotes"],
        weekday: 4,
        minute: 990,
        channel: "desk",
      },
      expect.objectContaining({
        person: "Ines Calder",
        judges: [],
        weekday: 0,
        minute: 480,
        channel: "mail",
      }),
    ]);
    expect(readers({ readers: [] })).toEqual([]);
  });
});
