import { describe, expect, it } from "vitest";
import { hasRecovered } from "../../../src/drift/shares/recovery.js";

const before = { hits: 475, n: 500 };
const good = { hits: 19, n: 20 };
const bad = { hits: 10, n: 20 };

/** The counts of an alarm after two bad runs, and of the runs since. */
function recovered(runs: readonly { hits: number; n: number }[], floor: number | null = null): boolean {
  const since = [bad, bad, ...runs].reduce((a, b) => ({ hits: a.hits + b.hits, n: a.n + b.n }));
  return hasRecovered({ before, since }, runs, floor);
}

/** As above, when nothing has passed since the change: the level itself is soon reached. */
function afterAllBad(runs: readonly { hits: number; n: number }[]): boolean {
  const since = [{ hits: 0, n: 40 }, ...runs].reduce((a, b) => ({ hits: a.hits + b.hits, n: a.n + b.n }));
  return hasRecovered({ before, since }, runs, null);
}

describe("hasRecovered", () => {
  it("waits for three runs", () => {
    expect(recovered([good, good])).toBe(false);
    expect(recovered([good, good, good])).toBe(true);
  });

  it("waits for ten outputs", () => {
    const small = { hits: 3, n: 3 };
    expect(afterAllBad([small, small, small])).toBe(false);
    expect(afterAllBad([small, small, small, small])).toBe(true);
  });

  it("sees a recovery after a long time of failing", () => {
    expect(recovered([...Array.from({ length: 50 }, () => bad), good, good, good])).toBe(true);
  });

  it("does not take a change that stays for its end", () => {
    expect(recovered(Array.from({ length: 100 }, () => bad))).toBe(false);
  });

  // Betabin(53, 7; 475, 25) / Betabin(53, 7; 20, 20) = 1,994; with one pass more it is 12,063.
  it("asks for odds of two thousand to one", () => {
    const none = { hits: 0, n: 0 };
    expect(recovered([{ hits: 53, n: 60 }, none, none])).toBe(false);
    expect(recovered([{ hits: 54, n: 60 }, none, none])).toBe(true);
  });

  it("compares with a stated floor where there is one, however good it was before", () => {
    const justAbove = { hits: 37, n: 40 };
    expect(recovered([justAbove, justAbove, justAbove], 0.9)).toBe(true);
  });
});
