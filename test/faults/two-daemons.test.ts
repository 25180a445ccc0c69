import { afterEach, describe, expect, it } from "vitest";
import { answering, endAll, launch, run, start } from "./daemon-process.js";
import { pushFolder, removeFolders } from "./folder.js";

afterEach(() => {
  endAll();
  removeFolders();
});

describe("fault 6: two daemons on one folder", () => {
  it("the second ends at once with exit code 2 and names the first", async () => {
    const folder = pushFolder({ automations: ["replies"] });
    const first = await start(folder);
    // what the interpreter and the modules take on this machine, now
    const bare = await run(folder, ["validate", "--config", "config.json"]).ended;
    const second = launch(folder);
    const ending = await second.ended;
    expect(ending).toMatchObject({ code: 2, signal: null });
    expect(ending.afterMs - bare.afterMs).toBeLessThan(1_000);
    expect(second.stderr()).toMatch(
      new RegExp(
        `another Evenkeel \\(pid ${first.pid} on \\S+, since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\) owns this data folder`,
      ),
    );
    expect((await first.ask("healthz")).status).toBe(200);
    expect((await first.push("replies", '{"id":"a","output":"still here"}')).status).toBe(202);
  });

  it("after kill -9 of the first the next starts at once", async () => {
    const folder = pushFolder({ automations: ["replies"] });
    const first = await start(folder);
    await first.kill();
    const startedAt = performance.now();
    const second = await answering(folder, launch(folder));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(second.pid).not.toBe(first.pid);
    expect(second.stderr()).toContain("was not running from");
    expect(await second.stop()).toMatchObject({ code: 0 });
    const third = await start(folder);
    expect(third.stderr()).not.toContain("was not running from");
  });
});
