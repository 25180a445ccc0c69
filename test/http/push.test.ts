import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { StoreError } from "../../src/domain/errors.js";
import { hmacKey, pushApp, pushToken, wednesday } from "./push-app.js";

const one = JSON.stringify({ id: "r-1", at: "2026-11-18T06:00:00Z", output: "Good morning, and thank you." });
const json = { "content-type": "application/json" };
const day = 86_400_000;

describe("who may push", () => {
  it.each([
    ["no token at all", {}, /send the header Authorization: Bearer <token>/],
    ["another token", { authorization: "Bearer something-else" }, /not the one configured/],
    ["another scheme", { authorization: `Basic ${pushToken}` }, /send the header Authorization/],
  ])("refuses %s and stores nothing", async (_, headers, message) => {
    const { ask, stored } = await pushApp();
    const answer = await ask("/v1/outputs/replies", {
      method: "POST",
      body: one,
      headers: { ...json, ...headers },
    });
    expect(answer.status).toBe(401);
    expect(answer.json.message).toMatch(message);
    expect(answer.text).not.toContain(pushToken);
    expect(stored()).toHaveLength(0);
  });

  it("hears nothing of a secret that Evenkeel lacks: 500, and the log names it", async () => {
    const source = { type: "push", token: { env: "UNSET" } };
    const { push, stored, loggedDetails } = await pushApp({ automation: { source } });
    const answer = await push(one);
    expect(answer).toMatchObject({ status: 500, json: { error: "internal" } });
    expect(answer.text).not.toMatch(/UNSET|secret/);
    expect(loggedDetails).toContainEqual({
      path: "/v1/outputs/replies",
      reason: "secret UNSET: is not set",
    });
    expect(stored()).toHaveLength(0);
  });

  it("takes no token from the query string", async () => {
    const { ask, stored } = await pushApp();
    const answer = await ask(`/v1/outputs/replies?token=${pushToken}`, {
      method: "POST",
      body: one,
      headers: json,
    });
    expect(answer.status).toBe(401);
    expect(stored()).toHaveLength(0);
  });

  it("lets the right token in and stores before it answers", async () => {
    const { push, stored } = await pushApp();
    const answer = await push(one);
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({ accepted: 1, repeated: 0, golden: 0, conflicting: [], aside: [] });
    expect(stored().map(({ output }) => [output.id, output.text])).toEqual([
      ["r-1", "Good morning, and thank you."],
    ]);
  });

  const seconds = wednesday / 1000;
  const sign = (timestamp: number | string, body: string, key = hmacKey) =>
    `v1=${createHmac("sha256", key).update(`v1:${timestamp}:${body}`).digest("hex")}`;

  it.each([
    ["a right signature", seconds, sign(seconds, one), 202, ""],
    ["one four minutes old", seconds - 240, sign(seconds - 240, one), 202, ""],
    ["one of another body", seconds, sign(seconds, `${one} `), 401, /does not match the body/],
    ["one made with another key", seconds, sign(seconds, one, "other"), 401, /does not match the body/],
    ["one six minutes old", seconds - 360, sign(seconds - 360, one), 401, /more than 5 minutes off/],
    ["one of the future", seconds + 360, sign(seconds + 360, one), 401, /more than 5 minutes off/],
    ["one without a timestamp", "", sign("", one), 401, /missing or more than 5 minutes off/],
    ["a signature for another time", seconds, sign(seconds - 1, one), 401, /does not match the body/],
  ])("meets %s", async (_, timestamp, signature, status, message) => {
    const { ask, stored } = await pushApp();
    const answer = await ask("/v1/outputs/replies", {
      method: "POST",
      body: one,
      headers: {
        ...json,
        "x-evenkeel-timestamp": String(timestamp),
        "x-evenkeel-signature": signature,
      },
    });
    expect(answer.status).toBe(status);
    if (message !== "") expect(answer.json.message).toMatch(message);
    expect(stored()).toHaveLength(status === 202 ? 1 : 0);
  });

  it("says so when no automation has that name, or it takes nothing that is pushed", async () => {
    const { push } = await pushApp({ automation: { source: undefined } });
    expect(await push(one, {}, "replise")).toMatchObject({
      status: 404,
      json: { error: "automation-unknown", message: 'no automation "replise" is registered' },
    });
    const answer = await push(one);
    expect(answer.status).toBe(404);
    expect(answer.json.message).toMatch(/does not take pushed outputs; give it "source"/);
  });
});

describe("what a request may hold", () => {
  const form = "application/x-www-form-urlencoded";
  it.each([
    ["one record", one, "application/json", ["Good morning, and thank you."]],
    [
      "a list",
      '[{"id":"a","output":"first"},{"id":"b","output":"second"}]',
      "application/json",
      ["first", "second"],
    ],
    [
      "lines of JSON",
      '{"id":"a","output":"first"}\n{"id":"b","output":{"n":2}}\n',
      "application/x-ndjson",
      ["first", '{"n":2}'],
    ],
    [
      "lines that call themselves JSON",
      '{"output":"first"}\n{"output":"x"}',
      "application/json",
      ["first", "x"],
    ],
    ["a form", "id=a&output=Dear+all%2C", form, ["Dear all,"]],
    ["dotted keys", "id=a&output.total=3&output.tax=1", form, ['{"total":"3","tax":"1"}']],
    ["bracketed keys", "id=a&output[lines][0]=x&output[lines][1]=y", form, ['{"lines":["x","y"]}']],
    ["keys with __", "id=a&output__order__total=9", form, ['{"order":{"total":"9"}}']],
    ["a form without the empty output", "id=a&model=m", form, [""]],
    ["a byte order mark", `\uFEFF${one}`, "application/json", ["Good morning, and thank you."]],
    ["no content type", one, "", ["Good morning, and thank you."]],
  ])("takes %s", async (_, body, contentType, texts) => {
    const { push, stored } = await pushApp();
    const answer = await push(body, { "content-type": contentType });
    expect(answer.status).toBe(202);
    expect(answer.json.accepted).toBe(texts.length);
    expect(
      stored()
        .map(({ output }) => output.text)
        .sort(),
    ).toEqual([...texts].sort());
  });

  it.each([
    ["", /is empty/],
    ["not json", /is not JSON/],
    ['{"id":"a","output":', /breaks off/],
    ['{"id":"a","note":"no output in it"}', /no output/],
    ["<html><body>Sign in</body></html>", /is not JSON/],
  ])("answers 400 with the reason to %j", async (body, reason) => {
    const { push, stored } = await pushApp();
    const answer = await push(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(reason);
    expect(stored()).toHaveLength(0);
  });

  it("keeps what is good beside what is not, and says which was not", async () => {
    const { push, stored } = await pushApp();
    const answer = await push('{"id":"a","output":"good"}\n{"id":"b","outp\n{"id":"c","output":"good too"}', {
      "content-type": "application/x-ndjson",
    });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ accepted: 2, aside: [{ where: "line 2" }] });
    expect(stored()).toHaveLength(2);
  });
});

describe("a database that refuses", () => {
  it("is answered 503 with the reason and when to come again", async () => {
    const { push, ground, stored } = await pushApp();
    const busy = new StoreError("store-busy", "another program holds the database", { retryable: true });
    Object.assign(ground.store, { together: () => Promise.reject(busy) });
    const answer = await push(one);
    expect(answer).toMatchObject({ status: 503, json: { error: "store-busy" } });
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(stored()).toHaveLength(0);
  });
});

describe("a repeat", () => {
  it("is answered 200 and counted once, with an id and without", async () => {
    const { push, stored, ground } = await pushApp();
    for (const body of [one, '{"output":"no id in here"}']) {
      expect((await push(body)).status).toBe(202);
      expect(await push(body)).toMatchObject({ status: 200, json: { accepted: 0, repeated: 1 } });
    }
    expect(stored()).toHaveLength(2);
    expect(ground.store.outputs.totals("replies").outputs).toBe(2);
  });

  it("with other content is answered 409, and the first content stands", async () => {
    const { push, stored } = await pushApp();
    await push(one);
    const answer = await push(one.replace("Good morning", "Good evening"));
    expect(answer).toMatchObject({ status: 409, json: { accepted: 0, conflicting: ["r-1"] } });
    expect(stored().map(({ output }) => output.text)).toEqual(["Good morning, and thank you."]);
  });

  it("too old to be told from a new one is answered 409, and nothing of the request is taken", async () => {
    const { push, stored } = await pushApp();
    const old = { id: "old", at: new Date(wednesday - 101 * day).toISOString(), output: "long ago" };
    const answer = await push(JSON.stringify([JSON.parse(one), old]));
    expect(answer).toMatchObject({ status: 409, json: { error: "too-old" } });
    expect(stored()).toHaveLength(0);
    const young = { ...old, at: new Date(wednesday - 99 * day).toISOString() };
    expect((await push(JSON.stringify(young))).status).toBe(202);
  });

  it("in any order, and within one request, counts once", async () => {
    const { push, stored } = await pushApp();
    const records = Array.from({ length: 20 }, (_, index) => ({ id: `n-${index}`, output: `text ${index}` }));
    await push(JSON.stringify([...records].reverse()));
    expect(await push(JSON.stringify([...records, ...records]))).toMatchObject({
      status: 200,
      json: { repeated: 40 },
    });
    expect(stored()).toHaveLength(20);
  });
});
