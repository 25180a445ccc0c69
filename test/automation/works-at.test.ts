import { expect, it } from "vitest";
import { worksAt } from "../../src/automation/works-at.js";
import type { Person } from "../../src/domain/person.js";

const nine = { fromMinute: 540, toMinute: 1_020 };
const person: Person = {
  name: "Marta Quill",
  email: null,
  slackId: null,
  timeZone: "America/New_York",
  workingHours: [nine, nine, nine, nine, nine, null, null],
  holidays: ["2026-11-26"],
};

it.each([
  ["2026-11-25T13:59:59Z", false],
  ["2026-11-25T14:00:00Z", true],
  ["2026-11-25T21:59:59Z", true],
  ["2026-11-25T22:00:00Z", false],
  // a holiday, and a Saturday
  ["2026-11-26T15:00:00Z", false],
  ["2026-11-28T15:00:00Z", false],
  // after the clocks went back, an hour later than in October
  ["2026-10-30T13:00:00Z", true],
])("%s is working time in New York: %s", (at, works) => {
  expect(worksAt(Date.parse(at), person)).toBe(works);
});
