import { moveIncident, type PersonalMove } from "../../src/flow/move-incident.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import {
  type BenchOptions,
  benchGround,
  hour,
  hourOf,
  monday,
  options,
  recordingChannel,
} from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];

export const who = "Priya Raman";

/** An automation whose history ends with an open incident: its outputs fail “Begins with ok” since 11:00. */
export async function withIncident(change: BenchOptions = {}) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready], ...change });
  for (const [index, wrong] of [...usual, 10, 9, 10, 9, 10].entries())
    bench.source.outputs.push(...hourOf(monday + (index + 1) * hour, wrong));
  bench.clock.set(monday + 16 * hour);
  await readHistory(bench.ground, bench.watched, options);
  const id = bench.ground.store.incidents.open()[0]?.id ?? 0;
  /** A run at that hour over as many outputs as are given, of which so many are wrong. */
  const run = async (at: number, wrong: number) => {
    const slotAt = monday + at * hour;
    bench.source.outputs.push(...hourOf(slotAt, wrong));
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  };
  const move = (event: PersonalMove["event"], more: Partial<PersonalMove> = {}) =>
    moveIncident(bench.ground, { incident: id, event, who, why: null, ...more });
  const told = () => channel.messages.at(-1);
  const kinds = () => channel.messages.map((message) => message.kind);
  const events = () => bench.ground.store.incidents.moves(id).map(({ event }) => event);
  return { ...bench, channel, id, run, move, told, kinds, events };
}
