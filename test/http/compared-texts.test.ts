import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { digestLinks } from "../../src/flow/digest-links.js";
import { pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { stripped } from "./incident-app.js";
import { pushApp } from "./push-app.js";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-compared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A golden set of these cases that nobody is ever asked. */
function golden(...cases: readonly object[]): object {
  const file = join(mkdtempSync(join(folder, "set-")), "golden.jsonl");
  writeFileSync(file, cases.map((each, at) => `${JSON.stringify({ id: `case-${at}`, ...each })}\n`).join(""));
  return { golden: { cases: file, effects: "none", probe: { type: "command", argv: ["true"] } } };
}

const question = "When does it come?";

/** Outputs of one week each, each picked after its week. */
async function weeks(outputs: readonly object[], settings: object = {}) {
  const watch = await pushApp({
    automation: {
      checks: [{ id: "no-promise", title: "Promises nothing", type: "not-contains", any: ["tomorrow"] }],
      ...settings,
    },
    whole: {
      publicUrl: "https://evenkeel.example.com",
      dataDir: folder,
      channels: [{ id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com" }],
    },
  });
  const { ground, time } = watch;
  const [watched] = ground.register.automations;
  if (watched === undefined) throw new Error("nothing is watched");
  await watch.order({ do: "run", automation: "replies" });
  for (const [at, output] of outputs.entries()) {
    time.now += 60_000;
    await watch.push(JSON.stringify([{ id: `o${at}`, input: question, ...output }]));
    time.now += 7 * dayMs;
    ground.store.transaction(() => pickSpotChecks(ground, watched, time.now));
  }
  const judge = (id: number, answer: string) =>
    watch.ask(`/spot-checks/${id}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ answer, who: "Tom Ashby", note: "", correction: "" }),
    });
  const page = async (id: number) => (await watch.ask(`/spot-checks/${id}`)).text;
  return { ...watch, judge, page };
}

describe("an output to be judged", () => {
  it("stands beside the known answer to the same input, each word that differs marked", async () => {
    const { page } = await weeks(
      [{ text: "We will send it tomorrow." }],
      golden({ input: "Where?", expected: "No." }, { input: question, expected: "We will send it soon." }),
    );
    const text = await page(1);
    expect(text).toContain('<pre class="prose">We will send it <del>tomorrow</del>.</pre>');
    expect(text).toContain('<pre class="prose">We will send it <ins>soon</ins>.</pre>');
    expect(stripped(text)).toContain("The known answer “case-1”");
    expect(stripped(text)).toContain("Struck through : only in this output. Underlined : only in the other.");
    expect(stripped(text)).not.toMatch(/failed it|was picked|Promises nothing/);
  });

  it("stands so behind the link of a mail too", async () => {
    const watch = await weeks(
      [{ text: "We will send it tomorrow." }],
      golden({ input: question, expected: "We will send it soon." }),
    );
    const [reader] = watch.ground.register.digest;
    const [mail] = watch.ground.register.channels;
    if (reader === undefined || mail === undefined) throw new Error("nobody reads the digest");
    const link = new URL(digestLinks(watch.ground, reader, mail).judge(1) ?? "");
    const { text } = await watch.ask(link.pathname, { headers: { host: "evenkeel.example.com" } });
    expect(text).toContain("We will send it <del>tomorrow</del>.");
    expect(text).toContain("We will send it <ins>soon</ins>.");
    expect(stripped(text)).not.toMatch(/failed it|was picked|Promises nothing/);
  });

  it("stands beside the newest output for the same input that was judged right, where no answer is known", async () => {
    const { page, judge } = await weeks([
      { text: "It comes on Monday." },
      { text: "It comes on Tuesday." },
      { text: "Of something else", input: "Who are you?" },
      { text: "It comes on Friday." },
    ]);
    expect(await page(4)).not.toContain("<del>");
    await judge(1, "right");
    await judge(3, "right");
    expect(await page(4)).toContain("It comes on <ins>Monday</ins>.");
    await judge(2, "right");
    expect(await page(4)).toContain("It comes on <ins>Tuesday</ins>.");
    expect(stripped(await page(4))).toContain("An output of 25 Nov 07:04, judged right");
    await judge(2, "wrong");
    expect(await page(4)).toContain("It comes on <ins>Monday</ins>.");
    await judge(1, "cannot-tell");
    expect(await page(4)).not.toContain("<ins>");
  });

  it("never stands beside itself, nor beside the known answer that it has become", async () => {
    const { page, judge, ask } = await weeks(
      [{ text: "Soon." }],
      golden({ input: "Where?", expected: "No." }),
    );
    await judge(1, "right");
    await ask("/spot-checks/1/promote", {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ who: "Tom Ashby" }),
    });
    const text = stripped(await page(1));
    expect(text).toContain("It is a known answer, “spot-check-1”");
    expect(text).not.toContain("This output");
  });

  it("takes no order of members for a difference", async () => {
    const { page } = await weeks(
      [{ text: '{"total":12,"vat":2}' }],
      golden({ input: question, expected: { vat: 2, total: 12 } }),
    );
    expect(stripped(await page(1))).toContain("Both answer the same input, word for word alike.");
    const other = await weeks(
      [{ text: '{"total":12,"vat":2}' }],
      golden({ input: question, expected: { vat: 2, total: 21 } }),
    );
    expect(await other.page(1)).toContain("&quot;total&quot;: <del>12</del>");
  });

  it("shows a known answer as outputs are stored, and finds it by an input in which something is hidden", async () => {
    const { page } = await weeks(
      [{ text: "Sent to anna@example.com today", input: "I am anna@example.com" }],
      golden({ input: "I am anna@example.com", expected: "Sent to anna@example.com on Monday" }),
    );
    const text = await page(1);
    expect(text).toContain("Sent to [e-mail] <ins>on Monday</ins>");
    expect(text).not.toContain("anna@");
  });

  it("is compared with nothing where only fingerprints are kept", async () => {
    const { page } = await weeks([{ text: "Soon." }], {
      ...golden({ input: question, expected: "Now." }),
      store: "hash",
    });
    expect(await page(1)).not.toMatch(/<ins>|This output/);
  });

  it("shows both whole, and says so, where too much differs", async () => {
    const { page } = await weeks(
      [{ text: "a ".repeat(1_200).trim() }],
      golden({ input: question, expected: "b ".repeat(1_200).trim() }),
    );
    const text = await page(1);
    expect(text).toContain("<h3>This output</h3>");
    expect(text).not.toMatch(/<ins>|<del>/);
    expect(stripped(text)).toContain("They differ too much, or are too long, to mark each word.");
  });

  it("shows hostile texts as text, marked or not", async () => {
    const { page } = await weeks(
      [{ text: "<script>alert(1)</script> <ins>paid</ins>" }],
      golden({ input: question, expected: '<img src="https://beacon.example.com/x"> <ins>paid</ins>' }),
    );
    const text = await page(1);
    expect(text).not.toMatch(/<script|<img|<ins>paid/);
    expect(text).toContain("&lt;");
  });
});
