import { describe, expect, it } from "vitest";
import { stripped } from "../incident-app.js";
import { pushApp } from "../push-app.js";

const sameOrigin = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
const sent = { who: "Tom Ashby", decision: "keep", why: "it saves time", next: "" };

async function reviewApp(automation: object = {}, whole: object = {}, ids: readonly string[] = ["replies"]) {
  const watch = await pushApp({ ids, automation, whole });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = sameOrigin) =>
    watch.follow(path, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  const recorded = (id = "replies") => watch.ground.store.reviews.list(id, 10);
  return { ...watch, post, recorded };
}

describe("the pages of reviews", () => {
  it("list what is overdue, due soon and later, with tools that are only listed", async () => {
    const tool = { id: "notes", title: "Note taker", does: "x", owner: "Tom Ashby", risk: "low" };
    const { ask } = await pushApp({
      whole: {
        automations: [
          { ...tool, review: { last: "2026-01-05" } },
          { ...tool, id: "translator", title: "Translator", review: { last: "2026-10-01" } },
        ],
      },
    });
    const { text, status } = await ask("/reviews");
    expect(status).toBe(200);
    const page = stripped(text);
    expect(page).toContain("1 review overdue, 1 due within 30 days");
    expect(page).toMatch(/Overdue .*Note taker listed only Tom Ashby Overdue since 6 Jul 2026 5 Jan 2026/);
    expect(page).toMatch(/Due within 30 days .*The whole register .*Later .*Translator/);
    expect(text).toContain('href="/review/notes"');
    expect(text).not.toMatch(/ style=|<script/);
    expect((await ask("/")).text).toContain('<a href="/reviews">1 review overdue, 1 due within 30 days</a>');
  });

  it("show the evidence and record a decision, which the automation's page then shows", async () => {
    const { ask, post, recorded } = await reviewApp();
    const before = stripped((await ask("/review/replies")).text);
    expect(before).toContain("Review of Replies replies");
    expect(before).toContain("Nobody has judged an output since.");
    const answer = await post("/review/replies", {
      ...sent,
      decision: "retire",
      why: "a\r\nb",
      next: "2027-02-06",
    });
    expect(answer.status).toBe(200);
    expect(stripped(answer.text)).toContain("Recorded as decided by Tom Ashby. Next review: 8 Feb 2027.");
    expect(stripped(answer.text)).toContain("Now, in the configuration: Write");
    expect(recorded()).toMatchObject([
      { decision: "retire", who: "Tom Ashby", why: "a\nb", nextOn: "2027-02-06" },
    ]);
    expect(stripped((await ask("/a/replies")).text)).toContain("Review Due on 8 Feb 2027, in 82 days");
    expect(stripped((await ask("/review/replies")).text)).toContain(
      "Today, retire, Tom Ashby: a b (next 6 Feb 2027)",
    );
  });

  it("record the review of the whole register", async () => {
    const { ask, post, recorded } = await reviewApp();
    expect(stripped((await ask("/governance")).text)).toContain("Due on 1 Dec 2026, in 13 days");
    const answer = await post("/governance", { who: "Tom Ashby", why: "in order", next: "" });
    expect(stripped(answer.text)).toContain("Next review: 1 Jan 2027.");
    expect(recorded("*")).toMatchObject([{ decision: null, why: "in order" }]);
  });

  it("lead to the page that tells it, which records nothing when it is loaded again", async () => {
    const { ask, recorded } = await reviewApp();
    const send = async (path: string, fields: Record<string, string>) => {
      const body = new URLSearchParams(fields).toString();
      return ask(path, { method: "POST", headers: sameOrigin, body });
    };
    for (const [path, id] of [
      ["/review/replies", "replies"],
      ["/governance", "*"],
    ] as const) {
      const answer = await send(path, { ...sent, decision: id === "*" ? "" : "retire" });
      expect(answer.status).toBe(303);
      const to = answer.headers.get("location") ?? "";
      expect(to).toMatch(new RegExp(`^${path}\\?done=[0-9]+$`));
      const first = stripped((await ask(to)).text);
      expect(first).toContain("Recorded as decided by Tom Ashby. Next review:");
      expect(first.includes("Now, in the configuration:")).toBe(id !== "*");
      expect(stripped((await ask(to)).text)).toBe(first);
      expect(recorded(id)).toHaveLength(1);
      const again = await send(path, { ...sent, decision: id === "*" ? "" : "retire" });
      expect(again.headers.get("location")).toBe(to.replace("done", "was"));
      const repeated = await ask(to.replace("done", "was"));
      expect(stripped(repeated.text)).toContain("Tom Ashby had recorded the same today: it counts once.");
      expect(recorded(id)).toHaveLength(1);
      for (const made of ["999", "0", "x", "1.5"])
        expect(stripped((await ask(`${path}?done=${made}`)).text)).not.toContain("Recorded as decided");
    }
  });

  it.each([
    ["without a name", { who: "" }, "choose your name"],
    ["with a name nobody has", { who: "Mallory" }, "choose your name"],
    ["without a decision", { decision: "" }, "choose what you decide"],
    ["without a reason", { why: "  " }, "say why"],
    ["with a date that has passed", { next: "2026-01-01" }, "expected a date after today"],
  ])("give back what was written: %s", async (_, change, said) => {
    const { post, recorded } = await reviewApp();
    const answer = await post("/review/replies", { ...sent, why: "kept <b>words</b>", ...change });
    expect(answer.status).toBe(400);
    expect(stripped(answer.text)).toContain(said);
    if (!("why" in change)) expect(answer.text).toContain("kept &lt;b&gt;words&lt;/b&gt;</textarea>");
    expect(recorded()).toEqual([]);
  });

  it.each([
    ["from another site", "/review/replies", { ...sameOrigin, "sec-fetch-site": "cross-site" }, sent, 403],
    ["from another site", "/governance", { ...sameOrigin, "sec-fetch-site": "cross-site" }, sent, 403],
    ["what is no form", "/review/replies", { ...sameOrigin, "content-type": "application/json" }, sent, 400],
    ["a decision there is not", "/review/replies", sameOrigin, { ...sent, decision: "burn" }, 400],
    ["of nothing", "/review/nothing", sameOrigin, sent, 404],
  ])("take nothing %s (%s)", async (_, path, headers, fields, status) => {
    const { post, recorded } = await reviewApp();
    expect((await post(path, fields, headers)).status).toBe(status);
    expect(recorded()).toEqual([]);
    expect(recorded("*")).toEqual([]);
  });

  it("change nothing when they are only looked at, and say where nothing is", async () => {
    const { ask, recorded } = await reviewApp();
    for (const path of ["/review/replies", "/governance", "/reviews"])
      for (const method of ["HEAD", "GET"]) expect((await ask(path, { method })).status).toBe(200);
    expect(recorded()).toEqual([]);
    expect((await ask("/review/nothing")).status).toBe(404);
  });

  it("show hostile text as text", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const { ask, post } = await reviewApp(
      { title: hostile, does: hostile, dataClasses: [hostile], vendor: hostile, expectedReturn: hostile },
      { vendorDates: [{ vendor: hostile, kind: "terms", date: "2026-12-01", note: hostile }] },
    );
    await post("/review/replies", { ...sent, why: hostile });
    await post("/governance", { who: "Tom Ashby", why: hostile, next: "" });
    for (const path of ["/reviews", "/review/replies", "/governance", "/register"]) {
      const { text } = await ask(path);
      expect(text).not.toMatch(/<script|<img/);
    }
    expect((await ask("/review/replies")).text).toContain("&lt;script&gt;");
  });

  it("stay under 50 kB with 400 entries", async () => {
    const ids = Array.from({ length: 400 }, (_, index) => `tool-${index}`);
    const { ask } = await reviewApp({ dataClasses: ["customer names"], vendor: "Ridgeline" }, {}, ids);
    for (const path of ["/reviews", "/governance", "/review/tool-7"])
      expect(Buffer.byteLength((await ask(path)).text)).toBeLessThan(50_000);
  });
});
