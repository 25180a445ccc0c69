import type { Automation } from "../../src/domain/automation.js";
import type { Ground, ReadyChannel, Register } from "../../src/flow/ground.js";
import { readHistory } from "../../src/flow/read-history.js";
import { benchGround, hour, hourOf, monday, options } from "./bench-ground.js";

/** One open incident that people have been told of, on a database in memory. */
export async function openIncident(
  given: {
    readonly channels?: readonly ReadyChannel[];
    readonly register?: Partial<Register>;
    readonly entryChange?: Partial<Automation>;
  } = {},
) {
  const bench = benchGround({ channels: given.channels ?? [], entryChange: given.entryChange ?? {} });
  const ground: Ground = { ...bench.ground, register: { ...bench.ground.register, ...given.register } };
  for (const [index, wrong] of [1, 0, 1, 2, 0, 1, 0, 1, 1, 0, 10, 9, 10, 9, 10].entries()) {
    bench.source.outputs.push(...hourOf(monday + (index + 1) * hour, wrong));
  }
  bench.clock.set(monday + 16 * hour);
  await readHistory(ground, bench.watched, options);
  const [open] = ground.store.incidents.open();
  if (open === undefined) throw new Error("no incident was opened");
  const row = () => ground.store.incidents.get(open.id) ?? open;
  return { ...bench, ground, id: open.id, row };
}
