import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { openStore } from "../../src/store/open.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();

/** Two outputs of the example picked, as the watch does each Monday. */
beforeEach(async () => {
  company.found();
  await evenkeel(["run", "order-reading"]);
  const store = openStore({
    path: join(company.folder(), "data", "evenkeel.db"),
    newInstanceId: "0".repeat(32),
  });
  const span = { fromAt: wednesday - 9 * dayMs, untilAt: wednesday - 2 * dayMs };
  const of = { automation: "order-reading", ...span };
  for (const place of [0, 1]) {
    const output = store.spotCandidates.at(of, 0) ?? 0;
    const pick = { output, reason: "random" as const, why: `by chance, ${place}`, inclusion: 0.02 };
    store.transaction(() => store.spotChecks.add("order-reading", span, pick, wednesday));
  }
  store.close();
});

describe("evenkeel judge", () => {
  it("lists what waits, shows one, and takes a person's word", async () => {
    const list = await evenkeel(["judge"]);
    expect(list.out).toMatch(/^1 {2}Order reading {2}output of .*\n2 {2}Order reading/);
    expect(list.out).toContain("Next  evenkeel judge 1");
    const shown = await evenkeel(["judge", "1"]);
    expect(shown.out).toContain("Is this output right?");
    expect(shown.out).toContain('"customer"');
    expect(shown.out).not.toMatch(/passed|failed|chance/);
    const taken = await evenkeel(["judge", "1", "--as", "wrong", "--note", "the total is off"]);
    expect(taken.out).toMatch(/Recorded as said by Jonas Feld: wrong\.\nPicked by chance, 0\.\n/);
    expect(taken.exitCode).toBe(0);
    expect((await evenkeel(["judge"])).out).toMatch(/^2 {2}/);
    const quality = await evenkeel(["quality", "order-reading"]);
    expect(quality.out.replace(/\s+/g, " ")).toContain(
      "About 0% right, probably 0% to 79% (1 output picked by chance and judged; 1 more is not decided)",
    );
  });

  it.each([
    [["judge", "x"], "judge x: expected the number of a spot check; evenkeel judge lists them"],
    [["judge", "--as", "right"], "expected the number of a spot check"],
    [["judge", "1", "--as", "good"], "--as good: expected one of right, wrong, cannot-tell"],
    [["judge", "1", "--note", "n"], "judge: say what it is with --as right|wrong|cannot-tell"],
    [["judge", "9"], "No spot check 9; evenkeel judge lists those that wait."],
    [["judge", "9", "--as", "right"], "No spot check 9; evenkeel judge lists those that wait."],
    [["quality", "order-readin"], "order-reading"],
  ])("%j is refused with what to do", async (words, said) => {
    const { err, exitCode } = await evenkeel(words);
    expect(err).toContain(said);
    expect(exitCode).toBe(2);
  });

  it("gives the same as data", async () => {
    const json: unknown = JSON.parse((await evenkeel(["judge", "--json"])).out);
    expect(json).toMatchObject({ data: { waiting: [{ id: 1, automation: "order-reading" }, { id: 2 }] } });
    await evenkeel(["judge", "1", "--as", "right"]);
    const quality: unknown = JSON.parse((await evenkeel(["quality", "--json"])).out);
    expect(quality).toMatchObject({
      data: {
        automations: [
          { automation: "order-reading", quality: { share: 1, judged: 1, open: 1 }, waiting: 1 },
          {},
        ],
      },
    });
  });
});
