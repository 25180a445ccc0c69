import { afterEach, describe, expect, it } from "vitest";
import type { Automation } from "../../src/domain/automation.js";
import type { ModelSunset } from "../../src/domain/model-sunset.js";
import { lookDaily } from "../../src/flow/daily-look.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { runSlots } from "../../src/flow/run.js";
import { modelSettings, prepareModel } from "../../src/model/settings.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { benchGround, draft, hour, levels, monday, options, recordingChannel } from "./bench-ground.js";

const day = 24 * hour;
const { signal } = new AbortController();
const none: Pick<ModelSunset, "vendor" | "platform" | "replacement"> = {
  vendor: null,
  platform: null,
  replacement: null,
};
/** 30 days after Monday 2 March 2026. */
const end = "2026-04-01";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A watch over one automation whose history is read; outputs come by the hour and name their model. */
function watch(change: Partial<ModelSunset> | null, entryChange: Partial<Automation> = {}) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready], entryChange });
  const own = change === null ? [] : [{ ...none, models: ["m-1"], shutsDownOn: end, ...change }];
  const ground = {
    ...bench.ground,
    register: { ...bench.ground.register, sunset: { ...bench.ground.register.sunset, own } },
  };
  ground.store.registry.see("invoices", monday - day);
  ground.store.registry.markHistoryRead("invoices", monday - day);
  const come = async (at: number, models: readonly (string | null)[]) => {
    bench.clock.set(at);
    bench.source.outputs.push(
      ...models.map((model, index) => draft(`${at}-${index}`, at - 1000 + index, "ok", { model })),
    );
    await runSlots(ground, bench.watched, [at], options);
  };
  const look = async (at: number) => {
    bench.clock.set(at);
    await lookDaily(ground, levels, signal);
    return ground.store.findings.active("invoices").filter(({ finding }) => finding.rule === "model-sunset");
  };
  return { ground, channel, come, look };
}

const ten = (model: string | null) => Array.from({ length: 10 }, () => model);

describe("a model in use whose end is announced", () => {
  it("is a finding for the digest thirty days ahead, and not a day earlier", async () => {
    const { come, look, ground } = watch({ replacement: "m-2" });
    await come(monday - hour, [...ten("m-1"), ...ten("m-0"), ...ten("m-1")]);
    expect(await look(monday - hour)).toEqual([]);
    const [found] = await look(monday + hour);
    expect(found?.headline).toBe("m-1 shuts down on 1 Apr 2026");
    expect(found?.finding).toMatchObject({ level: "digest", metric: "model:m-1", current: { n: 30 } });
    expect(found?.finding.sentence).toBe(
      "m-1 shuts down on 1 Apr 2026 (in 30 days), as your configuration says; this automation used it in about 67% of its last 30 outputs; m-2 is named as its replacement; try the new model on known inputs before you switch",
    );
    expect(ground.store.incidents.open()).toEqual([]);
  });

  it("notifies seven days ahead in words of its own, once, and ends when outputs name it no more", async () => {
    const { come, look, ground, channel } = watch({});
    await come(monday, ten("m-1"));
    await look(monday + hour);
    await come(monday + 22 * day, ten("m-1"));
    await look(monday + 22 * day);
    expect(channel.messages).toEqual([]);
    await look(monday + 23 * day);
    expect(channel.messages.map((each) => each.headline)).toEqual([
      "Invoice extraction: m-1 shuts down on 1 Apr 2026",
    ]);
    expect(channel.messages[0]?.alert).not.toMatch(/since|by hand/);
    expect(channel.messages[0]?.until.join()).not.toContain("working again");
    await come(monday + 24 * day, ten("m-1"));
    expect(await look(monday + 24 * day)).toHaveLength(1);
    expect(channel.messages).toHaveLength(1);
    await come(
      monday + 25 * day,
      Array.from({ length: 200 }, () => "m-2"),
    );
    expect(await look(monday + 25 * day)).toEqual([]);
    expect(channel.messages.at(-1)?.news?.line).toBe("Invoice extraction has left the model that shuts down");
    expect(ground.store.incidents.open()).toEqual([]);
  });

  it("stays in the digest where findings of the automation do not page", async () => {
    const { come, look, channel } = watch({}, { driftLevel: "digest" });
    await come(monday + 28 * day, ten("m-1"));
    expect(await look(monday + 28 * day)).toMatchObject([{ finding: { level: "digest" } }]);
    expect(channel.messages).toEqual([]);
  });

  it.each([
    ["the day itself", 30, "today"],
    ["the day before", 29, "tomorrow"],
    ["three days after", 33, "3 days ago"],
  ])("says how far it is: %s", async (_, days, said) => {
    const { come, look } = watch({});
    await come(monday + days * day, ten("m-1"));
    expect((await look(monday + days * day))[0]?.finding.sentence).toContain(`(${said})`);
  });

  it("is no finding any more when it still answers two weeks after its end", async () => {
    const { come, look } = watch({});
    await come(monday + 45 * day, ten("m-1"));
    expect(await look(monday + 45 * day)).toEqual([]);
  });

  it("goes by the register where outputs name no model, and by nothing where that is silent too", async () => {
    const silent = watch({});
    await silent.come(monday, ten(null));
    expect(await silent.look(monday + hour)).toEqual([]);
    const declared = watch({}, { model: "m-1" });
    await declared.come(monday, ten(null));
    expect((await declared.look(monday + hour))[0]?.finding.sentence).toContain(
      "the register names it as the model of this automation",
    );
  });

  it("keeps what it found while nothing comes", async () => {
    const { come, look } = watch({ shutsDownOn: "2026-05-20" });
    await come(monday + 60 * day, ten("m-1"));
    expect(await look(monday + 60 * day)).toHaveLength(1);
    expect(await look(monday + 60 * day + 35 * day)).toHaveLength(1);
  });

  it("believes who resolves it until an output names the model again", async () => {
    const { come, look, ground } = watch({});
    await come(monday + 25 * day, ten("m-1"));
    await look(monday + 25 * day);
    moveIncident(ground, {
      incident: 1,
      event: "resolve",
      who: "Marta Quill",
      why: "moved to m-2",
      cause: "model",
    });
    expect(await look(monday + 26 * day)).toEqual([]);
    await come(monday + 27 * day, ["m-1"]);
    expect(await look(monday + 27 * day)).toMatchObject([{ finding: { level: "page" } }]);
  });

  it("tells nobody twice that the change is accepted", async () => {
    const { come, look, ground } = watch({});
    await come(monday + 25 * day, ten("m-1"));
    await look(monday + 25 * day);
    moveIncident(ground, { incident: 1, event: "accept-change", who: "Marta Quill", why: "it ends with it" });
    await come(monday + 27 * day, ten("m-1"));
    expect(await look(monday + 27 * day)).toMatchObject([{ finding: { level: "digest" } }]);
    expect(ground.store.incidents.open()).toEqual([]);
  });

  it("survives the runs of the day, which know nothing of it", async () => {
    const { come, ground, look } = watch({});
    await come(monday, ten("m-1"));
    await look(monday + hour);
    await come(monday + 2 * hour, ten("m-1"));
    expect(ground.store.findings.active("invoices")).toMatchObject([{ finding: { rule: "model-sunset" } }]);
  });
});

describe("the list of a configured API", () => {
  type Answer = { readonly status?: number; readonly body: unknown };

  /** The watch with one model of the configuration behind a real server, which answers in turn. */
  async function listing(...answers: readonly Answer[]) {
    let next = 0;
    server = await startLoopback((_, response) => {
      const answer = answers[Math.min(next, answers.length - 1)];
      next += 1;
      response.writeHead(answer?.status ?? 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer?.body ?? {}));
    });
    const bench = watch(null);
    const notes: string[] = [];
    const model = prepareModel(
      modelSettings.parse({
        id: "judge",
        type: "openai",
        model: "j",
        baseUrl: server.url,
        apiKey: { env: "K" },
      }),
      {
        http: createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] }),
        secret: () => "canary-key",
        clock: bench.ground.clock,
        pause: async () => undefined,
      },
    );
    Object.assign(bench.ground, {
      logger: { ...bench.ground.logger, warn: (note: string) => void notes.push(note) },
      register: {
        ...bench.ground.register,
        asking: { ...bench.ground.register.asking, models: new Map([["judge", model]]) },
      },
    });
    return { ...bench, notes, requests: server.requests };
  }

  const ends = (shutdown_date: unknown) => ({
    object: "list",
    data: [{ id: "m-1", shutdown_date }, { id: "m-2" }],
  });

  it("is asked once a day with the key, and its day is a finding", async () => {
    const { come, look, requests } = await listing({ body: ends(end) });
    await come(monday, ten("m-1"));
    const [found] = await look(monday + hour);
    expect(found?.finding.sentence).toContain("says 127.0.0.1");
    await look(monday + 2 * hour);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /v1/models"]);
    expect(requests[0]?.headers.authorization).toBe("Bearer canary-key");
    await look(monday + day + hour);
    expect(requests).toHaveLength(2);
  });

  it.each<[string, Answer]>([
    ["refuses", { status: 500, body: { error: { message: "no" } } }],
    ["is no list", { status: 404, body: {} }],
  ])("keeps its last word on a day on which the server %s", async (_, answer) => {
    const { come, look, notes } = await listing({ body: ends(end) }, answer);
    await come(monday, ten("m-1"));
    await look(monday + hour);
    await come(monday + day, ten("m-1"));
    expect(await look(monday + day + hour)).toHaveLength(1);
    expect(notes).toEqual(["the API of a model did not say when its models end"]);
  });

  it("takes a finding back when the vendor moves the day", async () => {
    const { come, look } = await listing({ body: ends(end) }, { body: ends("2027-04-01") });
    await come(monday, ten("m-1"));
    expect(await look(monday + hour)).toHaveLength(1);
    await come(monday + day, ten("m-1"));
    expect(await look(monday + day + hour)).toEqual([]);
  });

  it.each([null, "", "soon", 20_260_401, "2026-13-40", {}, undefined])(
    "says nothing by %j",
    async (written) => {
      const { come, look, notes } = await listing({ body: ends(written) });
      await come(monday, ten("m-1"));
      expect(await look(monday + hour)).toEqual([]);
      expect(notes).toEqual([]);
    },
  );
});
