import type { Automation } from "../../../src/domain/automation.js";
import { deliverDue } from "../../../src/flow/deliver.js";
import type { Ground, Register } from "../../../src/flow/ground.js";
import { remindReviews } from "../../../src/flow/reviews/remind-reviews.js";
import { benchGround, options, person, recordingChannel } from "../bench-ground.js";

export const day = 86_400_000;
const office = { fromMinute: 540, toMinute: 1020 };
const week = [office, office, office, office, office, null, null];
export const marta = { ...person, timeZone: "Europe/Vienna", workingHours: week };
export const ines = { ...marta, name: "Ines Calder", email: "ines.calder@example.com" };
const jonas = { ...marta, name: "Jonas Feld", email: "jonas.feld@example.com" };

/** A register that people are reminded of; without `governance` no review of the whole of it is due. */
export function reviewBench(
  given: {
    readonly at?: string;
    readonly entry?: Partial<Automation>;
    readonly more?: readonly Partial<Automation>[];
    readonly register?: Partial<Register>;
  } = {},
) {
  const mail = recordingChannel("mail", { type: "email" });
  const bench = benchGround({ channels: [mail.ready], entryChange: given.entry ?? {} });
  const listed = (given.more ?? []).map((change) => ({
    ...bench.watched,
    source: null,
    checks: [],
    metrics: [],
    schedule: null,
    entry: { ...bench.watched.entry, schedule: null, ...change },
  }));
  const state: { ground: Ground } = {
    ground: {
      ...bench.ground,
      register: {
        ...bench.ground.register,
        timeZone: "Europe/Vienna",
        aiOwner: ines,
        people: new Map([marta, ines, jonas].map((each) => [each.name, each])),
        automations: [bench.watched, ...listed],
        governance: { who: ines.name, day: "never" },
        ...given.register,
      },
    },
  };
  bench.clock.set(Date.parse(given.at ?? "2026-11-18T06:00:00Z"));
  const look = async () => {
    remindReviews(state.ground);
    await deliverDue(state.ground, new Set(), options.signal);
  };
  return {
    ...bench,
    state,
    mail,
    look,
    /** What was sent so far: to whom, and the headline. */
    said: () => mail.messages.map(({ recipients, headline }) => `${recipients[0]?.name}: ${headline}`),
    /** Looks every so often until an instant, as the beat does. */
    until: async (to: string, stepMs = 3_600_000) => {
      const end = Date.parse(to);
      await look();
      while (bench.clock.now() < end) {
        bench.clock.set(Math.min(end, bench.clock.now() + stepMs));
        await look();
      }
    },
    /** Nobody watches meanwhile. */
    away: async (to: string) => {
      bench.clock.set(Date.parse(to));
      await look();
    },
  };
}
