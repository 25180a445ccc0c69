import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

const say = (...words: string[]) => evenkeel(["incidents", ...words]);

/** Ids of the outputs that `incidents outputs --csv` lists. */
async function listed(...more: string[]): Promise<readonly string[]> {
  const { out } = await say("outputs", "1", "--csv", ...more);
  return out
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0] ?? "");
}

describe("evenkeel incidents outputs and rework", () => {
  it("lists what went out, takes what was done, and lets the incident end", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const shown = await say("outputs", "1");
    expect(shown.exitCode).toBe(0);
    expect(shown.out).toMatch(/Incident 1: what went out since the last good output: \d+ still to check/);
    // a file, not a screen: marked so that a spreadsheet reads it as UTF-8
    expect((await evenkeel(["incidents", "outputs", "1", "--csv"], { columns: null })).out).toMatch(
      /^\uFEFFoutput,at,/,
    );
    const toCheck = await listed("--state", "to-check");
    expect(toCheck.length).toBeGreaterThan(2);
    const refused = await say("resolve", "1", "--why", "set right", "--cause", "rule");
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toBe(
      `Incident 1: ${toCheck.length} outputs that went out are still to check. evenkeel incidents outputs 1 lists them; say what was done with evenkeel incidents rework 1 <output...> --state fine|redone, or end it without: --waive-rest\n`,
    );
    const [first = "", second = ""] = toCheck;
    const done = await say("rework", "1", first, second, "--state", "redone", "--who", "Priya Raman");
    expect(done.out).toContain("Incident 1: 2 outputs redone, recorded as said by Priya Raman. Now: ");
    expect(await listed("--state", "redone")).toEqual([first, second]);
    const json = JSON.parse((await say("outputs", "1", "--state", "redone", "--json")).out);
    expect(json.data).toMatchObject({
      incident: 1,
      counts: { "to-check": toCheck.length - 2, redone: 2, waived: 0 },
      outputs: [
        { id: first, state: "redone", who: "Priya Raman", result: "fail" },
        { id: second, state: "redone" },
      ],
    });
    await say("rework", "1", "--all", "--state", "fine", "--why", "only test orders");
    expect(await listed("--state", "to-check")).toEqual([]);
    const ended = await say("resolve", "1", "--why", "set right", "--cause", "rule");
    expect(ended.exitCode).toBe(0);
    expect(ended.err).toMatch(/Outputs that went out meanwhile: \d+ fine, 2 redone\./);
    expect((await say("show", "1")).out).toContain("What went out by Priya Raman: 2 outputs redone");
  });

  it.each([
    [["rework", "1", "--state", "fine"], "name the outputs, or say --all"],
    [["rework", "1", "X-1", "--all", "--state", "fine"], "name the outputs, or say --all"],
    [
      ["rework", "1", "--all", "--state", "to-check"],
      "--state to-check: expected one of fine, redone, waived",
    ],
    [["rework", "1", "X-1", "--state", "fine"], "Incident 1: X-1 is not on its list"],
    [["rework", "1", "--all", "--state", "waived"], "waived outputs need a reason"],
    [["outputs", "1", "--state", "gone"], "expected one of to-check, fine, redone, waived"],
    [["outputs", "9"], "No incident 9. Open: 1."],
  ])("says what is wrong with %j", async (words, said) => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { err, exitCode } = await say(...words);
    expect(err).toContain(said);
    expect(exitCode).toBe(2);
  });
});
