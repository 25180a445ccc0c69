import { describe, expect, it } from "vitest";
import { DotChart, type DotChartProps } from "../../src/chart/dot-chart.js";

const level = (share: number, label = "usually") => ({
  share,
  low: share - 0.1,
  high: Math.min(1, share + 0.1),
  label,
});
const dot = (share: number, changed = false, n = 8) => ({ share, n, changed });
const shown = (more: Partial<DotChartProps> = {}) =>
  String(
    DotChart({
      id: "by-run",
      title: "Totals match: passed, by run",
      description: "Before: 3 of 4. Since 14:52: 1 of 2.",
      dots: [dot(1), dot(0.8), dot(0.5, true), dot(0.5, true)],
      before: level(0.9),
      since: level(0.5),
      mark: "since 14:52",
      ends: ["9 Nov 15:00", "07:02"],
      ...more,
    }),
  );
const wide = (html: string) => /<svg class="chart wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((each) => each[0]);

describe("the dot chart", () => {
  it("puts a dot at each run's share, what changed apart from what was before", () => {
    // 834 wide from 38, so 208.5 for each of four runs; 162 high from 26 for the shares from 40% to 100%
    expect(all(wide(shown()), /<circle[^>]*>/g)).toEqual([
      '<circle class="dot" cx="142.3" cy="26" r="2.8">',
      '<circle class="dot" cx="350.8" cy="80" r="2.8">',
      '<circle class="dot now" cx="559.3" cy="161" r="2.8">',
      '<circle class="dot now" cx="767.8" cy="161" r="2.8">',
    ]);
  });

  it("draws both levels, where the true share probably lies, and where the change begins", () => {
    const svg = wide(shown());
    expect(svg).toContain('<path class="lvl" d="M38 53H455"></path>');
    expect(svg).toContain('<path class="lvl now" d="M455 161H872"></path>');
    expect(svg).toContain('<rect class="bandf" x="38" y="26" width="417" height="54"></rect>');
    expect(svg).toContain('<rect class="bandf now" x="455" y="134" width="417" height="54"></rect>');
    expect(svg).toContain('<path class="mk" d="M455 17V188"></path>');
    expect(svg).toContain('<text class="ink" x="450" y="16" text-anchor="end">since 14:52</text>');
    expect(all(svg, />\d+%</g)).toEqual([">100%<", ">80%<", ">60%<", ">40%<"]);
  });

  it("says both levels beside them, and goes on with the old one where it no longer holds", () => {
    const svg = wide(shown({ before: level(0.9, "usually 90%"), since: level(0.5, "since 14:52: 50%") }));
    expect(svg).toContain('<path class="base" d="M455 53H872"></path>');
    expect(svg).toMatch(/<text class="strong over" x="44" y="\d+" text-anchor="start">usually 90%</);
    expect(svg).toMatch(/<text class="now over" x="447" y="\d+" text-anchor="end">since 14:52: 50%</);
  });

  it.each([0.9, 0.5, 0.05, 0])("never writes one level over the other: both at %d", (share) => {
    const svg = wide(shown({ before: level(share), since: level(share) }));
    const [usual, since] = all(svg, /over" x="[^"]*" y="[^"]*"/g).map((each) =>
      Number(/y="(.*)"/.exec(each)?.[1]),
    );
    expect(Math.abs((usual ?? 0) - (since ?? 0))).toBeGreaterThanOrEqual(15);
    for (const y of [usual, since]) expect(y).toBeLessThanOrEqual(188);
  });

  it("shows how many outputs each run had, and that few say little", () => {
    const svg = wide(shown({ dots: [dot(1, false, 8), dot(1, false, 4), dot(0.5, true, 2)] }));
    expect(all(svg, /class="dot[^"]*"/g)).toEqual([
      'class="dot"',
      'class="dot thin"',
      'class="dot thin now"',
    ]);
    expect(all(svg, /<rect class="bar"[^>]*>/g).map((bar) => /height="(.*)"/.exec(bar)?.[1])).toEqual([
      "16",
      "8",
      "4",
    ]);
  });

  it("says when the first and the last run were", () => {
    expect(wide(shown())).toContain(">9 Nov 15:00</text>");
    expect(wide(shown())).toContain(">07:02</text>");
    expect(wide(shown({ ends: ["07:02", "07:02"] })).match(/07:02/g)).toHaveLength(1);
  });

  it("is a picture with a name and its numbers in words, on wide screens and on phones", () => {
    const html = shown();
    for (const size of ["wide", "narrow"])
      expect(html).toContain(
        `role="img" aria-labelledby="by-run-${size}-t by-run-${size}-d"><title id="by-run-${size}-t">Totals match: passed, by run</title><desc id="by-run-${size}-d">Before: 3 of 4. Since 14:52: 1 of 2.</desc>`,
      );
    expect(html.match(/<svg/g)).toHaveLength(2);
  });

  it("writes hostile words as text", () => {
    const hostile = `"><script>alert(1)</script>`;
    const html = shown({
      id: "x",
      title: hostile,
      description: hostile,
      mark: hostile,
      ends: [hostile, "now"],
    });
    expect(html).not.toContain("<script");
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(8);
  });

  it("is nothing where there is no run", () => {
    expect(shown({ dots: [] })).not.toContain("<svg");
  });

  it("shows one run, and puts the words where there is room", () => {
    const svg = wide(shown({ dots: [dot(0, true)], before: null, since: level(0.1) }));
    expect(all(svg, /<circle[^>]*>/g)).toEqual(['<circle class="dot now" cx="455" cy="188" r="2.8">']);
    expect(svg).toContain('<text class="ink" x="43" y="16" text-anchor="start">');
    expect(svg).not.toContain('class="lvl"');
  });

  it("marks no beginning where nothing has changed yet, and stays within its frame", () => {
    const svg = wide(shown({ dots: [dot(1), dot(1)], before: level(1), since: null }));
    expect(svg).not.toContain('class="mk"');
    expect(all(svg, />\d+%</g)).toEqual([">100%<", ">80%<"]);
    const heights = all(svg, /cy="[^"]*"/g).map((each) => Number(each.slice(4, -1)));
    expect(heights.every((height) => height >= 26 && height <= 188)).toBe(true);
  });
});
