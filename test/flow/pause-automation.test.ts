import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { prepareSwitch, switchSettings } from "../../src/automation/switch-action.js";
import { SourceError } from "../../src/domain/errors.js";
import type { CommandRequest, CommandResult, HttpRequest, HttpResponse } from "../../src/domain/ports.js";
import { incidentStory } from "../../src/flow/incident-story.js";
import { type PauseOrder, pauseAutomation } from "../../src/flow/pause-automation.js";
import { entry, standingClock } from "./bench-ground.js";
import { who, withIncident } from "./life-bench.js";

const { signal } = new AbortController();

/** What a scripted outside was asked, and what it answers. */
function outside(answers: { command?: () => Promise<CommandResult>; http?: () => Promise<HttpResponse> }) {
  const commands: CommandRequest[] = [];
  const requests: HttpRequest[] = [];
  const ports = {
    command: {
      run: (request: CommandRequest) => {
        commands.push(request);
        return answers.command?.() ?? Promise.reject(new SourceError("command-missing", "not there"));
      },
    },
    http: {
      request: (request: HttpRequest) => {
        requests.push(request);
        return answers.http?.() ?? Promise.reject(new SourceError("http-refused", "not there"));
      },
    },
    secret: () => "shared-secret-1",
    clock: standingClock(Date.UTC(2026, 2, 2, 16)),
    baseDir: "/company",
  };
  return { ports, commands, requests };
}

const program = {
  type: "command",
  argv: ["./stop-reader", "--now"],
  environment: { TOKEN: { env: "READER_TOKEN" } },
};
const address = {
  type: "webhook",
  url: "https://hooks.example.com/pause",
  secret: { env: "HOOK" },
  timeout: "5s",
};

async function pausable(settings: object, answers: Parameters<typeof outside>[0]) {
  const out = outside(answers);
  const action = prepareSwitch(switchSettings.parse(settings), out.ports);
  const bench = await withIncident({
    change: { switches: { pause: action, resume: action } },
    entryChange: {
      fallback: {
        by: "Priya Raman",
        steps: ["Type them in by hand."],
        minutesPerItem: 4,
        inputsAt: null,
        pause: "In Mailroom, switch Auto-post off.",
      },
    },
  });
  const order = (change: Partial<PauseOrder> = {}) =>
    pauseAutomation(
      bench.ground,
      { incident: bench.id, wish: "pause", who, why: "until it is right", ...change },
      signal,
    );
  const pauseMoves = () => bench.ground.store.incidents.moves(bench.id).slice(1);
  return { ...bench, ...out, order, pauseMoves };
}

const ended = (exitCode: number, stdout: string, stderr = "") => ({
  command: async () => ({ exitCode, stdout, stderr }),
});

describe("pausing an automation by its command", () => {
  it("runs it without a shell, and keeps who asked and what it answered", async () => {
    const { order, commands, pauseMoves, told, id } = await pausable(program, ended(0, "reader stopped\n"));
    expect(await order()).toEqual({
      incident: id,
      automation: "invoices",
      wish: "pause",
      done: true,
      said: "the command ./stop-reader ended with exit code 0: reader stopped",
      byHand: null,
    });
    expect(commands).toMatchObject([
      {
        argv: ["./stop-reader", "--now"],
        cwd: "/company",
        timeoutMs: 30_000,
        environment: {
          TOKEN: "shared-secret-1",
          EVENKEEL_ACTION: "pause",
          EVENKEEL_AUTOMATION: "invoices",
          EVENKEEL_INCIDENT: String(id),
          EVENKEEL_WHO: who,
        },
      },
    ]);
    expect(JSON.parse(commands[0]?.input ?? "")).toMatchObject({
      version: 1,
      type: "automation.pause",
      automation: { id: "invoices", title: entry.title },
      who,
      why: "until it is right",
    });
    expect(pauseMoves()).toMatchObject([
      { event: "pause-asked", who, why: "the command ./stop-reader; until it is right" },
      { event: "paused", who, why: "the command ./stop-reader ended with exit code 0: reader stopped" },
    ]);
    expect(told()).toMatchObject({
      kind: "moved",
      news: {
        line: "Priya Raman paused Invoice extraction at 16:00.",
        details: ["The command ./stop-reader ended with exit code 0: reader stopped."],
      },
    });
  });

  it("says plainly when it failed, and what to do by hand", async () => {
    const { order, told, pauseMoves } = await pausable(program, ended(3, "", "no such workflow"));
    expect(await order()).toMatchObject({
      done: false,
      said: "the command ./stop-reader ended with exit code 3: no such workflow",
      byHand: "In Mailroom, switch Auto-post off",
    });
    expect(pauseMoves().at(-1)).toMatchObject({
      event: "pause-failed",
      why: "the command ./stop-reader: ended with exit code 3: no such workflow. By hand: In Mailroom, switch Auto-post off",
    });
    expect(told()?.news?.line).toBe("Invoice extraction could not be paused at 16:00: it still runs.");
  });

  it.each([
    [
      "it is not there",
      () => Promise.reject(new SourceError("command-missing", "./stop-reader: cannot be started")),
    ],
    [
      "it hangs",
      () => Promise.reject(new SourceError("command-timeout", "./stop-reader: not finished within 30000 ms")),
    ],
  ])("says why when %s", async (_, command) => {
    const { order } = await pausable(program, { command });
    expect(await order()).toMatchObject({ done: false, said: expect.stringContaining("./stop-reader: ") });
  });

  it("keeps 400 characters of an answer, without the secrets that it echoes", async () => {
    const echo = `token shared-secret-1 for marta.quill@example.com ${"x".repeat(500)}`;
    const { order, pauseMoves } = await pausable(program, ended(0, echo));
    const { said } = await order();
    const answer = said.split("exit code 0: ")[1] ?? "";
    expect(answer).toMatch(/^token \[key\] for \[e-mail\] x+…$/);
    expect([...answer]).toHaveLength(400);
    expect(JSON.stringify(pauseMoves())).not.toContain("shared-secret-1");
  });
});

describe("pausing an automation by a webhook", () => {
  const answering = (status: number, body = "") => ({ http: async () => ({ status, headers: {}, body }) });

  it("POSTs once, signed as messages are", async () => {
    const { order, requests } = await pausable(address, answering(202, '{"active":false}'));
    expect(await order()).toMatchObject({
      done: true,
      said: 'a POST to hooks.example.com answered 202: {"active":false}',
    });
    expect(requests).toHaveLength(1);
    const [request] = requests;
    const headers = request?.headers ?? {};
    const hmac = createHmac("sha256", "shared-secret-1")
      .update(`v1:${headers["x-evenkeel-timestamp"]}:${request?.body}`)
      .digest("hex");
    expect(headers["x-evenkeel-signature"]).toBe(`v1=${hmac}`);
    expect(request).toMatchObject({ url: "https://hooks.example.com/pause", timeoutMs: 5_000 });
  });

  it.each([
    [answering(500, "workflow engine down"), "answered 500: workflow engine down"],
    [{}, "not there"],
  ])("is not tried again when it fails: %#", async (answers, said) => {
    const { order, requests } = await pausable(address, answers);
    expect(await order()).toMatchObject({ done: false, said: `a POST to hooks.example.com ${said}` });
    expect(requests).toHaveLength(1);
  });
});

describe("whoever asks to pause", () => {
  it("finds it offered with what to do by hand, and who has done it", async () => {
    const { order, ground, clock, id } = await pausable(program, ended(0, ""));
    const life = () => incidentStory(ground, id, clock.now())?.life;
    expect(life()).toMatchObject({ canPause: true, paused: null });
    await order();
    expect(life()).toMatchObject({ paused: { who } });
    await order({ wish: "resume" });
    expect(life()).toMatchObject({ paused: null });
  });

  it("is told what to do by hand where nothing is configured", async () => {
    const { ground, id } = await withIncident();
    const asked = pauseAutomation(ground, { incident: id, wish: "pause", who, why: null }, signal);
    await expect(asked).rejects.toThrow(
      "Invoice extraction cannot be paused from here: its fallback has no pauseAction. By hand: ask Marta Quill how it is paused; nothing is written down",
    );
  });

  it("waits for nobody who asked for the same: it is asked once", async () => {
    let answer: (result: CommandResult) => void = () => undefined;
    const { order, commands } = await pausable(program, {
      command: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const first = order();
    await expect(order({ who: "Jonas Feld" })).rejects.toThrow("someone has just asked for that");
    answer({ exitCode: 0, stdout: "", stderr: "" });
    expect(await first).toMatchObject({ done: true });
    expect(commands).toHaveLength(1);
  });

  it("sees that no answer came when the process ended before it", async () => {
    const { order, ground, clock, id } = await pausable(program, {
      command: () => new Promise(() => undefined),
    });
    void order();
    const life = (minutes: number) => incidentStory(ground, id, clock.now() + minutes * 60_000)?.life;
    expect(life(9)).toMatchObject({ unanswered: null, paused: null });
    expect(life(11)).toMatchObject({ unanswered: { who }, paused: null });
  });

  it("is told to let it run again before a sample can show that it is right", async () => {
    const { order, move, id } = await pausable(program, ended(0, ""));
    move("fallback-on");
    await order();
    expect(() => move("switch-back", { cause: "model" })).toThrow(
      `no run has looked at outputs since 16:00; it is paused: evenkeel incidents resume ${id} lets it make some.`,
    );
  });

  it("may resume after the end, but pauses nothing for what is over", async () => {
    const { order, move, told } = await pausable(program, ended(0, ""));
    await order();
    move("resolve", { why: "set back", cause: "model", waiveRest: true });
    expect(told()?.news?.details.join(" ")).toContain("It is still paused (by Priya Raman).");
    await expect(order()).rejects.toThrow("is over (ended); nothing is paused for it");
    expect(await order({ wish: "resume" })).toMatchObject({ done: true });
    expect(told()?.news?.line).toBe("Invoice extraction runs again since 16:00, says Priya Raman.");
  });
});
