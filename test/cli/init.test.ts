import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { automationKinds } from "../../src/cli/init-kinds.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const flags = [
  "--name",
  "Harbour & Lane",
  "--owner",
  "Tom Ashby",
  "--email",
  "tom.ashby@example.com",
  "--time-zone",
  "Europe/Vienna",
];
const two = ["init", "--kind", "support-triage", "--kind", "invoice-extraction", ...flags, "--yes"];

describe("evenkeel init", () => {
  it.each([80, 120, null])("looks as in fixtures/messages/cli on %s columns", async (columns) => {
    const printed = await evenkeel(two, { columns });
    await expect(`$ evenkeel init ...\n${printed.text}`).toMatchFileSnapshot(
      `../../fixtures/messages/cli/init.${columns ?? "pipe"}.txt`,
    );
    expect(printed.out.split("\n").filter((line) => line.length > (columns ?? 1_000))).toEqual([]);
    expect(printed.exitCode).toBe(0);
  });

  it.each(automationKinds.map(({ id }) => id))("writes what validate finds fine: %s", async (kind) => {
    expect((await evenkeel(["init", "--kind", kind, ...flags])).exitCode).toBe(0);
    const { out, text, exitCode } = await evenkeel(["validate"]);
    expect(out).toContain("evenkeel.config.json is fine: 1 automation");
    expect(exitCode).toBe(0);
    // the one thing a newcomer has still to add
    expect(text.match(/^note +.*/gm)).toEqual([expect.stringContaining("the weekly digest of")]);
  });

  it("writes a configuration of all kinds, and names the owner everywhere", async () => {
    const kinds = automationKinds.flatMap(({ id }) => ["--kind", id]);
    await evenkeel(["init", ...kinds, "--owner", 'Tom "T" Ashby', "--yes"]);
    expect(readdirSync("checks").sort()).toEqual(automationKinds.map(({ id }) => `${id}.json`).sort());
    expect((await evenkeel(["validate"])).exitCode).toBe(0);
  });

  it("has a pack for every kind, and a kind for every pack", () => {
    const packs = readdirSync(new URL("../../checks/packs/", import.meta.url));
    expect(packs.sort()).toEqual(automationKinds.map(({ id }) => `${id}.json`).sort());
  });

  it("asks whoever sits there, again where the answer cannot be", async () => {
    const answers = [
      "triage",
      "1, chat",
      "",
      "Lena Voss",
      "lena at example",
      "lena.voss@example.com",
      "Europe/Wien",
      "Europe/Vienna",
    ];
    const { err, exitCode } = await evenkeel(["init"], { answers });
    expect(err).toContain("1  Support triage: Reads new customer messages");
    expect(err).toContain("--kind triage: no such kind; there are support-triage,");
    expect(err).toContain("--email lena at example: expected an address");
    expect(err).toContain("--time-zone Europe/Wien: no such time zone; did you mean");
    expect(exitCode).toBe(0);
    const written = readFileSync("evenkeel.config.json", "utf8");
    for (const part of [
      '"name": "Our business"',
      '"Lena Voss", "email": "lena.voss@example.com"',
      '"id": "chat"',
    ])
      expect(written).toContain(part);
  });

  it("writes nothing when the questions are broken off", async () => {
    const { err, exitCode } = await evenkeel(["init"], { answers: ["1"] });
    expect(err).toContain("no answer; nothing was written");
    expect([exitCode, existsSync("evenkeel.config.json")]).toEqual([2, false]);
  });

  it("names the options that are missing where nobody can be asked", async () => {
    const { err, exitCode } = await evenkeel(["init"]);
    expect(err).toContain("nobody can be asked here, so --kind and --owner must be given, such as:");
    expect(exitCode).toBe(2);
  });

  it.each([
    ["evenkeel.config.json", "evenkeel.config.json exists already; nothing was written"],
    ["checks/invoice-extraction.json", "checks/invoice-extraction.json exists already; nothing was written"],
  ])("does not overwrite %s", async (name, said) => {
    company.write(name, "mine");
    const { err, exitCode } = await evenkeel(two);
    expect(err).toContain(said);
    expect(exitCode).toBe(2);
    expect(readFileSync(name, "utf8")).toBe("mine");
    expect(existsSync("checks/support-triage.json")).toBe(false);
  });

  it("prints what it would write, and writes nothing", async () => {
    const { out, err } = await evenkeel([...two, "--dry-run"]);
    expect(out).toContain("==== evenkeel.config.json\n// Everything Evenkeel needs to know");
    expect(out).toContain("==== checks/support-triage.json\n// Ready-made checks");
    expect(err).toContain("nothing was written");
    expect(readdirSync(".")).toEqual([]);
  });

  it("writes where --config says, and names it in the next command", async () => {
    const { out } = await evenkeel([...two, "--config", "watch/ours.json"]);
    expect(out).toContain("Next  evenkeel validate --config watch/ours.json");
    expect((await evenkeel(["validate", "--config", "watch/ours.json"])).exitCode).toBe(0);
  });

  it("lists the files for --json", async () => {
    const { out } = await evenkeel([...two, "--json"]);
    expect(JSON.parse(out).data.written).toEqual([
      "evenkeel.config.json",
      "checks/support-triage.json",
      "checks/invoice-extraction.json",
    ]);
  });
});
