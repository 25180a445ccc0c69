import { deliverDue } from "../../src/flow/deliver.js";
import type { Found } from "../../src/flow/describe.js";
import type { Ground, ReadyChannel, Register, Watched } from "../../src/flow/ground.js";
import { raise } from "../../src/flow/raise.js";
import { tellUntold } from "../../src/flow/tell.js";
import { benchGround } from "./bench-ground.js";

const signal = new AbortController().signal;

function found(at: number): Found {
  const headline = "totals fell from 96% to about 71%";
  return {
    headline,
    finding: {
      rule: "zero-tolerance",
      metric: null,
      check: "ok",
      level: "page",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: at,
      foundAt: at,
      chanceMonths: null,
      sentence: headline,
      improvement: false,
    },
  };
}

/** As many automations as wanted, each of which can get a problem. */
export function company(
  automations: number,
  channels: readonly ReadyChannel[],
  change: Partial<Register> = {},
) {
  const bench = benchGround({ channels });
  const all: Watched[] = Array.from({ length: automations }, (_, index) => ({
    ...bench.watched,
    // looking for slots is no part of this and slow
    schedule: null,
    entry: { ...bench.watched.entry, id: `a${index}`, title: `Automation ${index}` },
  }));
  const register = {
    ...bench.ground.register,
    automations: all,
    publicUrl: "https://evenkeel.example.com",
    ...change,
  };
  const ground: Ground = { ...bench.ground, register };
  const { clock } = bench;
  const open = (index: number) => {
    const watched = all[index];
    if (watched === undefined) throw new Error(`no automation ${index}`);
    const at = clock.now();
    ground.store.transaction(() => {
      raise(ground, { automation: watched.entry.id, kind: "outputs", at, found: [found(at)], endedKeys: [] });
      tellUntold(ground, watched, at);
    });
  };
  const deliver = () => deliverDue(ground, new Set(), signal);
  const later = (ms: number) => clock.set(clock.now() + ms);
  return { ground, clock, open, deliver, later };
}
