import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import type { Check } from "../../src/domain/check.js";
import { isJsonObject } from "../../src/domain/json.js";
import { error, fail, pass } from "../../src/domain/verdict.js";
import type { Ground } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { judgeOutputs } from "../../src/flow/judge-outputs.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { tryChecks } from "../../src/flow/try-checks.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { openStore } from "../../src/store/open.js";
import { signBody } from "../../src/token/sign-body.js";
import { noFiles } from "../check/judge.js";
import { chat, modelOf } from "../model/scripted-provider.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { type BenchOptions, benchGround, draft, hour, hourOf, monday, options } from "./bench-ground.js";

const opened: Loopback[] = [];
const folders: string[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What the judge's server says of a text. */
type Says = (content: string) => boolean | "broken" | "hangs";

const asked = z.object({ messages: z.array(z.object({ content: z.string() })) });

/** The text between the fences of a question. */
function contentOf(body: string): string {
  const content = asked.parse(JSON.parse(body)).messages[1]?.content ?? "";
  return /^<<<DATA output \w+>>>\n(.*?)\n<<<END/s.exec(content)?.[1] ?? "";
}

async function judgeServer(says: Says): Promise<Loopback & { contents: () => readonly string[] }> {
  const server = await startLoopback((_request: IncomingMessage, response: ServerResponse) => {
    const said = says(contentOf(server.requests.at(-1)?.body ?? "{}"));
    if (said === "hangs") return;
    const c1 = { because: "it reads so", answer: said ? "yes" : "no", certainty: "high" };
    if (said === "broken") response.writeHead(500).end();
    else response.end(JSON.stringify(chat(JSON.stringify({ c1 })).body));
  });
  opened.push(server);
  return { ...server, contents: () => server.requests.map(({ body }) => contentOf(body)) };
}

/** A check that asks the judge; a planted good and a planted bad answer. */
function politeCheck(more: object = {}): Promise<Check> {
  const written = {
    id: "polite",
    type: "judge",
    title: "Reply is polite",
    model: "judge",
    criteria: ["Is it polite?"],
    canaries: { good: { output: "planted good" }, bad: { output: "planted bad" } },
    ...more,
  };
  return prepareCheck(checkSettings.parse(written), noFiles);
}

/** The same with a judge of the test's own, and nothing planted. */
async function ownCheck(judge: Check["judge"]): Promise<Check> {
  return { ...(await politeCheck()), planted: [], judge };
}

/** Nothing planted: every question is about an output. */
async function unprovenCheck(): Promise<Check> {
  return { ...(await politeCheck()), planted: [] };
}

const right: Says = (content) => !content.includes("bad");

async function bench(says: Says, more: BenchOptions = {}) {
  const server = await judgeServer(says);
  const made = benchGround({ checks: [await politeCheck()], ...more });
  const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10 };
  const { model } = modelOf({ type: "openai", baseUrl: server.url, model: "gpt-x", price, maxTokens: 100 });
  const register = {
    ...made.ground.register,
    asking: { ...made.ground.register.asking, models: new Map([["judge", model]]) },
  };
  const ground: Ground = { ...made.ground, register };
  return { ...made, ground, server };
}

/** What one asking cost the bench's judge. */
const oneCost = 400;

async function runAt(each: Awaited<ReturnType<typeof bench>>, slotAt: number, ground = each.ground) {
  each.clock.set(slotAt);
  return runSlots(ground, each.watched, [slotAt], options);
}

function verdictsOf(ground: Ground) {
  return ground.store.outputs.checkTotals("invoices", "polite");
}

describe("checks that ask", () => {
  it("are asked about the drawn outputs alone, and their verdicts count as any others", async () => {
    const each = await bench(right, { size: 5 });
    each.source.outputs.push(...hourOf(monday + hour, 20));
    await runAt(each, monday + hour);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 5 });
    expect(each.server.requests).toHaveLength(5 + 2);
    expect(each.ground.store.metrics.get("invoices", "check:polite")).toMatchObject({
      runs: 1,
      learnedOutputs: 5,
    });
    expect(each.ground.store.metrics.get("invoices", "unsure")).toMatchObject({ runs: 1 });
    const [row] = each.ground.store.outputs.failingSince("invoices", "polite", monday, 1);
    expect(row?.reason).toContain("Is it polite?");
    expect(each.ground.store.answers.spentByAll("2026-03-02")).toEqual({
      questions: 7,
      costMicros: 7 * oneCost,
      refused: 0,
    });
  });

  it("are not asked about an output whose text is not kept, and say so", async () => {
    const each = await bench(right, { size: 5 });
    const { outputs, forgetting } = each.ground.store;
    each.ground.store.state.setRoom("low");
    each.source.outputs.push(...hourOf(monday + hour, 20));
    await runAt(each, monday + hour);
    expect(each.server.requests).toHaveLength(0);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 0 });
    const keys = outputs.between("invoices", 0, monday + hour, 99).map(({ key }) => key);
    const said = keys.flatMap((key) => forgetting.said(key));
    expect(said.filter(({ reason }) => reason === "its text is not kept")).toHaveLength(5);
  });

  it("open an incident when the judged share falls", async () => {
    const each = await bench(right);
    for (let run = 1; run <= 12; run += 1) {
      each.source.outputs.push(...hourOf(monday + run * hour, run > 8 ? 12 : 0));
      await runAt(each, monday + run * hour);
    }
    expect(each.ground.store.incidents.open()).toMatchObject([{ kind: "outputs" }]);
    expect(each.ground.store.incidents.open()[0]?.title).toContain("“Reply is polite” fell from 100%");
  });

  it("raise zero tolerance for one fail", async () => {
    const each = await bench(right, { checks: [await politeCheck({ rule: "zeroTolerance" })] });
    each.source.outputs.push(...hourOf(monday + hour, 1));
    await runAt(each, monday + hour);
    expect(each.ground.store.findings.active("invoices")).toMatchObject([
      { finding: { rule: "zero-tolerance", check: "polite" } },
    ]);
  });

  it("see what is stored, not what came", async () => {
    const each = await bench(right, { change: { storeMode: "redacted" } });
    each.source.outputs.push(draft("a", monday + 1, "write to canary.bird@example.com"));
    await runAt(each, monday + hour);
    expect(each.server.contents()).toContain("write to [e-mail]");
    expect(each.server.requests.map(({ body }) => body).join()).not.toContain("canary.bird");
  });

  it("ask the same thing once", async () => {
    const each = await bench(right);
    each.source.outputs.push(...["a", "b", "c"].map((id) => draft(id, monday + 1, "thank you")));
    await runAt(each, monday + hour);
    expect(each.server.contents().filter((content) => content === "thank you")).toHaveLength(1);
    expect(verdictsOf(each.ground)).toEqual({ pass: 3, judged: 3 });
  });

  it("are put planted outputs in every run, whatever is stored", async () => {
    const each = await bench(right);
    for (const run of [1, 2]) {
      each.source.outputs.push(draft(`a${run}`, monday + run * hour - 1, "thank you"));
      await runAt(each, monday + run * hour);
    }
    expect(each.server.contents().filter((content) => content.startsWith("planted"))).toHaveLength(4);
  });

  it("are never asked about history", async () => {
    const each = await bench(right);
    each.source.outputs.push(...hourOf(monday + hour, 3));
    each.clock.set(monday + 2 * hour);
    await readHistory(each.ground, each.watched, options);
    expect(each.server.requests).toEqual([]);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 0 });
  });

  it("are asked in a trial, which says what it cost", async () => {
    const each = await bench(right);
    each.source.outputs.push(draft("a", monday + 1, "fine"), draft("b", monday + 2, "bad"));
    const trial = await tryChecks(each.ground, each.watched, 20, options.signal);
    expect(trial.checks).toMatchObject([{ id: "polite", pass: 1, fail: 1 }]);
    expect(trial.asking).toEqual({ questions: 4, costMicros: 4 * oneCost, refused: 0, unanswered: 0 });
  });
});

describe("a judge that is wrong", () => {
  it("about a planted answer is not believed about any other, until it is right again", async () => {
    const lenient = { on: true };
    const each = await bench((content) => lenient.on || right(content));
    each.source.outputs.push(...hourOf(monday + hour, 20));
    await runAt(each, monday + hour);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 0 });
    expect(each.server.requests).toHaveLength(2);
    expect(each.ground.store.findings.active("invoices")).toMatchObject([
      {
        finding: {
          rule: "judge",
          level: "digest",
          sentence:
            "the judge of “Reply is polite” (small-2026-01-01) called the planted bad answer good; its verdicts of this run do not count",
        },
      },
    ]);
    expect(each.ground.store.outputs.between("invoices", 0, monday + hour, 1)[0]?.observed.unsure).toBe(true);
    lenient.on = false;
    each.source.outputs.push(...hourOf(monday + 2 * hour, 0));
    await runAt(each, monday + 2 * hour);
    expect(each.ground.store.findings.active("invoices")).toEqual([]);
    expect(verdictsOf(each.ground)).toEqual({ pass: 20, judged: 20 });
  });

  it("or broken leaves its verdicts open, and the run ends", async () => {
    const each = await bench(() => "broken");
    each.source.outputs.push(...hourOf(monday + hour, 0));
    expect((await runAt(each, monday + hour)).outputs).toBe(20);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 0 });
    expect(each.ground.store.findings.active("invoices")[0]?.finding.sentence).toContain("gave no verdict");
  });

  it("or broken in a trial is told as questions without an answer", async () => {
    const each = await bench((content) => (content.includes("Number 1") ? "broken" : right(content)));
    const outputs = [1, 2, 3].map((at) => draft(`o-${at}`, monday, `Number ${at}`));
    each.source.outputs.push(...outputs);
    each.clock.set(monday + hour);
    const trial = await tryChecks(each.ground, each.watched, 20, options.signal);
    expect(trial.checks).toMatchObject([{ pass: 2, error: 1 }]);
    expect(trial.asking).toMatchObject({ unanswered: 1 });
  });

  it("or unsure about a planted answer says so once", async () => {
    const polite = await politeCheck();
    const [planted] = polite.planted;
    if (planted === undefined) throw new Error("nothing is planted");
    const reason = "could not tell: the judge's answer leaves out its field `because`";
    const check = { ...polite, planted: [{ ...planted, judge: () => error(reason) }] };
    const each = await bench(right, { checks: [check] });
    each.source.outputs.push(...hourOf(monday + hour, 0));
    const trial = await tryChecks(each.ground, each.watched, 1, options.signal);
    expect(trial.checks[0]?.examples[0]?.reason).toBe(
      "could not tell: the judge gave no verdict on the planted good answer (the judge's answer leaves out its field `because`), so its verdicts of this run do not count",
    );
  });
});

describe("a judge that is not to be proven", () => {
  const outputs = [{ ...draft("a", monday, "fine"), at: monday }];
  const judge = ({ ground, watched }: Awaited<ReturnType<typeof bench>>) =>
    judgeOutputs(ground, watched, {
      run: "r",
      at: monday,
      outputs,
      checks: watched.checks,
      signal: options.signal,
    });

  it("in time, because others have every turn, is no finding", async () => {
    const each = await bench(right);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const others = Array.from({ length: 4 }, () =>
      each.ground.inFlight.turn("judge", () => new Promise((done) => setTimeout(done, 11 * 60_000))),
    );
    const judging = judge(each);
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    await Promise.all(others);
    const judged = await judging;
    expect(each.server.requests).toEqual([]);
    expect(judged).toMatchObject({ found: [], endedKeys: [] });
    expect(judged.verdicts.get("a")?.get("polite")).toMatchObject({
      status: "error",
      reason: expect.stringContaining("the time for judging this run was over"),
    });
  });

  it("for want of money, leaves the finding about it as it is", async () => {
    const each = await bench(right, { change: { judging: { dailyMicros: 0, dailyQuestions: 2_000 } } });
    const judged = await judge(each);
    expect(judged).toMatchObject({ found: [], endedKeys: [] });
    expect(judged.verdicts.get("a")?.get("polite")?.status).toBe("skipped");
  });
});

describe("a judge that gives no answer", () => {
  it("is asked no more while missed slots are caught up, and again five minutes later", async () => {
    const state = { broken: true };
    const each = await bench((content) => (state.broken ? "broken" : right(content)));
    const slots = [1, 2, 3, 4, 5, 6].map((run) => monday + run * hour);
    each.source.outputs.push(...slots.flatMap((slotAt) => hourOf(slotAt, 0)));
    each.clock.set(slots.at(-1) ?? 0);
    await runSlots(each.ground, each.watched, slots, options);
    // both planted outputs, three tries each
    expect(each.server.requests).toHaveLength(6);
    expect(each.ground.store.findings.active("invoices")).toMatchObject([
      { finding: { rule: "judge", sentence: expect.stringContaining("is left alone for 5 minutes") } },
    ]);
    expect(each.ground.store.runs.list("invoices", 9).map(({ state }) => state)).toEqual(
      slots.map(() => "done"),
    );
    state.broken = false;
    each.source.outputs.push(draft("a", monday + 6.5 * hour, "fine"));
    await runAt(each, monday + 7 * hour);
    expect(each.ground.store.findings.active("invoices")).toEqual([]);
  });

  it("to one of the planted outputs is left alone as well", async () => {
    const each = await bench((content) => (content === "planted bad" ? "broken" : right(content)));
    const slots = [1, 2, 3].map((run) => monday + run * hour);
    each.source.outputs.push(...slots.flatMap((slotAt) => hourOf(slotAt, 0)));
    each.clock.set(slots.at(-1) ?? 0);
    await runSlots(each.ground, each.watched, slots, options);
    expect(each.server.requests).toHaveLength(1 + 3);
  });

  it("is left alone after four outputs in a row where nothing was planted", async () => {
    const each = await bench(() => "broken", { checks: [await unprovenCheck()] });
    each.source.outputs.push(...hourOf(monday + hour, 0));
    await runAt(each, monday + hour);
    // with three more on their way
    expect(each.server.requests.length).toBeLessThanOrEqual((4 + 3) * 3);
  });

  it("to one output now and then is asked about the others", async () => {
    const each = await bench((content) => (content.endsWith("3 of 1") ? "broken" : right(content)), {
      checks: [await unprovenCheck()],
    });
    const texts = Array.from({ length: 16 }, (_, index) => `ok ${index} of 1`);
    each.source.outputs.push(...texts.map((text, index) => draft(`o${index}`, monday + index, text)));
    await runAt(each, monday + hour);
    expect(verdictsOf(each.ground)).toEqual({ pass: 14, judged: 14 });
  });
});

describe("a run that is broken off while judging", () => {
  it("is due again, and reads back the answers it paid for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-asking-"));
    folders.push(folder);
    const stopping = new AbortController();
    const state = { seen: 0, stops: true };
    const each = await bench((content) => {
      state.seen += 1;
      if (!state.stops || state.seen < 12) return right(content);
      stopping.abort();
      return "hangs";
    });
    const path = join(folder, "evenkeel.db");
    const first = openStore({ path, newInstanceId: "a".repeat(32) });
    each.source.outputs.push(...hourOf(monday + hour, 0));
    each.clock.set(monday + hour);
    const cut = { ...options, signal: stopping.signal };
    await runSlots({ ...each.ground, store: first }, each.watched, [monday + hour], cut);
    expect(
      first.runs.stateOf({ automation: "invoices", kind: "sampled", slotAt: monday + hour, part: 0 }),
    ).toBe(null);
    first.close();
    const paid = each.server.requests.length;
    expect(paid).toBeGreaterThanOrEqual(12);
    state.stops = false;
    const store = openStore({ path, newInstanceId: "a".repeat(32) });
    const ground = { ...each.ground, store, inFlight: nothingInFlight() };
    await runAt(each, monday + hour, ground);
    expect(store.outputs.checkTotals("invoices", "polite")).toEqual({ pass: 20, judged: 20 });
    // 22 different questions; only those that were on their way are put again
    const twice = each.server.requests.length - 22;
    expect(twice).toBeGreaterThan(0);
    expect(twice).toBeLessThanOrEqual(4);
    store.close();
  });
});

describe("the day's limit", () => {
  it.each([
    ["money", { dailyMicros: 12_000, dailyQuestions: 2_000 }],
    ["questions", { dailyMicros: 1_000_000, dailyQuestions: 8 }],
  ])("of %s is not overshot, and outputs beyond it are skipped", async (_, judging) => {
    const each = await bench(right, { change: { judging } });
    each.source.outputs.push(...hourOf(monday + hour, 0));
    await runAt(each, monday + hour);
    const spent = each.ground.store.answers.spentOn("2026-03-02", "invoices");
    expect(spent.costMicros).toBeLessThanOrEqual(judging.dailyMicros);
    expect(spent.questions).toBeLessThanOrEqual(judging.dailyQuestions);
    expect(spent.refused).toBeGreaterThan(0);
    const { judged } = verdictsOf(each.ground);
    expect(judged).toBe(spent.questions - 2);
    expect(judged).toBeGreaterThan(0);
  });

  it.each([
    ["money", { dailyMicros: 6_000, dailyQuestions: 2_000 }],
    ["questions", { dailyMicros: 1_000_000, dailyQuestions: 2 }],
  ])("of %s is not overshot by a question that needs several requests", async (_, judging) => {
    // prose in every form but the last, each answer at nearly the most it may cost
    const prose = chat("Well, it is polite.", { usage: { prompt_tokens: 700, completion_tokens: 100 } });
    const server = await startLoopback((_request, response) => response.end(JSON.stringify(prose.body)));
    opened.push(server);
    const each = await bench(right, { checks: [await unprovenCheck()], change: { judging } });
    const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10 };
    const { model } = modelOf({ type: "openai", baseUrl: server.url, model: "gpt-x", price, maxTokens: 100 });
    const asking = { ...each.ground.register.asking, models: new Map([["judge", model]]) };
    each.source.outputs.push(draft("a", monday + 1, "fine"));
    await runAt(each, monday + hour, { ...each.ground, register: { ...each.ground.register, asking } });
    expect(each.ground.store.answers.spentOn("2026-03-02", "invoices")).toEqual({
      questions: 2,
      costMicros: 2 * 2_400,
      refused: 1,
    });
    expect(server.requests).toHaveLength(2);
    expect(verdictsOf(each.ground)).toEqual({ pass: 0, judged: 0 });
  });

  it("counts every try of a question", async () => {
    const each = await bench(() => "broken", { checks: [await unprovenCheck()] });
    each.source.outputs.push(draft("a", monday + 1, "fine"));
    await runAt(each, monday + hour);
    expect(each.ground.store.answers.spentByAll("2026-03-02")).toMatchObject({ questions: 3, costMicros: 0 });
  });

  it("writes down once for all how many questions of a run it refused", async () => {
    const each = await bench(right, { change: { judging: { dailyMicros: 0, dailyQuestions: 2_000 } } });
    const { answers } = each.ground.store;
    const written: unknown[] = [];
    const spend: typeof answers.spend = (day, automation, spent) => {
      written.push(spent);
      answers.spend(day, automation, spent);
    };
    const ground = { ...each.ground, store: { ...each.ground.store, answers: { ...answers, spend } } };
    each.source.outputs.push(...hourOf(monday + hour, 0));
    await runAt(each, monday + hour, ground);
    expect(written).toEqual([{ refused: 22 }]);
  });

  it("holds over all automations together, and ends with the local day", async () => {
    const each = await bench(right);
    const asking = { ...each.ground.register.asking, cap: { dailyMicros: 0, dailyQuestions: 2_000 } };
    const register = { ...each.ground.register, asking, timeZone: "Pacific/Auckland" };
    each.source.outputs.push(...hourOf(monday + hour, 0));
    await runAt(each, monday + hour, { ...each.ground, register });
    expect(each.server.requests).toEqual([]);
    expect(each.ground.store.answers.spentByAll("2026-03-02").refused).toBe(22);
    expect(each.ground.store.findings.active("invoices")).toEqual([]);
  });
});

describe("a service that is asked", () => {
  it("gets a signed body once for one content, and answers with JSON", async () => {
    const server = await startLoopback((_request, response) => response.end('{"pass":true}'));
    opened.push(server);
    const key = { env: "SHARED" };
    const check = await ownCheck(async (output, asking) => {
      const url = `${server.url}/check`;
      const answer = await asking.post({ url, body: { text: output.text }, key, timeoutMs: 5_000 });
      return isJsonObject(answer) && answer.pass === true ? pass() : fail("refused");
    });
    const each = await bench(right, { checks: [check] });
    const http = createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] });
    const register = { ...each.ground.register, asking: { ...each.ground.register.asking, http } };
    each.source.outputs.push(draft("a", monday + 1, "one"), draft("b", monday + 2, "one"));
    await runAt(each, monday + hour, { ...each.ground, register });
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    const headers: Loopback["requests"][number]["headers"] = request?.headers ?? {};
    const body = request?.body ?? "";
    const timestamp = Number(headers["x-evenkeel-timestamp"]);
    expect(headers["x-evenkeel-signature"]).toBe(signBody("shared-secret", timestamp, body));
    expect(headers["idempotency-key"]).toMatch(/^[0-9a-f]{64}$/);
    expect(verdictsOf(each.ground)).toEqual({ pass: 2, judged: 2 });
  });
});

describe("embeddings", () => {
  it("that came are kept and counted when a later part of the texts is refused", async () => {
    const state = { refuses: true };
    const server = await startLoopback((_request, response) => {
      const { input } = z
        .object({ input: z.array(z.string()) })
        .parse(JSON.parse(server.requests.at(-1)?.body ?? ""));
      if (state.refuses && server.requests.length > 1) return void response.writeHead(400).end();
      const data = input.map((_text, index) => ({ index, embedding: [1, 2] }));
      response.end(JSON.stringify({ data, usage: { prompt_tokens: input.length } }));
    });
    opened.push(server);
    const texts = Array.from({ length: 70 }, (_, index) => `text ${index}`);
    const check = await ownCheck(async (_output, asking) => {
      const vectors = await asking.embed("judge", texts).catch(() => []);
      return vectors.length === 70 ? pass() : { status: "error", reason: "no vectors" };
    });
    const each = await bench(right, { checks: [check] });
    const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 0 };
    const { model } = modelOf({ type: "openai", baseUrl: server.url, model: "e-1", price });
    const asking = { ...each.ground.register.asking, models: new Map([["judge", model]]) };
    const ground = { ...each.ground, register: { ...each.ground.register, asking } };
    const spent = () => ground.store.answers.spentByAll("2026-03-02");
    each.source.outputs.push(draft("a", monday + 1, "one"));
    await runAt(each, monday + hour, ground);
    expect(spent()).toMatchObject({ questions: 2, costMicros: 64 * 2 });
    state.refuses = false;
    each.source.outputs.push(draft("b", monday + hour + 1, "two"));
    await runAt(each, monday + 2 * hour, ground);
    expect(spent()).toMatchObject({ questions: 3, costMicros: 70 * 2 });
    expect(verdictsOf(ground)).toEqual({ pass: 1, judged: 1 });
  });

  it("are asked once for one text, and anew when the model gives vectors of another length", async () => {
    const length = { of: 3 };
    const server = await startLoopback((_request, response) => {
      const { input } = z
        .object({ input: z.array(z.string()) })
        .parse(JSON.parse(server.requests.at(-1)?.body ?? ""));
      const data = input.map((_text, index) => ({ index, embedding: Array(length.of).fill(0.123456789) }));
      response.end(JSON.stringify({ data, usage: { prompt_tokens: input.length } }));
    });
    opened.push(server);
    const lengths: number[][] = [];
    const check = await ownCheck(async (output, asking) => {
      const vectors = await asking.embed("judge", [output.text, "the reference"]);
      lengths.push(vectors.map((vector) => vector.length));
      return pass();
    });
    const each = await bench(right, { checks: [check], size: 1 });
    const { model } = modelOf({ type: "openai", baseUrl: server.url, model: "e-1" });
    const asking = { ...each.ground.register.asking, models: new Map([["judge", model]]) };
    const ground = { ...each.ground, register: { ...each.ground.register, asking } };
    for (const run of [1, 2, 3]) {
      length.of = run === 3 ? 5 : 3;
      each.source.outputs.push(draft(`a${run}`, monday + run * hour - 1, `text ${run}`));
      await runAt(each, monday + run * hour, ground);
    }
    expect(lengths).toEqual([
      [3, 3],
      [3, 3],
      [5, 5],
    ]);
    const inputs = server.requests.map(
      ({ body }) => z.object({ input: z.array(z.string()) }).parse(JSON.parse(body)).input,
    );
    expect(inputs).toEqual([
      ["text 1", "the reference"],
      ["text 2"],
      ["text 3"],
      ["text 3", "the reference"],
    ]);
  });
});
