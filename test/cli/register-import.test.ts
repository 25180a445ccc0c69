import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const wide = { columns: null } as const;

const sheet = `AI tools 2026;;;;;
Name;What it does;Owner;Risk;Cost per month;Fallback;Notes
Sales drafts;"Writes ""offers""";Marta Quill;low;1.200,50 EUR;;ask Tom
Quotes;Prices;Marta Quil;high;€ 12;1. Ask 2. Do;
Chat;Answers;Anna Berg <anna@example.com>;hoch;€ 20;;
Meeting notes;x;Ines Calder;low;€ 1;;
`;

/** A configuration with comments and a layout of its own. */
const layout = `// Our register. Keep it tidy.
{
  "timeZone": "Europe/Vienna", "aiOwner": "Ines Calder", /* everyone */
  "people": [{ "name": "Ines Calder" }, { "name": "Marta Quill" }],
  "automations": [
    { "id": "meeting-notes",   "does": "Writes notes", "owner": "Ines Calder", "risk": "low" } // the first
  ]
}
`;

describe("evenkeel register import", () => {
  it("says what would become of every row and writes nothing without --write", async () => {
    company.found();
    company.write("tools.csv", sheet);
    const before = readFileSync("evenkeel.config.json", "utf8");
    const { out, err, exitCode } = await evenkeel(["register", "import", "tools.csv"], wide);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      "tools.csv: 4 rows: 1 can be taken, 1 as a draft, 1 registered already, 1 cannot be taken.",
    );
    expect(out).toContain(
      "tools.csv:4 column C “Owner”: “Marta Quil” is nobody the configuration knows; did you mean Marta Quill?",
    );
    expect(err).toContain("nothing was written");
    expect(readFileSync("evenkeel.config.json", "utf8")).toBe(before);
  });

  it("puts entries behind the last one; comments and layout stay, and what lacks something is commented out", async () => {
    writeFileSync("evenkeel.config.json", layout);
    company.write("tools.csv", sheet);
    await evenkeel(["register", "import", "tools.csv", "--write"], wide);
    const after = readFileSync("evenkeel.config.json", "utf8");
    for (const line of layout.split("\n").filter((each) => !/"people"|meeting-notes/.test(each)))
      expect(after).toContain(line);
    expect(after).toContain('"risk": "low" }, // the first\n');
    expect(after).toContain('{ "name": "Anna Berg", "email": "anna@example.com" }');
    expect(after).toContain("    // Notes: ask Tom\n");
    expect(after).toMatch(/\/\/ {3}"id": "chat"/);
    const { out } = await evenkeel(["validate"], wide);
    expect(out).toContain("evenkeel.config.json is fine: 2 automations");
    const again = await evenkeel(["register", "import", "tools.csv", "--write"], wide);
    expect(again.out).toContain("4 rows: 0 can be taken, 3 registered already, 1 cannot be taken.");
    expect(readFileSync("evenkeel.config.json", "utf8")).toBe(after);
  });

  it.each([
    ["a block of YAML", (text: string) => text],
    ["YAML with Windows line ends", (text: string) => text.replaceAll("\n", "\r\n")],
  ])("writes into %s", async (_, change) => {
    const yaml = `# Our register
timeZone: Europe/Vienna
aiOwner: Ines Calder
automations:
  - id: meeting-notes
    does: Writes notes   # every day
    owner: Ines Calder
    risk: low
# who is who
people:
  - name: Ines Calder
  - name: Marta Quill
`;
    writeFileSync("evenkeel.config.yaml", change(yaml));
    company.write("tools.csv", sheet);
    await evenkeel(["register", "import", "tools.csv", "--write"], wide);
    const after = readFileSync("evenkeel.config.yaml", "utf8");
    for (const line of change(yaml).split("\n")) expect(after).toContain(line);
    const { out } = await evenkeel(["validate"], wide);
    expect(out).toContain("evenkeel.config.yaml is fine: 2 automations");
  });

  it("takes the register's own CSV back without a change", async () => {
    company.found();
    const { out } = await evenkeel(["register", "--format", "csv"], wide);
    company.write("register.csv", out);
    const back = await evenkeel(["register", "import", "register.csv"], wide);
    expect(back.out).toContain("2 rows: 0 can be taken, 2 registered already, 0 cannot be taken.");
    expect(back.exitCode).toBe(0);
  });

  it.each([
    ["a workbook", Buffer.from("PK\u0003\u0004rest"), "is a workbook"],
    ["an empty file", Buffer.alloc(0), "is empty"],
    ["no heading that is known", Buffer.from("a,b\n1,2\n"), "has no heading that is known"],
  ])("refuses %s and says what to do", async (_, bytes, reason) => {
    company.found();
    writeFileSync("tools.csv", bytes);
    const { err, exitCode } = await evenkeel(["register", "import", "tools.csv"], wide);
    expect(exitCode).toBe(2);
    expect(err).toContain(`tools.csv: ${reason}`);
  });
});
