import { describe, expect, it } from "vitest";
import { pushApp } from "../push-app.js";

const checks = [{ id: "named", title: "Somebody is <b>named</b>", type: "contains", text: "Anna" }];

/** A fortnight of right replies, ten a day, looked at once a day. */
async function fortnight() {
  const watch = await pushApp({
    automation: {
      store: "full",
      risk: "high",
      fallback: { steps: ["Answer by hand."], by: "Tom Ashby" },
      checks,
    },
  });
  for (let day = 0; day < 14; day += 1) {
    const records = Array.from({ length: 10 }, (_, at) => ({ id: `${day}-${at}`, output: "Dear Anna" }));
    await watch.push(JSON.stringify(records));
    watch.time.now += 86_400_000;
    await watch.order({ do: "run", automation: "replies" });
  }
  return watch;
}

describe("the page of an automation", () => {
  it("says what cannot be seen yet, and what alarms cost", async () => {
    const { ask } = await fortnight();
    const { status, text } = await ask("/a/replies");
    expect(status).toBe(200);
    expect(text).toContain("<h2>What we cannot see yet</h2>");
    expect(text).toContain("Somebody is &lt;b&gt;named&lt;/b&gt;");
    expect(text).toMatch(/A fall from 100% to 90% needs about \d+ outputs, \d weeks; to 80% needs about/);
    expect(text).toContain("<small>State a floor or add a zero-tolerance check.</small>");
    expect(text).toMatch(/About 7\d outputs a week/);
    expect(text).toMatch(/measures may notify, [\d,]+ metric-runs a month, at most 1 false alarm a month/);
    expect(text).not.toMatch(/ style=|<script/);
  });

  it("is linked from the overview, which shows the alarm levels too", async () => {
    const { ask } = await pushApp();
    const { text } = await ask("/");
    expect(text).toContain('<a href="/a/replies">Replies replies</a>');
    expect(text).toMatch(/measures only in the digest, [\d,]+ metric-runs a month, .*alarm level/);
  });

  it("shows what known labels were read as", async () => {
    const watch = await pushApp();
    const records = Array.from({ length: 10 }, (_, at) => ({
      id: `${at}`,
      output: at < 7 ? "bill" : "<b>note</b>",
      reference: "Bill",
    }));
    await watch.push(JSON.stringify(records));
    await watch.order({ do: "run", automation: "replies" });
    const { text } = await watch.ask("/a/replies");
    expect(text).toContain("Known labels, and what was said");
    expect(text).toContain("<td>7 of 10 (40% to 89%)</td>");
    expect(text).toContain('<th scope="row">bill</th><td>7</td><td>3</td>');
  });

  it("is not there for an automation that nobody registered", async () => {
    const { ask } = await pushApp();
    const { status, text } = await ask("/a/nothing");
    expect(status).toBe(404);
    expect(text).toContain("There is no automation nothing");
  });
});
