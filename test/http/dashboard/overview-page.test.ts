import { describe, expect, it } from "vitest";
import type { AutomationState } from "../../../src/flow/overview.js";
import { headline, rest } from "../../../src/http/dashboard/overview-page.js";
import type { WatchState } from "../../../src/wording/states.js";

function standing(title: string, state: WatchState): AutomationState {
  const incident = { id: 1, status: "open", title: "Totals fell", silenced: false } as const;
  return {
    id: title.toLowerCase(),
    title,
    owner: "Tom Ashby",
    risk: "medium",
    state,
    reason: "",
    lastRunAt: null,
    lastOutputAt: null,
    outputs: 0,
    openReports: 0,
    openIncidents: state === "incident" ? [incident] : [],
  };
}

describe("the head of the overview", () => {
  it.each([
    [["incident", "incident"], "2 incidents open: A0 and A1", null],
    [
      ["incident", "steady", "steady", "no-data"],
      "1 incident open: A0",
      "The others: 2 steady and 1 no data.",
    ],
    [["incident", "blind"], "1 incident open: A0", "The others: 1 blind."],
    [["blind", "steady"], "A0 cannot be checked", "The others: 1 steady."],
    [["steady", "watching", "steady"], "Nothing needs anyone", "2 steady and 1 watching."],
  ] as const)("of %j says %j, then %j", (states, first, second) => {
    const standings = states.map((state, index) => standing(`A${index}`, state));
    expect([headline(standings), rest(standings)]).toEqual([first, second]);
  });

  it("never says that nothing needs anyone while a report waits", () => {
    const standings = [{ ...standing("A0", "steady"), openReports: 2 }, standing("A1", "steady")];
    expect(headline(standings)).toBe("Nothing is wrong now; 2 reports from people to settle");
  });
});
