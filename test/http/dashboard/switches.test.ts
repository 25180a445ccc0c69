import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../src/domain/ports.js";
import { incidentApp, stripped } from "../incident-app.js";

const ours = { "sec-fetch-site": "same-origin" };

/** An incident whose automation is paused and resumed by an address of its own, which answers as told. */
async function switchable(answer = { status: 200, body: "reader stopped" }) {
  const asked: unknown[] = [];
  const request = async ({ body }: HttpRequest) => {
    asked.push(JSON.parse(String(body)));
    return { ...answer, headers: {} };
  };
  const action = { type: "webhook", url: "https://hooks.example.com/switch", secret: { env: "HOOK" } };
  const watch = await incidentApp({
    http: { request },
    fallback: { pause: "Switch the reader off.", pauseAction: action, resumeAction: action },
  });
  const press = (fields: Record<string, string>, headers: Record<string, string> = ours, id = "1") =>
    watch.follow(`/i/${id}/switch`, {
      method: "POST",
      body: new URLSearchParams({ wish: "pause", who: "Tom Ashby", why: "", ...fields }),
      headers,
    });
  return { ...watch, asked, press };
}

describe("before and after", () => {
  it("shows how often the check passed, hour by hour, with its numbers in words", async () => {
    const { ask, push, order, time } = await incidentApp();
    for (const [id, output] of [
      ["2", "thank you"],
      ["3", "a refund of 9"],
    ] as const) {
      time.now += 3_600_000;
      await push(JSON.stringify([{ id, output }]));
      time.now += 60_000;
      await order({ do: "run", automation: "replies" });
    }
    const { text } = await ask("/i/1");
    const section = /<h2>Before and after.*?<\/section>/s.exec(text)?.[0] ?? "";
    expect(stripped(section)).toContain("Since it changed 07:00 0% of 1 08:00 100% of 1 09:00 0% of 1");
    expect(section).toContain('<rect class="dot now" width="100" height="10">');
    expect(text.indexOf(section)).toBeLessThan(text.indexOf("<h2>Examples"));
  });

  it("draws a dot for each run once there are two, with its numbers in words", async () => {
    const { ask, push, order, time } = await incidentApp();
    expect((await ask("/i/1")).text).not.toContain('class="chart');
    for (const [id, output] of [
      ["2", "thank you"],
      ["3", "a refund of 9"],
    ] as const) {
      time.now += 60_000;
      await push(JSON.stringify([{ id, output }]));
      time.now += 60_000;
      await order({ do: "run", automation: "replies" });
    }
    const { text } = await ask("/i/1");
    const wide = /<svg class="chart wide".*?<\/svg>/s.exec(text)?.[0] ?? "";
    expect(wide.match(/<circle class="dot thin now"/g)).toHaveLength(3);
    expect(wide).toContain(
      '<title id="by-run-wide-t">Output contains nothing forbidden: passed, by run</title>',
    );
    const words = "Since 07:03: 1 of 3 in 3 runs, about 33% (probably 6% to 79%).";
    expect(wide).toContain(`<desc id="by-run-wide-d">${words}</desc>`);
    expect(wide).toContain(">since 07:03: about 33%</text>");
    expect(stripped(text.replaceAll(/<svg.*?<\/svg>/gs, ""))).toContain(words);
  });
});

describe("pausing on an incident's page", () => {
  it("waits for the answer, shows it, and offers to let it run again", async () => {
    const { press, asked, ask } = await switchable();
    expect((await ask("/i/1")).text).toContain('name="wish" value="pause"');
    const paused = await press({ why: "refunds" });
    expect(paused.status).toBe(200);
    expect(asked).toMatchObject([
      { type: "automation.pause", who: "Tom Ashby", why: "refunds", incident: 1 },
    ]);
    const said = stripped(paused.text);
    expect(said).toContain(
      "Paused, Tom Ashby, 07:04. A POST to hooks.example.com answered 200: reader stopped.",
    );
    expect(said).toContain("Pause asked for, Tom Ashby: a POST to hooks.example.com; refunds");
    expect(paused.text).not.toContain('value="pause"');
    expect(paused.text).toContain('<a href="#do-resume">Let it run again</a>');
    const resumed = await press({ wish: "resume" });
    expect(stripped(resumed.text)).toContain("Runs again, Tom Ashby, 07:04.");
    expect(resumed.text).toContain('value="pause"');
  });

  it("says in capitals that it did not work, what to do by hand, and keeps what was written", async () => {
    const { ask, press, asked, ground } = await switchable({ status: 404, body: "no such <workflow>" });
    const { status, text } = await press({ why: "refunds everywhere" });
    expect(status).toBe(200);
    expect(stripped(text)).toContain(
      "NOT paused: it still runs. A POST to hooks.example.com: answered 404: no such",
    );
    expect(text).toContain("no such &lt;workflow&gt;");
    expect(stripped(text)).toContain("By hand: Switch the reader off.");
    expect(text).toContain(">refunds everywhere</textarea>");
    expect(text).toMatch(/<details open[^>]*><summary>Pause it/);
    const number = ground.store.incidents.moves(1).findIndex(({ event }) => event === "pause-failed") + 1;
    expect((await ask(`/i/1?done=${number}`)).text).toBe(text);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a program", {}],
  ])("asks nothing for %s", async (_, headers) => {
    const { press, asked } = await switchable();
    expect((await press({}, headers)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it.each([
    ["a name that nobody has", { who: "Mallory" }, "1", 400],
    ["a wish that there is not", { wish: "stop" }, "1", 400],
    ["an incident that there is not", {}, "99", 404],
  ])("asks nothing for %s", async (_, fields, id, status) => {
    const { press, asked } = await switchable();
    expect((await press(fields, ours, id)).status).toBe(status);
    expect(asked).toEqual([]);
  });

  it("neither offers nor does it where no action is configured", async () => {
    const { ask } = await incidentApp();
    expect((await ask("/i/1")).text).not.toContain('name="wish"');
    const body = new URLSearchParams({ wish: "pause", who: "Tom Ashby" });
    const { status, text } = await ask("/i/1/switch", { method: "POST", body, headers: ours });
    expect(status).toBe(409);
    expect(stripped(text)).toContain("Nothing was asked. Replies replies cannot be paused from here");
  });
});
