import { describe, expect, it } from "vitest";
import { type IncidentStatus, isEnded } from "../../src/domain/incident.js";
import { type IncidentEvent, legalEvents, nextStatus } from "../../src/incident/transitions.js";

describe("the life of an incident", () => {
  it.each<[IncidentStatus, IncidentEvent, IncidentStatus | null]>([
    ["open", "acknowledge", "acknowledged"],
    ["open", "recover", "resolved"],
    ["open", "false-alarm", "false-alarm"],
    ["acknowledged", "fallback-on", "fallback"],
    ["acknowledged", "acknowledge", null],
    ["fallback", "recover", "recovering"],
    ["fallback", "fallback-off", "acknowledged"],
    ["fallback", "switch-back", "resolved"],
    ["open", "switch-back", null],
    ["recovering", "switch-back", "resolved"],
    ["recovering", "worsen", "fallback"],
    ["resolved", "reopen", "open"],
    ["resolved", "acknowledge", null],
    ["false-alarm", "reopen", null],
    ["accepted-change", "resolve", null],
  ])("from %s, %s leads to %s", (from, event, to) => {
    expect(nextStatus(from, event)).toBe(to);
  });

  it("lets every state that is not an ending be ended by a person", () => {
    const living: IncidentStatus[] = ["open", "acknowledged", "fallback", "recovering"];
    for (const status of living) {
      expect(legalEvents(status)).toEqual(
        expect.arrayContaining(["resolve", "false-alarm", "accept-change"]),
      );
      expect(isEnded(status)).toBe(false);
    }
  });
});
