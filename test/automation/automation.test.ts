import { describe, expect, it } from "vitest";
import { createAutomation } from "../../src/automation/create-automation.js";
import { onCallAt } from "../../src/automation/on-call.js";
import { createPerson, personSettings } from "../../src/automation/person-settings.js";
import { registerSettings } from "../../src/automation/register-settings.js";
import { tierDefaults } from "../../src/automation/tier-defaults.js";
import { addWorkingTime } from "../../src/automation/working-time.js";

const surroundings = { timeZone: "Europe/Vienna", schedule: "0 * * * *" };

function automation(entry: Readonly<Record<string, unknown>> = {}) {
  const settings = registerSettings.parse({
    id: "support-triage",
    does: "Sorts tickets.",
    owner: "Marta Quill",
    risk: "high",
    ...entry,
  });
  return createAutomation(settings, surroundings);
}

const at = (text: string): number => Date.parse(`${text}:00Z`);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

describe("createAutomation", () => {
  it.each([
    ["high", "page", [1, 2, 8], 0.5, "round-the-clock", 1],
    ["medium", "page", [4, 8, 24], 2, "round-the-clock", 3],
    ["low", "digest", [8, 16, 40], 8, "working-hours", 6],
  ])("fills in the defaults of risk %s", (risk, level, hours, remind, clock, everyMonths) => {
    const filled = automation({ risk });
    expect(filled.driftLevel).toBe(level);
    const [acknowledgeMs, containMs, restoreMs] = hours.map((each) => each * 3_600_000);
    const rest = { acknowledgementExpiresMs: 8 * 3_600_000, hoursOf: null };
    expect(filled.sla).toEqual({
      acknowledgeMs,
      containMs,
      restoreMs,
      remindMs: remind * 3_600_000,
      clock,
      ...rest,
    });
    expect(filled.review).toEqual({ everyMonths, last: null });
  });

  it("takes what the entry says over the defaults", () => {
    const filled = automation({
      sla: { acknowledge: "30m" },
      review: { everyMonths: 2, last: "2026-09-01" },
      timeZone: "Europe/Lisbon",
    });
    expect(filled.sla).toMatchObject({
      acknowledgeMs: 1_800_000,
      restoreMs: 28_800_000,
      clock: "round-the-clock",
    });
    expect(filled.review).toEqual({ everyMonths: 2, last: "2026-09-01" });
    expect(filled.timeZone).toBe("Europe/Lisbon");
  });

  it.each([
    [{ restore: "1h" }, 1],
    [{ acknowledge: "3h" }, 3],
    [{ contain: "90m" }, 1.5],
  ])("has a default to contain that fits between the clocks that are written: %j", (sla, hours) =>
    expect(automation({ sla }).sla.containMs).toBe(hours * 3_600_000),
  );

  it("makes a title from the id and calls the owner, where nothing else is said", () => {
    expect(automation().title).toBe("Support triage");
    expect(automation().onCall).toEqual({ kind: "person", name: "Marta Quill" });
  });

  it("samples more, sooner and oftener the higher the risk", () => {
    const { high, medium, low } = tierDefaults;
    expect([high.sampleSize, medium.sampleSize, low.sampleSize]).toEqual([50, 20, 10]);
    expect([high.schedule, medium.schedule, low.schedule]).toEqual(["every 15m", "0 * * * *", "0 6 * * *"]);
  });
});

describe("onCallAt", () => {
  const rota = automation({ onCall: { weekly: ["Ana", "Ben", "Cleo"], startsOn: "2026-01-05" } });
  it.each([
    ["on the first day", "2026-01-05T08:00", "Ana"],
    ["until local midnight of the next Monday", "2026-01-11T22:59", "Ana"],
    ["from then on", "2026-01-11T23:00", "Ben"],
    ["in the third week", "2026-01-20T12:00", "Cleo"],
    ["when the turn comes round", "2026-01-26T12:00", "Ana"],
    ["after the spring change", "2026-03-29T22:00", "Ana"],
    ["the week before the start", "2026-01-04T12:00", "Cleo"],
  ])("names who has the week %s", (_name, instant, name) => expect(onCallAt(rota, at(instant))).toBe(name));

  it.each([
    ["before the swap", "2026-01-06T22:59", "Ana"],
    ["from local midnight of its first day", "2026-01-06T23:00", "Cleo"],
    ["to the end of its last", "2026-01-08T22:59", "Cleo"],
    ["after it", "2026-01-08T23:00", "Ana"],
    ["where it is somebody else's turn", "2026-01-13T12:00", "Ben"],
  ])("keeps to a swap %s", (_name, instant, name) => {
    const swaps = [{ from: "2026-01-07", to: "2026-01-08", who: "Ana", instead: "Cleo" }];
    const swapped = automation({ onCall: { weekly: ["Ana", "Ben"], startsOn: "2026-01-05", swaps } });
    expect(onCallAt(swapped, at(instant))).toBe(name);
  });

  it("is always the same person without a rota", () =>
    expect(onCallAt(automation({ onCall: "Jonas Feld" }), at("2026-05-01T00:00"))).toBe("Jonas Feld"));
});

describe("addWorkingTime", () => {
  const office = createPerson(
    personSettings.parse({ name: "Lena Voss", holidays: ["2026-12-25"] }),
    "Europe/Vienna",
  );
  const night = createPerson(
    personSettings.parse({
      name: "Tom Ashby",
      timeZone: "Europe/Vienna",
      workingHours: { sat: "00:00-24:00", sun: "02:30-04:00" },
    }),
    "UTC",
  );
  it.each([
    ["within the day", office, "2026-11-18T09:00", 1, "2026-11-18T10:00"],
    ["to the end of the day", office, "2026-11-18T15:00", 1, "2026-11-18T16:00"],
    ["over night", office, "2026-11-18T15:30", 1, "2026-11-19T08:30"],
    ["over the weekend", office, "2026-11-20T15:30", 1, "2026-11-23T08:30"],
    ["from the weekend", office, "2026-11-21T12:00", 1, "2026-11-23T09:00"],
    ["over a holiday and a weekend", office, "2026-12-24T15:00", 2, "2026-12-28T09:00"],
    ["over five working days", office, "2026-11-18T08:00", 40, "2026-11-24T16:00"],
    ["over the autumn change", office, "2026-10-23T14:00", 2, "2026-10-26T09:00"],
    ["from the earlier of two half past twos", night, "2026-10-24T23:00", 1, "2026-10-25T01:30"],
    ["from the end of a spring gap", night, "2026-03-28T23:00", 0.5, "2026-03-29T01:30"],
    ["through a whole day", night, "2026-11-20T23:00", 24, "2026-11-21T23:00"],
  ])("counts %s", (_name, person, start, hours, expected) =>
    expect(iso(addWorkingTime(at(start), hours * 3_600_000, person))).toBe(expected),
  );

  it("says so when there are no hours to count in", () => {
    const idle = { ...office, workingHours: [] };
    expect(() => addWorkingTime(at("2026-11-18T09:00"), 1, idle)).toThrow(
      "Lena Voss has no working hours left",
    );
  });
});

describe("personSettings", () => {
  it.each([
    [{ mon: "9-17" }, "are no hours"],
    [{ mon: "17:00-09:00" }, "end before they begin"],
    [{ mon: "09:00-24:30" }, "end before they begin"],
    [{}, "has no day at all"],
  ])("refuses working hours %j", (workingHours, message) => {
    const result = personSettings.safeParse({ name: "Lena Voss", workingHours });
    expect(result.error?.issues[0]?.message).toContain(message);
  });
});
