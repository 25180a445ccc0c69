import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type RouteSubject, routeMessage, routeSettings } from "../../src/notify/route.js";

const subject: RouteSubject = {
  automation: {
    id: "invoices",
    risk: "high",
    processes: ["accounts payable"],
    dataClasses: ["personal data"],
    tags: ["northside"],
  },
  kind: "outputs",
  escalated: false,
  working: true,
  minuteOfWeek: 0,
};

const routes = (...written: readonly object[]) => z.array(routeSettings).parse(written);

/** Tuesday, so many hours after midnight. */
const tuesday = (hours: number) => 1_440 + hours * 60;

describe("routes", () => {
  it("send everything everywhere where there are none", () => {
    expect(routeMessage([], subject)).toEqual({ to: [], everywhere: true, by: [] });
  });

  it("let the first that matches decide, and name it", () => {
    const given = routes(
      { when: { risk: ["low"] }, to: ["mail"] },
      { when: { risk: ["high", "medium"] }, to: ["pager", "slack"] },
      { to: ["mail"] },
    );
    expect(routeMessage(given, subject)).toEqual({ to: ["pager", "slack"], everywhere: false, by: [1] });
  });

  it("add what also gets it, whatever is decided after that", () => {
    const also = { when: { processes: ["accounts payable"] }, to: ["finance"], also: true };
    expect(routeMessage(routes(also), subject)).toEqual({ to: ["finance"], everywhere: true, by: [0] });
    expect(routeMessage(routes(also, { to: ["slack"] }), subject)).toEqual({
      to: ["finance", "slack"],
      everywhere: false,
      by: [0, 1],
    });
  });

  it.each([
    [{ risk: ["high"] }, true],
    [{ risk: ["medium", "low"] }, false],
    [{ kind: "outputs" }, true],
    [{ kind: "blind" }, false],
    [{ automations: ["invoices", "triage"] }, true],
    [{ automations: ["triage"] }, false],
    [{ processes: ["sales", "accounts payable"] }, true],
    [{ processes: ["sales"] }, false],
    [{ dataClasses: ["personal data"] }, true],
    [{ dataClasses: ["prices"] }, false],
    [{ tags: ["southside", "northside"] }, true],
    [{ tags: ["southside"] }, false],
    [{ tags: ["northside"], risk: ["low"] }, false],
    [{ escalated: false }, true],
    [{ escalated: true }, false],
    [{ hours: "working" }, true],
    [{ hours: "outside" }, false],
    [{ risk: ["high"], kind: "blind" }, false],
    [{}, true],
  ])("where %j holds: %s", (when, decided) => {
    expect(routeMessage(routes({ when, to: ["pager"] }), subject).everywhere).toBe(!decided);
  });

  it.each([
    ["mon-fri 08:00-18:00", tuesday(8), true],
    ["mon-fri 08:00-18:00", tuesday(18), false],
    ["mon-fri 08:00-18:00", tuesday(8) - 1, false],
    ["sat,sun 00:00-24:00", tuesday(12), false],
    ["sat,sun 00:00-24:00", 5 * 1_440, true],
    ["fri-mon 08:00-18:00", tuesday(9), false],
    ["fri-mon 08:00-18:00", 6 * 1_440 + 600, true],
    ["22:00-06:00", tuesday(23), true],
    ["22:00-06:00", tuesday(5), true],
    ["22:00-06:00", tuesday(6), false],
    // Monday's night ends on Tuesday, Sunday's on Monday
    ["mon 22:00-06:00", tuesday(5), true],
    ["tue 22:00-06:00", tuesday(5), false],
    ["sun 22:00-06:00", 60, true],
    ["tue 00:00-24:00", tuesday(23.5), true],
  ])("%s holds at minute %i of the week: %s", (hours, minuteOfWeek, decided) => {
    const given = routes({ when: { hours }, to: ["pager"] });
    expect(routeMessage(given, { ...subject, minuteOfWeek }).everywhere).toBe(!decided);
  });

  it.each([
    "always",
    "mon-fri",
    "8-18",
    "mon-fri 08:00-08:00",
    "moon 08:00-09:00",
    "08:00-24:30",
    "mon- 08:00-09:00",
  ])("refuse the hours %j", (hours) => {
    expect(routeSettings.safeParse({ when: { hours }, to: ["pager"] }).success).toBe(false);
  });
});
