import { describe, expect, it } from "vitest";
import { z } from "zod";
import { escalateOverdue } from "../../src/flow/escalate.js";
import type { Ground } from "../../src/flow/ground.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { readHistory } from "../../src/flow/read-history.js";
import { whereMessagesGo } from "../../src/flow/where-messages-go.js";
import { routeSettings } from "../../src/notify/route.js";
import { benchGround, hour, hourOf, monday, options, person, recordingChannel } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];
const nine = { fromMinute: 540, toMinute: 1_020 };
const workingHours = [nine, nine, nine, nine, nine, null, null];

/** Slack, a pager and a mailbox that stands in for Slack; everyone works from nine to five. */
function threeChannels(...written: readonly object[]) {
  const slack = recordingChannel("slack", { fallback: "mail" });
  const pager = recordingChannel("pager");
  const mail = recordingChannel("mail", { onlyAsFallback: true });
  const channels = [slack.ready, pager.ready, mail.ready];
  const bench = benchGround({ channels, routes: z.array(routeSettings).parse(written) });
  const people = ["Marta Quill", "Jonas Feld", "Ines Calder"].map(
    (name) => [name, { ...person, name, workingHours }] as const,
  );
  const ground: Ground = { ...bench.ground, register: { ...bench.ground.register, people: new Map(people) } };
  const told = () => ({
    slack: slack.messages.map(({ kind }) => kind),
    pager: pager.messages.map(({ kind }) => kind),
    mail: mail.messages.map(({ kind }) => kind),
  });
  return { ...bench, ground, told };
}

/** An incident that opens on Monday at an hour. */
async function openedAt(hourOfDay: number, ...written: readonly object[]) {
  const bench = threeChannels(...written);
  const first = hourOfDay - 16;
  for (const [index, wrong] of [...usual, 10, 9, 10, 9, 10].entries())
    bench.source.outputs.push(...hourOf(monday + (first + index + 1) * hour, wrong));
  bench.clock.set(monday + hourOfDay * hour);
  await readHistory(bench.ground, bench.watched, options);
  const [open] = bench.ground.store.incidents.open();
  const acknowledge = (at: number) => {
    bench.clock.set(at);
    const who = "Jonas Feld";
    moveIncident(bench.ground, { incident: open?.id ?? 0, event: "acknowledge", who, why: null });
  };
  return { ...bench, acknowledge };
}

const dayAndNight = [
  { when: { hours: "working" }, to: ["slack"] },
  { when: { hours: "outside" }, to: ["pager", "mail"] },
];

describe("messages", () => {
  it("go to every channel but those that only stand in, where nothing is said", async () => {
    const { told } = await openedAt(16);
    expect(told()).toEqual({ slack: ["opened"], pager: ["opened"], mail: [] });
  });

  it("go by day where they should by day", async () => {
    const { told } = await openedAt(16, ...dayAndNight);
    expect(told()).toEqual({ slack: ["opened"], pager: [], mail: [] });
  });

  it("go by night where they should by night, to a channel too that else only stands in", async () => {
    const { told } = await openedAt(20, ...dayAndNight);
    expect(told()).toEqual({ slack: [], pager: ["opened"], mail: ["opened"] });
  });

  it("tell whoever was called at night in the morning that it moved", async () => {
    const { told, acknowledge } = await openedAt(20, ...dayAndNight);
    acknowledge(monday + 34 * hour);
    expect(told()).toEqual({
      slack: ["moved"],
      pager: ["opened", "moved"],
      mail: ["opened", "moved"],
    });
  });

  it("call louder once nobody acknowledged", async () => {
    const escalated = { when: { escalated: true }, to: ["pager"], also: true };
    const bench = await openedAt(16, escalated, { to: ["slack"] });
    expect(bench.told()).toEqual({ slack: ["opened"], pager: [], mail: [] });
    bench.clock.set(monday + 18 * hour);
    escalateOverdue(bench.ground);
    expect(bench.told()).toEqual({ slack: ["opened", "escalated"], pager: ["escalated"], mail: [] });
  });
});

describe("where messages about an automation go", () => {
  it("is said for the hours of a week", () => {
    const { ground, watched } = threeChannels(...dayAndNight);
    expect(whereMessagesGo(ground, watched, monday)).toEqual([
      { kind: "both", hours: "Mon-Fri 09:00-17:00", channels: ["slack"] },
      { kind: "both", hours: null, channels: ["pager", "mail"] },
    ]);
  });

  it("is said once where it is always the same", () => {
    const { ground, watched } = threeChannels();
    expect(whereMessagesGo(ground, watched, monday + 3 * hour)).toEqual([
      { kind: "both", hours: null, channels: ["slack", "pager"] },
    ]);
  });

  it("tells what cannot be looked at from what got worse, and hours over midnight", () => {
    const { ground, watched } = threeChannels(
      { when: { kind: "blind" }, to: ["mail"] },
      { when: { hours: "fri,sat 22:00-06:00" }, to: ["slack"] },
      { to: ["pager"] },
    );
    expect(whereMessagesGo(ground, watched, monday)).toEqual([
      {
        kind: "outputs",
        hours: "Fri 22:00-24:00, Sat 00:00-06:00 and 22:00-24:00, Sun 00:00-06:00",
        channels: ["slack"],
      },
      { kind: "outputs", hours: null, channels: ["pager"] },
      { kind: "blind", hours: null, channels: ["mail"] },
    ]);
  });
});
