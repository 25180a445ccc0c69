// What a stranger's machine does: the built package in an empty folder with an empty home, the example, a restart.
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const checkout = resolve(import.meta.dirname, "..");
const place = mkdtempSync(join(tmpdir(), "evenkeel-newcomer-"));
const home = join(place, "home");
const folder = join(place, "watch");
for (const each of [home, folder]) mkdirSync(each);
// the registry's settings are the machine's; everything else of the home is empty
const npmSettings = process.env.npm_config_userconfig ?? join(process.env.HOME ?? "", ".npmrc");
const env = { ...process.env, HOME: home, npm_config_userconfig: npmSettings, EVENKEEL_CONFIG: "" };
let failed = 0;

function check(what, holds) {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
  if (!holds) failed += 1;
}

function start() {
  const child = spawn(join(folder, "node_modules/.bin/evenkeel"), ["start", "--config", "config.example.json", "--port", "0"], { cwd: folder, env });
  const daemon = { child, text: "", beganAt: performance.now() };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (daemon.text += chunk));
  return daemon;
}

async function until(what, withinMs, holds) {
  const beganAt = performance.now();
  while (performance.now() - beganAt < withinMs) {
    if (await holds()) return check(`${what} (${((performance.now() - beganAt) / 1000).toFixed(1)} s)`, true);
    await setTimeout(100);
  }
  check(`${what}: not within ${withinMs / 1000} s`, false);
}

async function stop(daemon) {
  const ended = new Promise((resolve) => daemon.child.once("exit", (code) => resolve(code)));
  daemon.child.kill("SIGINT");
  check("Ctrl+C stops it with exit code 0", (await Promise.race([ended, setTimeout(15_000, "hung")])) === 0);
}

async function incidents() {
  const listed = await run(join(folder, "node_modules/.bin/evenkeel"), ["incidents", "list", "--json", "--config", "config.example.json"], { cwd: folder, env }).catch((ended) => ended);
  return JSON.parse(listed.stdout).data.incidents;
}

try {
  await run("npm", ["pack", "--pack-destination", place], { cwd: checkout });
  const tarball = readdirSync(place).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, allowScripts: { "better-sqlite3": true } }));
  await run("npm", ["install", join(place, tarball)], { cwd: folder, env });
  const packed = join(folder, "node_modules/evenkeel");
  for (const part of ["config.example.json", "checks", "fixtures"]) cpSync(join(packed, part), join(folder, part), { recursive: true });

  const first = start();
  await until("the history is read", 15_000, () => first.text.includes("history read"));
  await until("the incident is printed in full", 15_000, () => first.text.includes("evenkeel incidents ack 1"));
  for (const part of ["INCIDENT 1 opened", "Support triage", "Do this by hand now", "How sure", "acknowledge by"]) check(`the message says "${part}"`, first.text.includes(part));
  check("nothing else is announced", first.text.split("==== INCIDENT").length === 2);
  const { url } = JSON.parse(readFileSync(join(folder, "data/daemon.json"), "utf8"));
  const health = await (await fetch(new URL("/healthz", url))).json();
  check("/healthz: ready, one open incident, nothing waiting", health.ready && health.openIncidents === 1 && health.messages.waiting === 0);
  check("/ names the incident", (await (await fetch(url)).text()).includes("1 incident open: Support triage"));
  const before = await incidents();
  check("one incident, on support-triage, with its finding", before.length === 1 && before[0].automation === "support-triage" && before[0].status === "open" && before[0].findings.length > 0);
  await stop(first);

  const second = start();
  await until("a second start is ready", 15_000, () => second.text.includes("Ready"));
  await setTimeout(3_000);
  check("a second start announces nothing", !second.text.includes("==== INCIDENT"));
  check("the incident stands as it was", JSON.stringify(await incidents()) === JSON.stringify(before));
  await stop(second);
} catch (thrown) {
  console.log(thrown);
  check("the newcomer's start runs to its end", false);
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
