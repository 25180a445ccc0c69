import { expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../src/domain/json.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

function foundWith(...routes: JsonObject[]): void {
  company.found((config) => ({
    ...config,
    channels: [
      { id: "screen", type: "console", fallback: "spare" },
      { id: "night-screen", type: "console" },
      { id: "spare", type: "console" },
    ],
    routes,
  }));
}

const dayAndNight = [
  { when: { hours: "working" }, to: ["screen"] },
  { when: { automations: ["order-reading"] }, to: ["night-screen"] },
];

it("says of an automation where messages about it go by day and night", async () => {
  foundWith(...dayAndNight);
  await evenkeel(["run", "order-reading"]);
  const { out } = await evenkeel(["register", "order-reading"]);
  expect(out).toContain(
    "Where messages go\n  Mon-Fri 09:00-17:00: screen (if it fails, spare).\n  otherwise: night-screen.\n",
  );
  const { out: json } = await evenkeel(["register", "order-reading", "--json"]);
  expect(JSON.parse(json).data.messagesGo).toEqual([
    { kind: "both", hours: "Mon-Fri 09:00-17:00", channels: ["screen"] },
    { kind: "both", hours: null, channels: ["night-screen"] },
  ]);
});

it("says so of all of them, and which are told of nowhere", async () => {
  foundWith(...dayAndNight, { when: { kind: "blind" }, to: ["spare"] });
  await evenkeel(["run", "order-reading"]);
  const { out } = await evenkeel(["doctor"], { columns: null });
  expect(out).toMatch(
    /^fine +messages go +order-reading: Mon-Fri 09:00-17:00: screen \(if it fails, spare\); otherwise: night-screen$/m,
  );
  expect(out).toMatch(/^fine +messages go +meeting-notes: about its outputs, Mon-Fri 09:00-17:00: screen/m);
});

it("sends what bears a tag to the channel of that tag, and nothing else", async () => {
  const automation = z.object({ id: z.string() }).catchall(z.json());
  company.found((config) => ({
    ...config,
    channels: [
      { id: "screen", type: "console" },
      { id: "night-screen", type: "console" },
    ],
    routes: [
      { when: { tags: ["paper"] }, to: ["night-screen"] },
      { when: { tags: ["papre"] }, to: ["screen"] },
    ],
    automations: z
      .array(automation)
      .parse(config.automations)
      .map((each) => (each.id === "order-reading" ? { ...each, tags: ["paper", "northside"] } : each)),
  }));
  const where = async (id: string) => {
    await evenkeel(["run", id]);
    const { out } = await evenkeel(["register", id]);
    return /Where messages go\n +(.*)\n/.exec(out)?.[1];
  };
  expect(await where("order-reading")).toBe("always: night-screen.");
  expect(await where("meeting-notes")).toBe("always: screen and night-screen.");
  const err = (await evenkeel(["validate"])).err.replace(/\n {6}/g, " ");
  expect(err).toContain("routes[1] matches nothing: no automation is what it asks for");
  expect(err).not.toContain("routes[0]");
});

it("calls a route useless by which no message can go, and no other", async () => {
  foundWith(
    { when: { risk: ["medium"] }, to: ["screen"] },
    { when: { hours: "mon-fri 08:00-18:00" }, to: ["screen"] },
    { to: ["night-screen"] },
    { when: { kind: "blind" }, to: ["spare"] },
  );
  const err = (await evenkeel(["validate"])).err.replace(/\n {6}/g, " ");
  expect(err).toContain("routes[0] matches nothing: no automation is what it asks for");
  expect(err).toContain(
    'routes[3] matches nothing: routes before it take every message of 2 automations it is about; put it before them, or give them "also": true',
  );
  expect(err).not.toMatch(/routes\[[12]\]/);
});
