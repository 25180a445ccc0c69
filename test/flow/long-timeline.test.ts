import { describe, expect, it } from "vitest";
import { incidentStory } from "../../src/flow/incident-story.js";
import { moveNumber, movesLeftOut, sayLeftOut } from "../../src/flow/say-done.js";
import { incidentPage } from "../../src/http/dashboard/incident-page.js";
import { who, withIncident } from "./life-bench.js";

/** An incident that people took up, and whose outputs they then worked one by one. */
async function workedOneByOne(outputs: number) {
  const bench = await withIncident();
  const { ground, move, id, clock } = bench;
  move("acknowledge");
  move("fallback-on");
  const row = ground.store.incidents.get(id);
  if (row === null) throw new Error("no incident was opened");
  ground.store.transaction(() => {
    for (let index = 0; index < outputs; index += 1)
      ground.store.incidents.record(id, {
        at: clock.now(),
        event: "rework",
        from: row.status,
        to: row.status,
        who,
        why: `1 output redone: number ${index}`,
      });
  });
  return bench;
}

describe("an incident with more entries than are read at once", () => {
  it("keeps what changed it, and the newest of what piles up, in order", async () => {
    const { ground, id } = await workedOneByOne(2_500);
    const moves = ground.store.incidents.moves(id);
    expect(moves.slice(0, 3).map(({ event }) => event)).toEqual(["open", "acknowledge", "fallback-on"]);
    expect(moves).toHaveLength(1_003);
    expect(moves.at(-1)?.why).toBe("1 output redone: number 2499");
    expect(moves[3]?.why).toBe("1 output redone: number 1500");
  });

  it("is ended as any other: people are told who did it", async () => {
    const { ground, id, move, told, clock } = await workedOneByOne(2_500);
    move("resolve", { cause: "model", why: "set back", waiveRest: true, override: true });
    expect(told()).toMatchObject({ kind: "ended" });
    expect(told()?.news?.line).toContain(`says ${who}`);
    expect(incidentStory(ground, id, clock.now())?.moves.at(-1)?.event).toBe("resolve");
  });

  it("says on its page what is left out, and the way back from a form finds the newest move", async () => {
    const { ground, id } = await workedOneByOne(2_500);
    const left = "The oldest 1,500 entries are left out here, such as outputs that were worked one by one.";
    expect(sayLeftOut(ground, id, ground.store.incidents.moves(id).length)).toBe(left);
    expect(movesLeftOut(ground, id, ground.store.incidents.moves(id).length)).toBe(1_500);
    expect(String(incidentPage(ground, id))).toContain(left);
    const number = moveNumber(ground, id, { who, events: ["rework"] });
    expect(ground.store.incidents.move(number)).toMatchObject({
      incident: id,
      why: "1 output redone: number 2499",
    });
    expect(moveNumber(ground, id, { who: "nobody", events: ["rework"] })).toBe(0);
  });

  it("leaves nothing out below that", async () => {
    const { ground, id } = await workedOneByOne(900);
    expect(ground.store.incidents.moves(id)).toHaveLength(903);
    expect(sayLeftOut(ground, id, 903)).toBeNull();
    expect(movesLeftOut(ground, id, 903)).toBe(0);
    expect(String(incidentPage(ground, id))).not.toContain("left out here");
  });
});
