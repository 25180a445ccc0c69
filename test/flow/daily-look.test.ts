import { expect, it } from "vitest";
import { lookDaily } from "../../src/flow/daily-look.js";
import { benchGround, levels } from "./bench-ground.js";

const many = 50;

/** A register of many, whose histories have been read. */
function watchMany() {
  const { ground, watched } = benchGround();
  const automations = Array.from({ length: many }, (_, index) => ({
    ...watched,
    entry: { ...watched.entry, id: `invoices-${index}` },
  }));
  for (const { entry } of automations) {
    ground.store.registry.see(entry.id, ground.clock.now());
    ground.store.registry.markHistoryRead(entry.id, ground.clock.now());
  }
  return { ...ground, register: { ...ground.register, automations } };
}

it("lets everything else have its turn between two automations", async () => {
  const { signal } = new AbortController();
  let turns = 0;
  const count = () => {
    turns += 1;
    turning = setImmediate(count);
  };
  let turning = setImmediate(count);
  await lookDaily(watchMany(), levels, signal);
  clearImmediate(turning);
  expect(turns).toBeGreaterThanOrEqual(many);
});

it("stops when it is told to, and goes on where it was", async () => {
  const ground = watchMany();
  const stopping = new AbortController();
  const looked = () =>
    ground.register.automations.filter(
      ({ entry }) => ground.store.meta.get(`daily_look ${entry.id}`) !== null,
    ).length;
  setImmediate(() => setImmediate(() => setImmediate(() => stopping.abort())));
  await lookDaily(ground, levels, stopping.signal);
  expect(looked()).toBeLessThan(many);
  await lookDaily(ground, levels, new AbortController().signal);
  expect(looked()).toBe(many);
});
