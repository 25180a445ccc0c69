import { describe, expect, it } from "vitest";
import { pushApp } from "./push-app.js";

/** An app with an incident that people closed and that came back on another day. */
async function twice() {
  const watch = await pushApp({
    automation: {
      risk: "high",
      checks: [
        {
          id: "no-markup",
          title: "No markup",
          type: "not-contains",
          any: ["<script"],
          rule: "zeroTolerance",
        },
      ],
      fallback: { steps: ["Answer by hand."], by: "Tom Ashby", minutesPerItem: 4 },
    },
  });
  const run = () => watch.order({ do: "run", automation: "replies" });
  const wrong = async (id: string) => {
    watch.time.now += 60_000;
    await watch.push(JSON.stringify([{ id, output: "<script>alert(1)</script>" }]));
    watch.time.now += 60_000;
    expect((await run()).status).toBe(200);
  };
  await run();
  await wrong("a");
  const page = async (id: number) => (await watch.ask(`/i/${id}`)).text;
  return { ...watch, wrong, page };
}

describe("the page of an incident", () => {
  it("says what it came from, or that nobody has said, and what earlier ones taught", async () => {
    const { order, wrong, page, time } = await twice();
    const move = {
      do: "move",
      incident: 1,
      event: "resolve",
      who: "Tom Ashby",
      why: "template mended",
      waiveRest: true,
    };
    expect((await order(move)).json).toMatchObject({ error: "incident-cause" });
    expect((await order({ ...move, cause: "prompt" })).status).toBe(200);
    expect(await page(1)).toContain("The prompt, says Tom Ashby.");
    const cause = {
      do: "cause",
      incident: 1,
      cause: "data",
      lesson: "<b>escape</b> names",
      who: "Lena Voss",
    };
    expect((await order(cause)).json).toMatchObject({ data: { closing: { incident: 1, cause: "data" } } });
    time.now += 25 * 3_600_000;
    await wrong("b");
    const second = await page(2);
    expect(second).toContain("Lessons of earlier incidents");
    expect(second).toContain("the data it was given: &lt;b&gt;escape&lt;/b&gt; names");
    expect(second).toContain("Last time (Wed");
    expect((await order({ ...move, incident: 2, event: "false-alarm" })).status).toBe(200);
    const ended = await page(2);
    expect(ended).toContain("A false alarm, says Tom Ashby.");
    expect(ended).toContain(
      "For the digest only: “No markup” counts for the digest only, until someone enables it again",
    );
  });

  it("shows what has piled up while people stand in, and that it is still paused", async () => {
    const { order, page, wrong, ground } = await twice();
    await order({ do: "move", incident: 1, event: "fallback-on", who: "Tom Ashby", why: null });
    await wrong("c");
    expect(await page(1)).toContain("About 1 item waiting, 4 min for one person (an estimate)");
    const pause = { do: "pause", incident: 1, wish: "pause", who: "Tom Ashby", why: null };
    expect((await order(pause)).json).toMatchObject({ error: "pause-unknown" });
    const { status, at } = { status: "fallback" as const, at: ground.clock.now() };
    ground.store.incidents.record(1, {
      at,
      event: "paused",
      from: status,
      to: status,
      who: "Lena Voss",
      why: "x",
    });
    expect(await page(1)).toContain("Paused by Lena Voss, ");
  });
});
