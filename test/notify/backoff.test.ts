import { describe, expect, it } from "vitest";
import {
  digestLifeMs,
  type FailedTry,
  incidentLifeMs,
  nextTryAt,
  wantsFallback,
} from "../../src/notify/backoff.js";

const start = Date.UTC(2026, 10, 18, 6, 2);
const minute = 60_000;

function failed(changes: Partial<FailedTry>): FailedTry {
  return { attempts: 1, firstTryAt: start, now: start, afterMs: null, lifeMs: incidentLifeMs, ...changes };
}

describe("nextTryAt", () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [4, 16_000],
    [5, 25_000],
    [400, 25_000],
  ])("waits after %i fresh tries at most %i ms", (attempts, longest) => {
    expect(nextTryAt(failed({ attempts }), 0.999_999)).toBe(start + longest);
    expect(nextTryAt(failed({ attempts }), 0)).toBe(start + 500);
    expect(nextTryAt(failed({ attempts }), 0.5)).toBe(start + longest / 2);
  });

  it("waits up to five minutes once ten minutes have passed", () => {
    const before = failed({ attempts: 20, now: start + 10 * minute - 1 });
    const after = failed({ attempts: 20, now: start + 10 * minute });
    expect(nextTryAt(before, 0.999_999)).toBe(before.now + 25_000);
    expect(nextTryAt(after, 0.999_999)).toBe(after.now + 300_000);
  });

  it("never tries earlier than the receiver wants", () => {
    expect(nextTryAt(failed({ afterMs: 3_600_000 }), 0)).toBe(start + 3_600_000);
  });

  it("gives up an incident's message after a day and a digest after six", () => {
    const day = 24 * 60 * minute;
    expect(nextTryAt(failed({ now: start + day - 1 }), 0)).toBe(start + day - 1 + 500);
    expect(nextTryAt(failed({ now: start + day }), 0)).toBeNull();
    expect(nextTryAt(failed({ now: start + 6 * day - 1, lifeMs: digestLifeMs }), 0)).not.toBeNull();
    expect(nextTryAt(failed({ now: start + 6 * day, lifeMs: digestLifeMs }), 0)).toBeNull();
  });
});

describe("wantsFallback", () => {
  it.each([
    [{ attempts: 4, now: start + 5 * minute - 1 }, false],
    [{ attempts: 5 }, true],
    [{ attempts: 1, now: start + 5 * minute }, true],
  ])("says of %o: %s", (changes, wanted) => {
    expect(wantsFallback(failed(changes))).toBe(wanted);
  });
});
