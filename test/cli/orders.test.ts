import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Daemon, startDaemon } from "../../src/daemon.js";
import { lockFolder } from "../../src/store/lock.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel, fakeOutside } from "./fake-terminal.js";

const company = inCompanyFolder();

let daemon: Daemon | null = null;
afterEach(async () => {
  await daemon?.close();
  daemon = null;
});

/** A daemon in this process, once it has read the histories; what its console channel printed. */
async function running(): Promise<string[]> {
  const written: string[] = [];
  company.found();
  let ready: () => void = () => undefined;
  const read = new Promise<void>((done) => {
    ready = done;
  });
  const configPath = resolve("evenkeel.config.json");
  daemon = await startDaemon(
    { configPath, onReady: ready },
    fakeOutside({}, (text) => void written.push(text)),
  );
  await read;
  return written;
}

describe("orders to a running daemon", () => {
  it("are carried out there, and its channels tell of them", async () => {
    const written = await running();
    const ack = await evenkeel(["incidents", "ack", "1", "--who", "Priya Raman"]);
    expect(ack.text).toBe(
      "Incident 1: acknowledged, recorded as said by Priya Raman.\nNext  evenkeel incidents show 1   says what to do by hand\n",
    );
    await expect
      .poll(() => written.join(""), { timeout: 15_000 })
      .toContain("Priya Raman acknowledged at 07:10");
    expect((await evenkeel(["incidents", "list"])).out).toContain("0 waiting, 1 acknowledged.");
  });

  it("cover looking now, enabling, ending and test messages", async () => {
    const written = await running();
    expect((await evenkeel(["run", "order-reading"])).out).toContain("nothing new since the last look");
    const enabled = await evenkeel(["enable", "order-reading", "total-positive", "--why", "seen it work"]);
    expect(enabled.out).toContain("Order reading: “The total is above nothing” counts for the digest now.");
    const ended = await evenkeel([
      "incidents",
      "resolve",
      "1",
      "--cause",
      "rule",
      "--waive-rest",
      "--why",
      "the currency list was wrong",
    ]);
    expect(ended.out).toBe(
      "Incident 1: ended, recorded as said by Jonas Feld.\nNext  evenkeel incidents list   shows what is still open\n",
    );
    expect((await evenkeel(["doctor", "--send-test"])).out).toContain("= console  delivered");
    expect(written.join("")).toContain("TEST");
  });

  it("are refused with the daemon's own sentence", async () => {
    await running();
    await evenkeel(["incidents", "ack", "1"]);
    const again = await evenkeel(["incidents", "ack", "1"]);
    expect(again.err).toBe(
      'Incident 1 is acknowledged (by Jonas Feld), so “Acknowledge” is not possible; possible now: evenkeel incidents fallback 1, evenkeel incidents resolve 1 --why "...", evenkeel incidents resolve 1 --as false-alarm --why "...", evenkeel incidents resolve 1 --as accepted-change --why "...".\n',
    );
    expect(again.exitCode).toBe(2);
    const unknown = await evenkeel(["incidents", "ack", "7"]);
    expect(unknown.err).toBe("No incident 7. Open: 1.\n");
  });

  it("show in the doctor where the daemon listens", async () => {
    await running();
    expect((await evenkeel(["doctor"])).out).toMatch(
      /^fine +daemon +listens at http:\/\/127\.0\.0\.1:\d+\/$/m,
    );
  });
});

describe("orders without a daemon", () => {
  it("are carried out under the lock", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const ack = await evenkeel(["incidents", "fallback", "1", "--why", "typing orders in"]);
    expect(ack.out).toContain("Incident 1: by hand, recorded as said by Jonas Feld.");
    expect(ack.err).toContain("INCIDENT 1 by hand");
  });

  it("wait for nobody who holds the lock", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const lock = lockFolder(join("data", "lock.db"), { pid: 99, since: "2026-11-18T05:00:00Z" });
    const { err, exitCode } = await evenkeel(["incidents", "ack", "1"]);
    lock.release();
    expect(err).toMatch(/^another Evenkeel \(pid 99 on .*\) owns this data folder/);
    expect(exitCode).toBe(2);
  });

  it("do not mind the note of a daemon that was killed", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    writeFileSync(join("data", "daemon.json"), JSON.stringify({ url: "http://127.0.0.1:1/", pid: 99 }));
    writeFileSync(join("data", "admin-token"), "ek_admin_test\n");
    expect((await evenkeel(["incidents", "ack", "1"])).exitCode).toBe(0);
    expect((await evenkeel(["doctor"])).out).toMatch(
      /^at risk +daemon +does not answer at http:\/\/127\.0\.0\.1:1\//m,
    );
  });

  it("show no token to a stranger that got the port of a daemon that was killed", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const shown: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      shown.push(request.headers.authorization);
      response.end("<h1>Directory listing</h1>");
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const address = stranger.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    writeFileSync(join("data", "daemon.json"), JSON.stringify({ url: `http://127.0.0.1:${port}/`, pid: 99 }));
    writeFileSync(join("data", "admin-token"), "ek_admin_test\n");
    expect((await evenkeel(["incidents", "ack", "1"])).exitCode).toBe(0);
    expect(shown).toEqual([]);
    await new Promise((resolve) => stranger.close(resolve));
  });

  it("make no database where there is nothing to change yet", async () => {
    company.found();
    for (const words of [
      ["incidents", "ack", "1"],
      ["enable", "order-reading", "currency-known", "--why", "x"],
    ]) {
      expect((await evenkeel(words)).err).toContain("no database yet, nothing has been watched");
    }
    // what the configuration says needs none
    expect((await evenkeel(["register"])).exitCode).toBe(0);
    expect(existsSync(join("data", "evenkeel.db"))).toBe(false);
  });

  it("name the check that was probably meant", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { err } = await evenkeel(["enable", "order-reading", "curency-known", "--why", "x"]);
    expect(err).toBe(
      'order-reading has no check or metric "curency-known"; did you mean "currency-known"?\n',
    );
  });
});
