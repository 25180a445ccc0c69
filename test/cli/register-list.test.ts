import { describe, expect, it } from "vitest";
import { inCompanyFolder, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const wide = { columns: null } as const;

describe("evenkeel register", () => {
  it("says how complete each entry is, what it lacks and what to do, before anything was watched too", async () => {
    company.found();
    const { out, err, exitCode } = await evenkeel(["register"], wide);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/order-reading .* 4 of 7 .*Entry: no golden set, never reviewed/);
    expect(err).toContain('write the day:  "review": { "last": "2026-11-18" }');
  });

  it("counts a review until it falls due again", async () => {
    const reviewedOn = (last: string) =>
      company.found((config) => withAutomation(config, "order-reading", { review: { last } }));
    reviewedOn("2026-10-18");
    expect((await evenkeel(["register"], wide)).out).toMatch(/order-reading .* 5 of 7 /);
    reviewedOn("2026-10-17");
    expect((await evenkeel(["register"], wide)).out).toContain("review overdue since 2026-11-17");
  });

  it("is the same as JSON, with what is missing part by part", async () => {
    company.found();
    const { out } = await evenkeel(["register", "--format", "json"], wide);
    const { data } = JSON.parse(out);
    expect(data.automations[1]).toMatchObject({
      id: "order-reading",
      completeness: {
        done: 4,
        of: 7,
        missing: [{ part: "golden", needed: true }, { part: "review" }, { part: "sla", needed: false }],
      },
    });
  });

  it("is CSV in UTF-8 with a mark for spreadsheets when it goes to a file, and formulas in it are text", async () => {
    company.found((config) => withAutomation(config, "order-reading", { vendor: "=1+1", tool: "a;=2" }));
    const { out } = await evenkeel(["register", "--format", "csv"], wide);
    expect(out.startsWith("\uFEFFid,title,does,owner,")).toBe(true);
    expect(out).toContain(`,'=1+1,"a;'=2",`);
    expect((await evenkeel(["register", "--format", "csv"])).out.startsWith("id,")).toBe(true);
  });

  it("is a Markdown table in which no text becomes markup", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", { vendor: "[x](https://e.example.com)|" }),
    );
    const { out } = await evenkeel(["register", "--format", "markdown"], wide);
    expect(out).toContain("\\[x\\](https\\://e.example.com)\\|");
  });

  it("knows the formats", async () => {
    company.found();
    const { err, exitCode } = await evenkeel(["register", "--format", "xlsx"]);
    expect([exitCode, err]).toEqual([2, "--format xlsx: expected one of table, csv, markdown, json\n"]);
  });
});

describe("evenkeel impact", () => {
  const founded = () =>
    company.found((config) =>
      withAutomation(
        withAutomation(config, "order-reading", {
          vendor: "Ridgeline",
          dependsOn: ["Ledger API"],
          fallback: { steps: ["Look it up in the ledger api."], minutesPerItem: 4 },
        }),
        "meeting-notes",
        { dependsOn: ["Order reading"] },
      ),
    );

  it("says what breaks, whom it hits and what people do, through another automation too", async () => {
    founded();
    const { out, exitCode } = await evenkeel(["impact", "ridgeline"], wide);
    expect(exitCode).toBe(0);
    expect(out).toContain("If Ridgeline goes down, 2 automations are hit.");
    expect(out).toContain("Hits: Marta Quill, Priya Raman and Ines Calder.");
    expect(out).toContain("Nothing is written down for: Meeting notes.");
    expect(out).toContain("Order reading (its vendor; high risk; Marta Quill, deputy Priya Raman)");
    expect(out).toContain("  1. Look it up in the ledger api.");
    expect(out).toContain("Meeting notes (through Order reading; low risk");
    expect(out).not.toContain("These steps name");
  });

  it("says where a fallback needs the very thing that is down, and how much work comes back", async () => {
    founded();
    await evenkeel(["run", "order-reading"]);
    const { out } = await evenkeel(["impact", "Ledger API"], wide);
    expect(out).toContain("These steps name Ledger API: they may not work while it is down.");
    // 300 outputs in fifteen days, four minutes each, over four weeks
    expect(out).toContain("About 75 outputs a week, about 5 hours of work a week by hand.");
  });

  it("ends where automations depend on each other", async () => {
    company.found((config) =>
      withAutomation(
        withAutomation(config, "order-reading", { dependsOn: ["meeting-notes"] }),
        "meeting-notes",
        { dependsOn: ["order-reading"] },
      ),
    );
    const { out } = await evenkeel(["impact", "order-reading"], wide);
    expect(out).toContain("If Order reading goes down, 2 automations are hit.");
  });

  it("lists what is rested on, and names the nearest where nothing rests on it", async () => {
    founded();
    expect((await evenkeel(["impact"], wide)).out).toMatch(/Ridgeline +1 automation, its vendor/);
    const { err, exitCode } = await evenkeel(["impact", "Ridgelin"], wide);
    expect(exitCode).toBe(2);
    expect(err).toContain('nothing in the register rests on "Ridgelin"; did you mean "Ridgeline"?');
  });
});
