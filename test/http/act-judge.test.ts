import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dayMs, hourMs } from "../../src/domain/time.js";
import { digestLinks } from "../../src/flow/digest-links.js";
import { pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import { signLink } from "../../src/token/action-link.js";
import { signJudgeLink } from "../../src/token/judge-link.js";
import { stripped } from "./incident-app.js";
import { pushApp } from "./push-app.js";

const base = "https://evenkeel.example.com";
const recipient = "tom.ashby@example.com";
const reader = "Tom Ashby";
const via = `link issued to ${recipient}`;

/** A week after an output had come and was picked, with the link to it. */
async function linkApp(text = "We will send it tomorrow.", more: object = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "evenkeel-judge-"));
  const watch = await pushApp({
    automation: {
      ...more,
      checks: [{ id: "no-promise", title: "Promises nothing", type: "not-contains", any: ["tomorrow"] }],
      spotCheck: { question: "Could a colleague send this reply as it is?" },
    },
    whole: {
      publicUrl: base,
      dataDir,
      channels: [{ id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com" }],
    },
  });
  const { ground, time } = watch;
  await watch.order({ do: "run", automation: "replies" });
  time.now += 60_000;
  await watch.push(JSON.stringify([{ id: "a", output: text, input: "When does it come?" }]));
  oweDigests(ground);
  time.now += 7 * dayMs;
  const [watched] = ground.register.automations;
  if (watched === undefined) throw new Error("nothing is watched");
  ground.store.transaction(() => pickSpotChecks(ground, watched, time.now));
  const [digestReader] = ground.register.digest;
  const [mail] = ground.register.channels;
  if (digestReader === undefined || mail === undefined) throw new Error("nobody reads the digest");
  const links = digestLinks(ground, digestReader, mail);
  const path = new URL(links.judge(1) ?? base).pathname;
  const headers = { host: "evenkeel.example.com" };
  const look = (at: string, method = "GET") => watch.ask(at, { method, headers });
  const nonceOf = (page: string) => /name="nonce" value="([^"]*)"/.exec(page)?.[1] ?? "";
  const press = async (
    fields: Record<string, string>,
    { at = path, more = {} }: { at?: string; more?: Record<string, string> } = {},
  ) => {
    const nonce = nonceOf((await look(at)).text);
    return watch.follow(at, {
      method: "POST",
      body: new URLSearchParams({ nonce, ...fields }),
      headers: { ...headers, "sec-fetch-site": "same-origin", ...more },
    });
  };
  const said = () => ground.store.judgements.of(ground.store.spotChecks.get(1)?.output ?? 0);
  return { ...watch, dataDir, links, path, look, press, said, nonceOf };
}

describe("a link of a digest", () => {
  it("shows its one output and nothing that would lead whoever judges", async () => {
    const { look, path } = await linkApp();
    const { status, text, headers } = await look(`${path}?say=wrong`);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toBe("noindex");
    expect(text).not.toMatch(/<script|http-equiv|onload/i);
    expect(text).toMatch(/<button[^>]*value="wrong"[^>]*class="go"/);
    const page = stripped(text);
    expect(page).toContain("Could a colleague send this reply as it is?");
    expect(page).toContain("When does it come?");
    expect(page).toContain("We will send it tomorrow.");
    expect(page).not.toMatch(/failed it|was picked/);
    expect(page).toContain(`On record it stands as said by ${reader}, by the ${via}`);
  });

  it("changes nothing for a scanner that opens everything", async () => {
    const { look, path, said, links } = await linkApp();
    const stop = new URL(links.stopUrl ?? base).pathname;
    for (const say of ["right", "wrong", "cannot-tell"])
      for (const method of ["HEAD", "GET", "GET"]) {
        await look(`${path}?say=${say}`, method);
        await look(stop, method);
      }
    expect(said()).toEqual([]);
  });

  it("records what was pressed as its reader's word, by the link, and then tells the rest", async () => {
    const { press, said } = await linkApp();
    const { status, text } = await press({ answer: "wrong", note: "promises a day", correction: "Soon." });
    expect(status).toBe(200);
    expect(stripped(text)).toContain("Recorded: wrong. Thank you.");
    expect(stripped(text)).toContain("It was picked by chance");
    expect(stripped(text)).toContain("0 checks passed it, 1 failed it.");
    expect(said()).toMatchObject([
      { answer: "wrong", who: reader, via, note: "promises a day", correction: "Soon." },
    ]);
  });

  it("leads to the same address, which tells what is on record however often it is loaded, and no more", async () => {
    const { ask, look, path, said, nonceOf } = await linkApp();
    const send = async (fields: Record<string, string>) =>
      ask(path, {
        method: "POST",
        body: new URLSearchParams({ nonce: nonceOf((await look(path)).text), ...fields }),
        headers: { host: "evenkeel.example.com", "sec-fetch-site": "same-origin" },
      });
    for (const done of ["said", "forwarded", "known", "x"]) {
      const { text } = await look(`${path}?done=${done}`);
      expect(text).not.toContain("Recorded:");
      expect(text).not.toContain("It was picked");
    }
    const forwarded = await send({ answer: "right", forwarded: "Jonas Feld" });
    expect([forwarded.status, forwarded.headers.get("location")]).toEqual([303, "?done=forwarded"]);
    expect(stripped((await look(`${path}?done=forwarded`)).text)).toContain("Recorded: right. Thank you.");
    expect((await look(`${path}?done=said`)).text).not.toContain("Recorded:");
    const answer = await send({ answer: "wrong" });
    expect([answer.status, answer.headers.get("location"), answer.text]).toEqual([303, "?done=said", ""]);
    const before = said();
    for (let turn = 0; turn < 3; turn += 1)
      expect(stripped((await look(`${path}?done=said`)).text)).toContain("Recorded: wrong. Thank you.");
    expect(said()).toEqual(before);
  });

  it("pressed again says what was said before, and the last word counts once", async () => {
    const { press, look, path, said } = await linkApp();
    await press({ answer: "wrong" });
    expect(stripped((await look(path)).text)).toContain("Tom Ashby said today");
    const { text } = await press({ answer: "right" });
    expect(stripped(text)).toContain("What Tom Ashby said before counts no more.");
    expect(said()).toMatchObject([{ answer: "right", who: reader }]);
  });

  it("pressed twice alike is one word, once on record", async () => {
    const { press, said, time } = await linkApp();
    await press({ answer: "wrong", note: "promises a day" });
    const [first] = said();
    time.now += 60_000;
    expect((await press({ answer: "wrong" })).status).toBe(200);
    expect(said()).toEqual([first]);
  });

  it("and the page of the same output are one person's one word: the later replaces the earlier", async () => {
    const { press, ask, said } = await linkApp();
    await press({ answer: "wrong" });
    const answer = await ask("/spot-checks/1", {
      method: "POST",
      body: new URLSearchParams({ answer: "right", who: reader, note: "", correction: "" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(answer.status).toBe(303);
    expect(said()).toMatchObject([{ answer: "right", who: reader, via: null }]);
    await press({ answer: "cannot-tell" });
    expect(said()).toMatchObject([{ answer: "cannot-tell", who: reader, via }]);
  });

  it("in a forwarded mail is another's word, never the reader's or anyone else's of the register", async () => {
    const { press, said } = await linkApp();
    await press({ answer: "right" });
    const { text } = await press({ answer: "wrong", forwarded: "Jonas Feld" });
    const who = "whoever Tom Ashby forwarded the mail to";
    expect(stripped(text)).toContain("Recorded: wrong. Thank you.");
    expect(stripped(text)).toContain(`Tom Ashby (${via}) said: right.`);
    expect(said()).toMatchObject([
      { answer: "right", who: reader, via },
      { answer: "wrong", who, via: `${via}, forwarded to “Jonas Feld”` },
    ]);
    await press({ answer: "cannot-tell", forwarded: "Tom Ashby" });
    expect(said()).toMatchObject([
      { answer: "right", who: reader },
      { answer: "cannot-tell", who, via: `${via}, forwarded to “Tom Ashby”` },
    ]);
  });

  it.each([
    ["from another site", { more: { "sec-fetch-site": "cross-site" } }, {}, 403],
    ["with an answer that is none", {}, { answer: "maybe" }, 400],
    ["with the form of no page", {}, { nonce: "1.abc" }, 409],
    ["with a note without end", {}, { note: "x".repeat(2_001) }, 400],
  ])("refuses a press %s", async (_, options, fields, status) => {
    const { press, said } = await linkApp();
    expect((await press({ answer: "right", ...fields }, options)).status).toBe(status);
    expect(said()).toEqual([]);
  });

  it("asks again where its page had been open for more than an hour", async () => {
    const { look, path, press, nonceOf, time, said } = await linkApp();
    const nonce = nonceOf((await look(path)).text);
    time.now += hourMs + 1;
    const { status, text } = await press({ answer: "right", nonce });
    expect(status).toBe(409);
    expect(stripped(text)).toContain("open for long, so nothing was recorded");
    expect(said()).toEqual([]);
  });

  it("works for eight days and then says so", async () => {
    const { look, path, time, press, said } = await linkApp();
    time.now += 8 * dayMs - 2_000;
    expect((await look(path)).status).toBe(200);
    time.now += 4_000;
    const { status, text } = await look(path);
    expect(status).toBe(410);
    expect(stripped(text)).toContain("This link has expired: it is good for eight days.");
    expect(stripped(text)).not.toContain("We will send it");
    expect((await press({ answer: "right" })).status).toBe(410);
    expect(said()).toEqual([]);
  });

  it.each([
    ["altered", (path: string) => path.replace(/.$/, (last) => (last === "A" ? "B" : "A"))],
    ["cut off", (path: string) => path.slice(0, -9)],
    ["of another purpose", (_: string, foreign: string) => `/act/judge/${foreign}`],
    ["for stopping the mail", (_: string, __: string, stop: string) => stop.replace("/stop/", "/judge/")],
    ["of nobody", () => "/act/judge/e30.e30"],
  ])("says plainly that one that is %s does nothing", async (_, change) => {
    const { look, path, links, ground } = await linkApp();
    const key = ground.register.links?.keys.signing();
    if (key === undefined) throw new Error("there are no keys");
    const foreign = signLink(key, {
      incident: 1,
      action: "acknowledge",
      revision: 1,
      expiresAt: ground.clock.now() + dayMs,
      recipient,
    });
    const { status, text } = await look(change(path, foreign, new URL(links.stopUrl ?? base).pathname));
    expect(status).toBe(404);
    expect(stripped(text)).toContain("This link is not one of ours, or is cut off.");
    expect(text).not.toContain("<form");
  });

  it("is void whichever one character of it was altered", async () => {
    const { look, path, said } = await linkApp();
    const token = path.slice("/act/judge/".length);
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === "A" ? "B" : "A";
      const altered = `/act/judge/${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      const { status, text } = await look(altered);
      expect(status, `character ${at}`).toBe(404);
      expect(text).not.toContain("<form");
    }
    expect(said()).toEqual([]);
  });

  it("of another installation, whose key has the same name, does nothing here", async () => {
    const { look, path, ground, said } = await linkApp();
    const key = ground.register.links?.keys.signing();
    if (key === undefined) throw new Error("there are no keys");
    const expiresAt = ground.clock.now() + dayMs;
    const link = { spotCheck: 1, reader, recipient, expiresAt };
    const foreign = signJudgeLink({ ...key, secret: "0".repeat(64) }, link);
    expect((await look(`/act/judge/${signJudgeLink(key, link)}`)).status).toBe(200);
    expect((await look(`/act/judge/${foreign}`)).status).toBe(404);
    expect((await look(path)).status).toBe(200);
    expect(said()).toEqual([]);
  });

  it("counts once however often its form is sent, and takes the form of no other link", async () => {
    const { look, path, press, nonceOf, said, ground } = await linkApp();
    const nonce = nonceOf((await look(path)).text);
    for (let time = 0; time < 3; time += 1) await press({ answer: "wrong", nonce });
    expect(said()).toMatchObject([{ answer: "wrong" }]);
    const key = ground.register.links?.keys.signing();
    if (key === undefined) throw new Error("there are no keys");
    const expiresAt = ground.clock.now() + dayMs;
    const link = { spotCheck: 1, reader: "Jonas Feld", recipient: "jonas.feld@example.com", expiresAt };
    const others = `/act/judge/${signJudgeLink(key, link)}`;
    const { status } = await press({ answer: "right", nonce }, { at: others });
    expect(status).toBe(409);
    expect(said()).toHaveLength(1);
  });

  it("about a spot check that is not there says so", async () => {
    const { look, ground } = await linkApp();
    const key = ground.register.links?.keys.signing();
    if (key === undefined) throw new Error("there are no keys");
    const expiresAt = ground.clock.now() + dayMs;
    const { status, text } = await look(
      `/act/judge/${signJudgeLink(key, { spotCheck: 99, reader, recipient, expiresAt })}`,
    );
    expect(status).toBe(404);
    expect(stripped(text)).toContain("no longer in the register. Nothing was recorded.");
  });

  it("is void for all when the keys are taken away", async () => {
    const { look, path, dataDir } = await linkApp();
    rmSync(join(dataDir, "link-keys.json"));
    expect((await look(path)).status).toBe(404);
  });

  it("says that a text that is no longer kept cannot be judged", async () => {
    const { look, path, ground, press, time, order } = await linkApp();
    await order({ do: "run", automation: "replies" });
    ground.store.transaction(() =>
      ground.store.retention.dropBodies({
        automation: "replies",
        before: time.now,
        after: { at: 0, key: 0 },
        limit: 10,
        now: time.now,
      }),
    );
    expect(stripped((await look(path)).text)).toContain("Its text is no longer kept");
    expect((await press({ answer: "right" })).status).toBe(404);
  });

  it("shows hostile output as text", async () => {
    const { look, path } = await linkApp('<script>alert(1)</script><img src="https://beacon.example.com/x">');
    const { text } = await look(path);
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain("&lt;script&gt;");
  });
});

/** With a golden set of one case, that nobody is ever asked. */
function goldenApp() {
  const cases = join(mkdtempSync(join(tmpdir(), "evenkeel-judge-golden-")), "golden.jsonl");
  writeFileSync(cases, '{"id":"a","input":"Where is it?","expected":"On its way."}\n');
  return linkApp(undefined, {
    golden: { cases, effects: "none", probe: { type: "command", argv: ["true"] } },
  });
}

describe("the link to an output that was judged", () => {
  it("makes it a known answer with its correction by one press, in the reader's name", async () => {
    const { look, path, press, ground } = await goldenApp();
    const promoted = () => ground.store.goldenPromoted.of("replies");
    expect((await look(path)).text).not.toContain('name="promote"');
    const judged = await press({ answer: "wrong", correction: "We send it soon." });
    expect(judged.text).toContain("Make it a known answer");
    expect(stripped(judged.text)).toContain("Personal data is hidden in it, and so the automation is asked.");
    expect(stripped(judged.text)).toContain(`On record it stands as decided by ${reader}, by the ${via}.`);
    for (const method of ["HEAD", "GET"]) await look(path, method);
    expect(promoted()).toEqual([]);
    const { status, text } = await press({ promote: "yes" });
    expect(status).toBe(200);
    expect(stripped(text)).toContain("It is the known answer “spot-check-1” now, to be reviewed by");
    expect(text).not.toContain('name="promote"');
    expect(promoted()).toMatchObject([
      {
        input: "When does it come?",
        expected: "We send it soon.",
        corrected: true,
        who: reader,
        saidBy: reader,
      },
    ]);
    expect(ground.store.decisions.list("replies", 10)).toMatchObject([
      { what: "promote-golden", who: reader, why: expect.stringContaining(`, by the ${via}`) },
    ]);
  });

  it("records one press once, and takes it anew only once people judge otherwise", async () => {
    const { press, ground } = await goldenApp();
    const decisions = () => ground.store.decisions.list("replies", 10).length;
    await press({ answer: "wrong", correction: "We send it soon." });
    await press({ promote: "yes" });
    const again = await press({ promote: "yes" });
    expect(stripped(again.text)).toContain("It is the known answer “spot-check-1” now");
    expect(decisions()).toBe(1);
    const { text } = await press({ answer: "right" });
    expect(text).toContain("Take it anew as a known answer");
    await press({ promote: "yes" });
    expect(ground.store.goldenPromoted.of("replies")).toMatchObject([
      { expected: "We will send it tomorrow.", corrected: false },
    ]);
    expect(decisions()).toBe(2);
  });

  it("says what is missing, and nothing where nobody can tell or there is no golden set", async () => {
    const { press } = await goldenApp();
    const wrong = await press({ answer: "wrong" });
    expect(stripped(wrong.text)).toContain("write above as it should be, and press Wrong once more");
    expect(wrong.text).not.toContain('name="promote"');
    expect((await press({ answer: "cannot-tell" })).text).not.toContain("nown answer");
    const without = await linkApp();
    expect((await without.press({ answer: "right" })).text).not.toContain("nown answer");
  });

  it.each([
    ["before it was judged", { answer: "" }, {}, 409],
    ["from another site", { answer: "right" }, { more: { "sec-fetch-site": "cross-site" } }, 403],
    ["by whoever the mail was forwarded to", { answer: "right", forwarded: "Jonas Feld" }, {}, 409],
  ])("promotes nothing %s", async (_, judgement, options, status) => {
    const { press, ground } = await goldenApp();
    if (judgement.answer !== "") {
      const { text } = await press(judgement);
      expect(text.includes('name="promote"')).toBe(!("forwarded" in judgement));
    }
    expect((await press({ promote: "yes" }, options)).status).toBe(status);
    expect(ground.store.goldenPromoted.of("replies")).toEqual([]);
  });

  it("promotes nothing with the form of no page, of one open for long, or once the link has expired", async () => {
    const { look, path, press, nonceOf, time, ground } = await goldenApp();
    await press({ answer: "right" });
    expect((await press({ promote: "yes", nonce: "1.abc" })).status).toBe(409);
    const nonce = nonceOf((await look(path)).text);
    time.now += hourMs + 1;
    expect((await press({ promote: "yes", nonce })).status).toBe(409);
    time.now += 8 * dayMs;
    expect((await press({ promote: "yes", nonce })).status).toBe(410);
    expect(ground.store.goldenPromoted.of("replies")).toEqual([]);
  });
});

describe("the link that stops a digest", () => {
  it("is pressed by a mail program without a page, and stops it until it may come again", async () => {
    const { links, ask, ground, time } = await linkApp();
    const stop = new URL(links.stopUrl ?? base).pathname;
    const headers = { host: "evenkeel.example.com" };
    const mailer = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    expect((await ask(stop, { method: "POST", headers, body: mailer })).status).toBe(200);
    oweDigests(ground);
    expect(ground.store.outbox.tally().waiting).toBe(0);
    const again = new URLSearchParams({ again: "yes" });
    expect((await ask(stop, { method: "POST", headers, body: again })).status).toBe(403);
    await ask(stop, {
      method: "POST",
      headers: { ...headers, "sec-fetch-site": "same-origin" },
      body: again,
    });
    time.now += 7 * dayMs;
    oweDigests(ground);
    expect(ground.store.outbox.tally().waiting).toBe(1);
  });

  it("stands in the head of the mail, and the mail's links are its reader's", async () => {
    const { ground } = await linkApp();
    oweDigests(ground);
    const [row] = ground.store.outbox.inState("pending", 10);
    const payload = JSON.stringify(row?.payload);
    expect(row?.kind).toBe("digest");
    expect(payload).toContain('"stopUrl":"https://evenkeel.example.com/act/stop/');
    expect(new Set(payload.match(/act\/judge\/[\w.-]+/g) ?? []).size).toBe(1);
    expect(payload).toContain("Could a colleague send this reply as it is?");
  });
});
