import { describe, expect, it } from "vitest";
import { incidentApp, stripped } from "../incident-app.js";

const ours = { "sec-fetch-site": "same-origin" };
const hostile = '=1+1"><script>alert(1)</script>';

/** An incident with two wrong replies, the second of them with a name that means harm. */
async function withOutputs() {
  const watch = await incidentApp();
  watch.time.now += 60_000;
  await watch.push(
    JSON.stringify([
      { id: hostile, output: "a refund of 20", link: "https://mail.example.com/2" },
      { id: "js", output: "a refund of 30", link: "javascript:alert(1)" },
    ]),
  );
  watch.time.now += 60_000;
  await watch.order({ do: "run", automation: "replies" });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = ours) =>
    watch.follow(path, { method: "POST", body: new URLSearchParams(fields), headers });
  const say = (fields: Record<string, string>, headers?: Record<string, string>) =>
    post("/i/1/outputs", { who: "Tom Ashby", why: "", ...fields }, headers);
  const keys = async () => {
    const { text } = await watch.ask("/i/1");
    return [...text.matchAll(/name="output" value="(\d+)"/g)].map((each) => each[1] ?? "");
  };
  return { ...watch, post, say, keys };
}

describe("what went out, on an incident's page", () => {
  it("is listed with its state, as text, in one form without script", async () => {
    const { ask } = await withOutputs();
    const { text } = await ask("/i/1");
    expect(stripped(text)).toContain("3 outputs since the last good one: 3 still to check.");
    expect(text).toContain("=1+1&quot;&gt;&lt;script&gt;alert(1)");
    expect(text).not.toMatch(/<script|href="javascript/i);
    expect(text).toContain('<a href="https://mail.example.com/2" rel="noopener noreferrer nofollow">');
    expect(text).not.toMatch(/name="output" value="[^"\d]/);
  });

  it("records what was done with those that are ticked", async () => {
    const { say, keys, ground } = await withOutputs();
    const [first = ""] = await keys();
    const answer = await say({ output: first, state: "redone", why: "answered anew" });
    expect(answer.status).toBe(200);
    expect(stripped(answer.text)).toContain("Recorded, Tom Ashby, 07:06: 1 output redone: answered anew.");
    expect(stripped(answer.text)).toContain("2 still to check, 1 redone.");
    expect(stripped(answer.text)).toContain("Tom Ashby: answered anew");
    expect(ground.store.incidents.moves(1).at(-1)).toMatchObject({ event: "rework", who: "Tom Ashby" });
  });

  it.each([
    ["nobody's name", { who: "Mallory", all: "all", state: "fine" }, 400, "choose your name"],
    ["nothing that is ticked", { state: "fine" }, 400, "tick the outputs it is about"],
    ["a waiver without a reason", { all: "all", state: "waived" }, 400, "waived outputs need a reason"],
    ["an output of no list", { output: "999", state: "fine" }, 400, "999 is not on its list"],
    ["an id for a key", { output: "js", state: "fine" }, 400, "This is no form"],
    ["another state", { all: "all", state: "to-check" }, 400, "This is no form"],
  ])("records nothing for %s", async (_, fields, status, said) => {
    const { say, ground } = await withOutputs();
    const answer = await say(fields);
    expect(answer.status).toBe(status);
    expect(stripped(answer.text)).toContain(said);
    expect(ground.store.rework.counts(1, null)).toMatchObject({ fine: 0, redone: 0, waived: 0 });
  });

  it("comes back with what was ticked and written when it is refused", async () => {
    const { say, keys } = await withOutputs();
    const [first = ""] = await keys();
    const { text } = await say({ output: first, state: "redone", why: "answered anew", who: "Mallory" });
    expect(text).toContain(`name="output" value="${first}" checked`);
    expect(text.match(/name="output" value="\d+" checked/g)).toHaveLength(1);
    expect(text).toContain('value="answered anew"');
    expect(text).toContain('<a href="#do-outputs">What you wrote is still there</a>');
  });

  it("takes no form from another site", async () => {
    const { say, ground } = await withOutputs();
    const answer = await say({ all: "all", state: "fine" }, { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(403);
    expect(ground.store.rework.counts(1, null).fine).toBe(0);
  });

  it("holds a resolution up with how many and what to do, unless the rest is left as it is", async () => {
    const { post, row } = await withOutputs();
    const resolve = () => ({
      event: "resolve",
      who: "Tom Ashby",
      why: "template mended",
      cause: "prompt",
      revision: String(row().revision),
    });
    const refused = await post("/i/1/moves", resolve());
    expect(refused.status).toBe(400);
    expect(stripped(refused.text)).toContain(
      "Nothing was recorded: 3 outputs that went out are still to check.",
    );
    expect(refused.text).toContain('name="rest" value="waive"');
    expect(row().endedAt).toBeNull();
    const ended = await post("/i/1/moves", { ...resolve(), rest: "waive" });
    expect(ended.status).toBe(200);
    expect(stripped(ended.text)).toContain("3 outputs waived: template mended");
    expect(ended.text).not.toContain("<form");
    expect(row().status).toBe("resolved");
  });

  it("comes as a file that no spreadsheet runs", async () => {
    const { ask } = await withOutputs();
    const { status, headers, text } = await ask("/i/1/outputs.csv");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="incident-1-outputs.csv"');
    const lines = text.replace(/^\uFEFF/, "").split("\r\n");
    expect(lines[0]).toBe("output,at,check,state,by,decided_at,note,link");
    expect(lines).toHaveLength(5);
    expect(text).toContain(`"'=1+1""><script>alert(1)</script>"`);
    expect((await ask("/i/9/outputs.csv")).status).toBe(404);
  });
});
