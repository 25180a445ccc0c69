import { describe, expect, it } from "vitest";
import { StoreError } from "../../src/domain/errors.js";
import { togetherOf } from "../../src/store/commit-together.js";
import { openStore } from "../../src/store/open.js";
import type { Transaction } from "../../src/store/transaction.js";

/** A real store, its commits counted. */
function counted() {
  const store = openStore({ path: ":memory:", newInstanceId: "0".repeat(32) });
  let depth = 0;
  let commits = 0;
  const transaction: Transaction = (work) => {
    if (depth === 0) commits += 1;
    depth += 1;
    try {
      return store.transaction(work);
    } finally {
      depth -= 1;
    }
  };
  return { store, together: togetherOf(transaction), commits: () => commits };
}

describe("work that waits at the same time", () => {
  it("is committed together, and each gets its own result", async () => {
    const { store, together, commits } = counted();
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
    const done = await Promise.all(
      keys.map((key, index) =>
        together(() => {
          store.meta.set(key, String(index));
          return index;
        }),
      ),
    );
    expect(done).toEqual(keys.map((_, index) => index));
    expect(keys.map((key) => store.meta.get(key))).toEqual(done.map(String));
    expect(commits()).toBe(1);
  });

  it("is held in bounds: a long queue takes several commits", async () => {
    const { together, commits } = counted();
    await Promise.all(Array.from({ length: 250 }, () => together(() => undefined)));
    expect(commits()).toBe(3);
  });

  it("is rolled back alone where it throws", async () => {
    const { store, together } = counted();
    const results = await Promise.allSettled([
      together(() => store.meta.set("before", "1")),
      together(() => {
        store.meta.set("wrong", "1");
        throw new RangeError("no such thing");
      }),
      together(() => store.meta.set("after", "1")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(["before", "wrong", "after"].map((key) => store.meta.get(key))).toEqual(["1", null, "1"]);
  });

  it("is refused as a whole where the store refuses: nothing is said to be stored", async () => {
    const { store, together } = counted();
    const full = new StoreError("store-full", "the disk is full", { retryable: true });
    const results = await Promise.allSettled([
      together(() => store.meta.set("before", "1")),
      together(() => {
        throw full;
      }),
    ]);
    expect(results).toEqual([
      { status: "rejected", reason: full },
      { status: "rejected", reason: full },
    ]);
    expect(store.meta.get("before")).toBeNull();
  });
});
