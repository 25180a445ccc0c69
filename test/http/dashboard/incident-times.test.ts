import { expect, it } from "vitest";
import { incidentPage } from "../../../src/http/dashboard/incident-page.js";
import { entry } from "../../flow/bench-ground.js";
import { openIncident } from "../../flow/open-incident.js";

it("says every time on the page of an incident in one zone: its owner's, as its messages do", async () => {
  const { ground, id } = await openIncident();
  const owner = ground.register.people.get(entry.owner);
  if (owner === undefined) throw new Error("the owner is nobody");
  const people = new Map([...ground.register.people, [owner.name, { ...owner, timeZone: "Asia/Tokyo" }]]);
  const page = String(incidentPage({ ...ground, register: { ...ground.register, people } }, id));
  expect(page).toContain("Times are Tokyo time.");
  const opened = ground.store.incidents.moves(id)[0]?.at ?? 0;
  const iso = new Date(opened).toISOString();
  const tokyo = new Date(opened + 9 * 3_600_000).toISOString().slice(11, 16);
  expect(page).toMatch(new RegExp(`<time datetime="${iso}">[^<]*${tokyo}</time>`));
});
