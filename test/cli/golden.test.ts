import { describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { openStore } from "../../src/store/open.js";
import { inCompanyFolder, jsonLines, withAutomation } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();

/** A classifier that reads its answers from a file, so that a test can change its mind. */
const program = `
import { readFileSync } from "node:fs";
let input = "";
process.stdin.on("data", (part) => { input += part; }).on("end", () => {
  const answers = JSON.parse(readFileSync("answers.json", "utf8"));
  if (answers[input.trim()] === undefined) process.exit(3);
  process.stdout.write(JSON.stringify({ output: answers[input.trim()] }));
});
`;

const cases = [
  {
    id: "late-parcel",
    input: "Where is my parcel?",
    expected: { category: "delivery" },
    tags: ["parcel"],
    owner: "Ines Calder",
    reviewBy: "2026-11-01",
  },
  {
    id: "refund",
    input: "I want my money back",
    expected: { category: "billing" },
    tags: ["money", "german"],
  },
  { id: "broken", input: "It is broken", expected: { category: "damaged" } },
];

function answers(changed: Record<string, string> = {}): void {
  const given = {
    "Where is my parcel?": "delivery",
    "I want my money back": "billing",
    "It is broken": "damaged",
    ...changed,
  };
  company.write(
    "answers.json",
    JSON.stringify(
      Object.fromEntries(Object.entries(given).map(([input, category]) => [input, { category }])),
    ),
  );
}

function found(effects = "none"): void {
  company.found((config) =>
    withAutomation(config, "order-reading", {
      checks: [{ id: "as-known", title: "As the known answer", type: "fields-match" }],
      golden: {
        cases: "golden.jsonl",
        effects,
        probe: { type: "command", argv: [process.execPath, "classify.mjs"] },
      },
    }),
  );
  company.write("classify.mjs", program);
  company.write("golden.jsonl", jsonLines(cases));
  answers();
}

describe("evenkeel golden", () => {
  it("runs, is accepted, and names the cases that turned", async () => {
    found();
    const first = await evenkeel(["golden", "run", "order-reading"]);
    expect(first.text).toBe(
      `Order reading, golden run 1: 3 of 3 known answers agree.
note  no run has been accepted yet, so nothing can be said to have turned
Next  evenkeel golden accept order-reading --why "..."   compares later runs with this one
`,
    );
    expect(first.exitCode).toBe(0);

    const accepted = await evenkeel(["golden", "accept", "order-reading", "--why", "read by hand"]);
    expect(accepted.text).toBe(
      `Order reading: later runs are compared with run 1, 3 known answers.
Recorded as decided by Jonas Feld: read by hand

Next  evenkeel golden list order-reading
`,
    );

    answers({ "I want my money back": "general" });
    const second = await evenkeel(["golden", "run", "order-reading"], {
      now: Date.parse("2026-11-18T07:10:00Z"),
    });
    expect(second.out).toContain("Order reading, golden run 2: 2 of 3 known answers agree.");
    expect(second.out).toContain("Agreed before, does not now\n! refund  ");
    expect(second.exitCode).toBe(1);
  });

  it.each([80, 120])("lists the cases on %s columns, whose review is due among them", async (columns) => {
    found();
    answers({ "It is broken": "general" });
    await evenkeel(["golden", "run", "order-reading"]);
    const { text, exitCode } = await evenkeel(["golden", "list", "order-reading"], { columns });
    await expect(text).toMatchFileSnapshot(`../../fixtures/messages/cli/golden-list.${columns}.txt`);
    expect(exitCode).toBe(0);
  });

  it("lists what the last whole run found while another is under way", async () => {
    found();
    await evenkeel(["golden", "run", "order-reading"]);
    const list = async () => (await evenkeel(["golden", "list", "order-reading"])).out.split("\n")[0];
    const before = await list();
    const store = openStore({ path: "data/evenkeel.db", newInstanceId: "a".repeat(32) });
    const slotAt = Date.parse("2026-11-18T09:00:00Z");
    store.runs.begin({ automation: "order-reading", kind: "golden", slotAt, part: 0 }, slotAt);
    store.close();
    expect(before).toContain("3 of 3");
    expect(await list()).toBe(before);
  });

  it("says of a case that gave no answer that it could not be told, not that it is wrong", async () => {
    found();
    company.write("answers.json", "{}");
    const { out, exitCode } = await evenkeel(["golden", "run", "order-reading"]);
    expect(out).toContain("0 of 3 known answers agree, 3 could not be told.");
    expect(out).toContain("Could not be told\n- late-parcel  ");
    expect(exitCode).toBe(1);
  });

  it("says which cases are not steady by themselves, what they did while learned and how often they were asked now", async () => {
    found();
    for (let run = 0; run < 10; run += 1) {
      answers(run % 2 === 0 ? {} : { "It is broken": "general" });
      const now = Date.parse("2026-11-18T07:00:00Z") + run * 3_600_000;
      const { out } = await evenkeel(["golden", "run", "order-reading"], { now });
      expect(out).not.toContain("Not steady");
    }
    answers({ "It is broken": "general" });
    const { out, exitCode } = await evenkeel(["golden", "run", "order-reading"], {
      now: Date.parse("2026-11-18T18:00:00Z"),
    });
    expect(out.slice(out.indexOf("Not steady"), out.indexOf("\nNext"))).toBe(
      `Not steady by themselves
- broken  agreed in 5 of 10 runs while it was learned; asked 2 times now, does
          not agree
`,
    );
    expect(exitCode).toBe(1);
  });

  it("takes a judged output into the set, says what people contradict, and lets it go again", async () => {
    found();
    company.write(
      "orders.jsonl",
      jsonLines([
        { id: "O-1", at: "2026-11-10T08:00:00Z", input: "It is broken", output: { category: "general" } },
      ]),
    );
    await evenkeel(["run", "order-reading"]);
    const store = openStore({ path: "data/evenkeel.db", newInstanceId: "a".repeat(32) });
    const span = { fromAt: wednesday - 9 * dayMs, untilAt: wednesday - 2 * dayMs };
    const output = store.spotCandidates.at({ automation: "order-reading", ...span }, 0) ?? 0;
    const pick = { output, reason: "random" as const, why: "by chance", inclusion: 1 };
    store.transaction(() => store.spotChecks.add("order-reading", span, pick, wednesday));
    store.close();
    const early = await evenkeel(["golden", "promote", "1"]);
    expect(early.err).toContain("Nobody has said yet whether it is right; first: evenkeel judge 1");
    expect(early.exitCode).toBe(2);
    const correction = '{"category":"faulty"}';
    await evenkeel(["judge", "1", "--as", "wrong", "--correction", correction]);
    const before = await evenkeel(["golden", "list", "order-reading"]);
    expect(before.out.replace(/\s+/g, " ")).toContain(
      'People contradict / broken: the correction of output O-1, which had this input, says “{"category":"faulty"}”',
    );
    const done = await evenkeel(["golden", "promote", "1", "--review-by", "2027-02-01"]);
    expect(done.text.replace(/\s+/g, " ")).toContain(
      "Output O-1 is the known answer “spot-check-1” now, the correction of Jonas Feld, to be reviewed by 2027-02-01. It is kept as outputs are stored",
    );
    const list = await evenkeel(["golden", "list", "order-reading", "--json"]);
    expect(JSON.parse(list.out)).toMatchObject({
      data: {
        cases: [
          { id: "late-parcel", promoted: null, contradicted: null },
          { id: "refund" },
          { id: "broken", contradicted: expect.stringContaining("O-1") },
          {
            id: "spot-check-1",
            expected: { category: "faulty" },
            reviewBy: "2027-02-01",
            promoted: { output: "O-1", corrected: true, saidBy: "Jonas Feld", by: "Jonas Feld" },
          },
        ],
      },
    });
    const run = await evenkeel(["golden", "run", "order-reading"]);
    expect(run.out).toContain("3 of 4 known answers agree.");
    const gone = await evenkeel([
      "golden",
      "withdraw",
      "order-reading",
      "spot-check-1",
      "--why",
      "one too many",
    ]);
    expect(gone.out).toContain("spot-check-1 is asked no more.");
    expect((await evenkeel(["golden", "run", "order-reading"], { now: wednesday + dayMs })).out).toContain(
      "of 3 known",
    );
  });

  it.each([
    [["golden", "promote", "x"], "golden promote x: expected the number of a spot check"],
    [["golden", "promote", "7"], "No spot check 7"],
    [
      ["golden", "promote", "7", "--review-by", "soon"],
      "--review-by soon: expected a date such as 2027-05-31",
    ],
    [
      ["golden", "withdraw", "order-reading", "refund", "--why", "w"],
      "Cases of the file are taken out there.",
    ],
  ])("%j is refused with what to do", async (words, said) => {
    found();
    await evenkeel(["run", "order-reading"]);
    const { err, exitCode } = await evenkeel(words);
    expect(err.replace(/\s+/g, " ")).toContain(said);
    expect(exitCode).toBe(2);
  });

  it("lets nothing act for real without a recorded reason", async () => {
    found("real");
    const refused = await evenkeel(["golden", "run", "order-reading"]);
    expect(refused.err).toContain('acts for real (effects: "real"); run it with --override and --why');
    expect(refused.exitCode).toBe(2);
    const without = await evenkeel(["golden", "run", "order-reading", "--override"]);
    expect(without.err).toBe("--override needs --why: it is recorded\n");
    const allowed = await evenkeel(["golden", "run", "order-reading", "--override", "--why", "test tenant"]);
    expect(allowed.exitCode).toBe(0);
  });

  it("says that there is no golden set", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    for (const word of ["run", "list"]) {
      const { err, exitCode } = await evenkeel(["golden", word, "order-reading"]);
      expect(err).toContain("order-reading has no golden set; add");
      expect(exitCode).toBe(2);
    }
  });

  it("says that there is no run to accept", async () => {
    found();
    await evenkeel(["run", "order-reading"]);
    const { err } = await evenkeel(["golden", "accept", "order-reading", "--why", "x"]);
    expect(err).toBe(
      "order-reading has no such golden run; make one with: evenkeel golden run order-reading\n",
    );
  });
});
