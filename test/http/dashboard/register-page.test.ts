import { describe, expect, it } from "vitest";
import { pushApp } from "../push-app.js";

const ids = Array.from({ length: 200 }, (_, index) => `automation-${index}`);
const automation = {
  does: `Drafts replies <b>to</b> ${"everyone ".repeat(40)}`,
  vendor: "Ridgeline",
  model: "ridge-large-3",
  dependsOn: ["Ledger API"],
};

describe("the page of the register", () => {
  it("shows 200 automations in pages under 50 kB, each entry once", async () => {
    const { ask } = await pushApp({ ids, automation });
    const seen = new Set<string>();
    for (let page = 1; page <= 5; page += 1) {
      const { status, text } = await ask(`/register?page=${page}`);
      expect(status).toBe(200);
      expect(Buffer.byteLength(text)).toBeLessThan(50_000);
      expect(text).not.toMatch(/ style=|<script|<b>to<\/b>/);
      for (const match of text.matchAll(/<td><a href="\/a\/([\w-]+)"/g)) seen.add(match[1] ?? "");
    }
    expect(seen.size).toBe(200);
  });

  it("filters by link and by words, and says what breaks with what is rested on", async () => {
    const { ask } = await pushApp({ ids: ["replies", "sales"], automation });
    const all = await ask("/register");
    expect(all.text).toContain("Register: 2 automations, 0 complete");
    expect(all.text).toContain('<a href="/register?missing=deputy">Without a deputy (2)</a>');
    expect(all.text).toContain('<a href="/register?on=Ridgeline">Ridgeline</a>');
    const impact = await ask("/register?on=ridgeline");
    expect(impact.text).toContain("If Ridgeline goes down");
    expect(impact.text).toContain("Nothing is written down for Replies replies and Replies sales");
    const found = await ask("/register?q=SALES");
    expect(found.text).toContain('href="/a/sales"');
    expect(found.text).not.toContain('href="/a/replies"');
    expect((await ask("/register?risk=high")).text).toContain("No entry is like that.");
    expect((await ask("/register?q=%3Cscript%3E")).text).not.toContain("<script>");
  });

  it("gives the register away as CSV that a spreadsheet opens, and as Markdown", async () => {
    const { ask } = await pushApp({ automation: { does: '=HYPERLINK("x")', vendor: "Größe|x" } });
    const csv = await ask("/register.csv");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.text).toContain(`"'=HYPERLINK(""x"")"`);
    const markdown = await ask("/register.md");
    expect(markdown.text).toContain("Größe\\|x");
  });

  it("is linked from the overview", async () => {
    const { ask } = await pushApp();
    expect((await ask("/")).text).toContain('<a href="/register">1 entry</a>');
  });
});
