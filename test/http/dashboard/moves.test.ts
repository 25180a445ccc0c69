import { describe, expect, it } from "vitest";
import { incidentApp, stripped } from "../incident-app.js";

const ours = { "sec-fetch-site": "same-origin" };

async function withIncident() {
  const watch = await incidentApp();
  const { row } = watch;
  const send = (
    fields: Record<string, string>,
    headers: Record<string, string> = ours,
    path = "/i/1/moves",
  ) =>
    watch.follow(path, {
      method: "POST",
      body: new URLSearchParams({
        who: "Tom Ashby",
        why: "",
        cause: "",
        revision: String(row().revision),
        ...fields,
      }),
      headers,
    });
  return { ...watch, send };
}

describe("an incident's page", () => {
  it("takes a name and one press for what is done first, right under the facts", async () => {
    const { ask } = await withIncident();
    const { text } = await ask("/i/1");
    const bar = /<form class="act stick".*?<\/form>/s.exec(text)?.[0] ?? "";
    expect([...bar.matchAll(/<(?:select|textarea|input type="checkbox")[^>]* name="([^"]+)"/g)]).toHaveLength(
      1,
    );
    expect(bar).toContain('value="acknowledge"');
    expect(bar).toContain('value="fallback-on"');
    expect(bar).not.toContain('value="resolve"');
    expect(text.indexOf(bar)).toBeLessThan(text.indexOf("<h2>Examples"));
    expect(text.indexOf("Do this by hand now")).toBeLessThan(text.indexOf(bar));
  });

  it("takes what asks for no more as it is", async () => {
    const { ask, row } = await withIncident();
    const body = new URLSearchParams({ event: "fallback-on", who: "Tom Ashby", revision: "1" });
    const { status } = await ask("/i/1/moves", { method: "POST", body, headers: ours });
    expect(status).toBe(303);
    expect(row().status).toBe("fallback");
  });

  it("offers the moves that are possible in forms without script", async () => {
    const { ask } = await withIncident();
    const { text } = await ask("/i/1");
    expect(text).not.toMatch(/<script/i);
    const events = [...text.matchAll(/name="event" value="([^"]+)"/g)].map((each) => each[1]);
    expect(events).toEqual([
      "acknowledge",
      "fallback-on",
      "resolve",
      "false-alarm",
      "accept-change",
      "snooze",
    ]);
    expect(text).toContain('action="/i/1/moves"');
    expect(text).toContain('<option value="Tom Ashby">');
  });

  it("records a move and says so on the page that follows", async () => {
    const { send, row } = await withIncident();
    const answer = await send({ event: "acknowledge" });
    expect(answer.status).toBe(200);
    expect(stripped(answer.text)).toContain("Recorded: incident 1 acknowledged, Tom Ashby, 07:04.");
    expect(row()).toMatchObject({ status: "acknowledged", acknowledgedBy: "Tom Ashby" });
    expect(stripped(answer.text)).toContain("Acknowledged, Tom Ashby");
  });

  it("lets a person switch back against the sample, with a reason, on record", async () => {
    const { ask, send, row, ground } = await withIncident();
    expect((await ask("/i/1")).text).not.toContain('name="sample"');
    await send({ event: "fallback-on" });
    const page = stripped((await ask("/i/1")).text);
    expect(page).toContain("Although no fresh sample passes, for the reason above, on record");
    expect(page).toContain("In the run of 07:04 1 of 1 outputs fail");
    const without = await send({ event: "switch-back", cause: "model" });
    expect(without.status).toBe(409);
    expect(stripped(without.text)).toContain("switching back needs a fresh sample that passes");
    const unexplained = await send({ event: "switch-back", cause: "model", sample: "overrule" });
    expect(unexplained.status).toBe(400);
    expect(unexplained.text).toMatch(/name="sample" value="overrule" checked/);
    expect(row().status).toBe("fallback");
    const why = "The vendor showed the repair.";
    const done = await send({ event: "switch-back", cause: "model", sample: "overrule", why });
    expect(done.status).toBe(200);
    expect(row().status).toBe("resolved");
    expect(ground.store.incidents.moves(1).at(-1)?.why).toContain(
      `${why} (against the sample: in the run of 07:04`,
    );
  });

  it("leads to a page that tells it out of the timeline, so that loading it again repeats nothing", async () => {
    const { ask, ground } = await withIncident();
    const press = (revision: string) =>
      ask("/i/1/moves", {
        method: "POST",
        body: new URLSearchParams({ event: "acknowledge", who: "Tom Ashby", revision }),
        headers: ours,
      });
    const first = await press("1");
    expect(first.status).toBe(303);
    const to = first.headers.get("location") ?? "";
    expect(to).toMatch(/^\/i\/1\?done=\d$/);
    const moves = ground.store.incidents.moves(1);
    for (let again = 0; again < 2; again += 1)
      expect(stripped((await ask(to)).text)).toContain(
        "Recorded: incident 1 acknowledged, Tom Ashby, 07:04.",
      );
    const second = await press("2");
    expect(second.status).toBe(303);
    expect(second.headers.get("location")).toBe(to.replace("done", "was"));
    expect(stripped((await ask(to.replace("done", "was"))).text)).toContain(
      "Incident 1 was acknowledged already: Tom Ashby, 07:04. Nothing was changed.",
    );
    expect(ground.store.incidents.moves(1)).toEqual(moves);
  });

  it.each(["1", "99", "0", "-1", "1e1", "<script>alert(1)</script>"])(
    "tells nothing that nobody did there: %s",
    async (done) => {
      const { ask } = await withIncident();
      const { status, text } = await ask(`/i/1?done=${encodeURIComponent(done)}`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/class="say"|<script/);
    },
  );

  it("snoozes it for as long as was chosen, under the name that was chosen", async () => {
    const { send, ground, row, time } = await withIncident();
    const answer = await send({ event: "snooze", length: "1h" });
    expect(answer.status).toBe(200);
    expect(stripped(answer.text)).toContain("Recorded: incident 1 is silent until 08:0");
    expect(ground.store.silences.list(5)).toMatchObject([
      { owner: "Tom Ashby", endsAt: time.now + 3_600_000, match: { incidents: [1] } },
    ]);
    expect(row().status).toBe("open");
  });

  it("asks for how long when that was not chosen", async () => {
    const { send, ground } = await withIncident();
    const answer = await send({ event: "snooze" });
    expect(answer.status).toBe(400);
    expect(stripped(answer.text)).toContain("Nothing was recorded. Choose for how long.");
    expect(ground.store.silences.list(5)).toEqual([]);
  });

  it("keeps what was written when a reason is missing", async () => {
    const { send, row } = await withIncident();
    const answer = await send({ event: "resolve", cause: "prompt" });
    expect(answer.status).toBe(400);
    expect(stripped(answer.text)).toContain("Nothing was recorded: say in a few words why");
    expect(answer.text).toContain('<option value="prompt" selected');
    expect(answer.text).toMatch(/<details open[^>]*><summary>Resolve/);
    expect(answer.text.match(/<details open/g)).toHaveLength(1);
    expect(answer.text).toContain('<a href="#do-resolve">What you wrote is still there</a>');
    expect(row().endedAt).toBeNull();
  });

  it("keeps the length, the box and the reason of what was refused", async () => {
    const { send } = await withIncident();
    const resolve = await send({ event: "resolve", why: "<mended>", rest: "waive" });
    expect(stripped(resolve.text)).toContain("Nothing was recorded: choose what it came from");
    expect(resolve.text).toContain(">&lt;mended&gt;</textarea>");
    expect(resolve.text).toMatch(/name="rest" value="waive" checked/);
    const snooze = await send({ event: "snooze", length: "4h", why: "at noon", who: "Mallory" });
    expect(snooze.status).toBe(400);
    expect(snooze.text).toContain('<option value="4h" selected');
    expect(snooze.text).toContain(">at noon</textarea>");
  });

  it("takes what to remember with an ending, and keeps it while the cause is missing", async () => {
    const { send, ground } = await withIncident();
    const lesson = "Pin the <b>template</b>";
    const asked = await send({ event: "resolve", why: "template mended", lesson });
    expect(asked.status).toBe(400);
    expect(asked.text).toContain("Pin the &lt;b&gt;template&lt;/b&gt;</textarea>");
    const answer = await send({
      event: "resolve",
      why: "template mended",
      cause: "prompt",
      lesson,
      rest: "waive",
    });
    expect(answer.status).toBe(200);
    expect(ground.store.closings.of(1)).toMatchObject({ cause: "prompt", lesson });
    expect(stripped(answer.text)).toContain("Lesson: Pin the &lt;b&gt;template&lt;/b&gt;");
  });

  it("takes as many lines as the browser lets someone write", async () => {
    const { send, ground } = await withIncident();
    const lines = (end: string) => `a${end}`.repeat(999).trim();
    const answer = await send({ event: "acknowledge", why: lines("\r\n") });
    expect(answer.status).toBe(200);
    expect(ground.store.incidents.moves(1).at(-1)?.why).toBe(lines("\n"));
    expect((await send({ event: "fallback-on", why: "a".repeat(2_001) })).status).toBe(400);
  });

  it("shows how it stands now when it has moved since the page was opened", async () => {
    const { send, row } = await withIncident();
    await send({ event: "acknowledge" });
    const answer = await send({ event: "false-alarm", why: "a test", revision: "1" });
    expect(answer.status).toBe(409);
    expect(stripped(answer.text)).toContain("It has moved since you looked, so nothing was changed.");
    expect(answer.text).toContain(`name="revision" value="${row().revision}"`);
    expect(row().status).toBe("acknowledged");
  });

  it("offers nothing once it has ended", async () => {
    const { send } = await withIncident();
    const answer = await send({ event: "false-alarm", why: "a test" });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain("<form");
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["another page of the same name", { "sec-fetch-site": "same-site" }],
    ["the address bar or a link", { "sec-fetch-site": "none" }],
    ["an older browser on another site", { origin: "https://evil.example.com" }],
    ["a page that hides where it is", { origin: "null" }],
    ["a program", {}],
  ])("takes no form from %s", async (_, headers) => {
    const { send, row } = await withIncident();
    const answer = await send({ event: "acknowledge" }, headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("nothing was changed");
    expect(row().status).toBe("open");
  });

  it("takes the form of an older browser from its own page", async () => {
    const { send } = await withIncident();
    const answer = await send({ event: "acknowledge" }, { origin: "http://127.0.0.1:4310" });
    expect(answer.status).toBe(200);
  });

  it.each([
    ["a name that nobody has", { event: "acknowledge", who: "Mallory" }, 400],
    ["a move that there is not", { event: "reopen" }, 400],
    ["no revision", { event: "acknowledge", revision: "" }, 400],
  ])("refuses %s", async (_, fields, status) => {
    const { send, row } = await withIncident();
    expect((await send(fields)).status).toBe(status);
    expect(row().status).toBe("open");
  });

  it("says that there is no such incident", async () => {
    const { send } = await withIncident();
    expect((await send({ event: "acknowledge" }, ours, "/i/99/moves")).status).toBe(404);
  });
});
