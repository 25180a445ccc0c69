import { afterEach, describe, expect, it } from "vitest";
import { answering, endAll, launch, type Running, start, until } from "./daemon-process.js";
import { count, exampleFolder, exampleOutputs, look, removeFolders, rows } from "./folder.js";

afterEach(() => {
  endAll();
  removeFolders();
});

const announcement = /==== INCIDENT \d+ opened/g;
const announced = (texts: readonly string[]) => texts.join("").match(announcement)?.length ?? 0;
const done = (folder: string) =>
  count(folder, "SELECT count(*) FROM automation WHERE history_read_at IS NOT NULL") === 4 &&
  count(folder, "SELECT count(*) FROM outbox WHERE state <> 'sent'") === 0 &&
  count(folder, "SELECT count(*) FROM incident WHERE told_status IS NOT NULL") === 1;

/** Every output once, counted once; one incident; a sound database. */
function expectWhole(folder: string): void {
  const perAutomation = rows<{ automation: string; outputs: number }>(
    folder,
    "SELECT automation, count(*) AS outputs FROM output WHERE origin = 'source' GROUP BY automation",
  );
  const expected = exampleOutputs(folder);
  expect(Object.fromEntries(perAutomation.map((row) => [row.automation, row.outputs]))).toEqual(expected);
  const hourly = rows<{ automation: string; outputs: number }>(
    folder,
    "SELECT automation, sum(outputs) AS outputs FROM hourly_outputs GROUP BY automation",
  );
  expect(Object.fromEntries(hourly.map((row) => [row.automation, row.outputs]))).toEqual(expected);
  expect(count(folder, "SELECT sum(pass + fail + error + skipped) FROM hourly_verdicts")).toBe(
    count(folder, "SELECT count(*) FROM verdict"),
  );
  // each output belongs to at most one run, and each run says how many it took
  expect(
    count(
      folder,
      "SELECT count(*) FROM run r WHERE r.outputs <> (SELECT count(*) FROM output o WHERE o.run = r.id)",
    ),
  ).toBe(0);
  expect(
    rows(folder, "SELECT automation, kind, status, revision FROM incident WHERE ended_at IS NULL"),
  ).toEqual([{ automation: "support-triage", kind: "outputs", status: "open", revision: 1 }]);
  expect(count(folder, "SELECT count(*) FROM outbox")).toBe(1);
  expect(look(folder, (db) => db.pragma("integrity_check", { simple: true }))).toBe("ok");
  expect(look(folder, (db) => db.pragma("foreign_key_check"))).toEqual([]);
}

/** Moments of the first start, each told by what can be seen from outside. */
const moments: readonly (readonly [string, (folder: string, running: Running) => boolean])[] = [
  ["the database is being made", (folder) => look(folder, () => true) === true],
  ["outputs are stored, none is counted", (folder) => count(folder, "SELECT count(*) FROM output") > 0],
  ["the first runs are committed", (folder) => count(folder, "SELECT count(*) FROM run") > 0],
  ["some hundred runs are committed", (folder) => count(folder, "SELECT count(*) FROM run") > 300],
  [
    "the first history has been read",
    (folder) => count(folder, "SELECT count(*) FROM automation WHERE history_read_at IS NOT NULL") > 0,
  ],
  ["the incident is open, nobody knows", (folder) => count(folder, "SELECT count(*) FROM incident") > 0],
  ["the message is owed", (folder) => count(folder, "SELECT count(*) FROM outbox") > 0],
  [
    "the message is printed",
    (folder, running) =>
      announced([running.stdout()]) > 0 ||
      // the kill before came after the sending
      count(folder, "SELECT count(*) FROM outbox WHERE state = 'sent'") > 0,
  ],
];

describe("fault 3: kill -9 while the history is read", () => {
  it("at eight moments of one folder's life loses nothing, counts nothing twice, repeats at most once a kill", async () => {
    const folder = exampleFolder();
    const printed: string[] = [];
    for (const [name, reached] of moments) {
      const running = launch(folder);
      await until(name, 30_000, () => reached(folder, running) || running.hasEnded());
      running.signal("SIGKILL");
      expect((await running.ended).signal, `${name}: ${running.stderr()}`).toBe("SIGKILL");
      printed.push(running.stdout());
    }
    const last = await start(folder);
    await until("the history is read and told", 30_000, () => done(folder));
    await last.stop();
    printed.push(last.stdout());
    expectWhole(folder);
    expect(announced(printed)).toBeGreaterThanOrEqual(1);
    expect(announced(printed)).toBeLessThanOrEqual(1 + moments.length);
    // nobody is told of a past that is still being read
    expect(announced(printed.slice(0, 4))).toBe(0);
  });

  it.each([
    ["just before the message is printed", "before", 1],
    ["just after the message was printed, before that is stored", "after", 2],
  ])("%s: told again at most once", async (_, instant, times) => {
    const folder = exampleFolder();
    const first = launch(folder, dieAround(instant));
    expect((await first.ended).signal).toBe("SIGKILL");
    expect(rows(folder, "SELECT state FROM outbox")).toEqual([{ state: "sending" }]);
    const second = await start(folder);
    await until("the message is sent", 30_000, () => done(folder));
    await second.stop();
    expectWhole(folder);
    expect(announced([first.stdout(), second.stdout()])).toBe(times);
  });
});

/** Kills the process where it prints the message. */
function dieAround(instant: string): string {
  const die = "process.kill(process.pid, 'SIGKILL');";
  return `const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text, ...rest) => {
      const told = String(text).includes("==== INCIDENT");
      if (told && ${instant === "before"}) ${die}
      const written = write(text, ...rest);
      if (told) ${die}
      return written;
    };`;
}

describe("fault 5: a crash loop", () => {
  it("of ten starts after the message went out announces nothing again", async () => {
    const folder = exampleFolder();
    const first = await start(folder);
    await until("the history is read and told", 30_000, () => done(folder));
    await first.kill();
    expect(announced([first.stdout()])).toBe(1);
    const before = rows(folder, "SELECT id, state, attempts FROM outbox");
    for (let crash = 0; crash < 10; crash += 1) {
      const running = launch(folder);
      if (crash % 2 === 0) await answering(folder, running);
      else await until("it has begun to speak", 30_000, () => running.stdout() !== "" || running.hasEnded());
      running.signal("SIGKILL");
      await running.ended;
      expect(announced([running.stdout()]), running.stdout()).toBe(0);
    }
    expect(rows(folder, "SELECT id, state, attempts FROM outbox")).toEqual(before);
    expectWhole(folder);
  });
});
