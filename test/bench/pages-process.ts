/**
 * The process of `bench:pages`: opens the database as the daemon does and asks the app for one page, the first time and
 * twenty times more. In: the folder and the page. Out: one line of JSON.
 */
import { alarmLevels } from "../../src/flow/alarm-levels.js";
import { digestLinks } from "../../src/flow/digest-links.js";
import type { Ground } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { createApp } from "../../src/http/app.js";
import { median } from "../../src/measure/quantile.js";
import { createLogger } from "../../src/platform/logger.js";
import { pause } from "../../src/platform/pause.js";
import { realRandom } from "../../src/platform/real-random.js";
import { openStore } from "../../src/store/open.js";
import { benchRegister, databaseIn, dueAt } from "./digest-history.js";

const [folder = "", page = ""] = process.argv.slice(2);
const laterViews = 20;

const { register, clock } = await benchRegister(folder, () => dueAt);
const alone: Ground = {
  store: openStore({ path: databaseIn(folder), newInstanceId: "0".repeat(32) }),
  register,
  clock,
  random: realRandom,
  logger: createLogger("error"),
  atWork: new Set(),
  inFlight: nothingInFlight(),
  pause,
};
// the daemon works them out at its start
const levels = alarmLevels(alone);
const ground: Ground = { ...alone, levels };
const app = createApp({
  ground: () => ground,
  levels: () => levels,
  adminToken: "a-token",
  hosts: () => ["evenkeel.example.com"],
  ready: () => true,
  lag: () => ({ lateMs: 0, longestLateMs: 0 }),
  signal: new AbortController().signal,
  wake: () => undefined,
});

/** Where a page is. */
function pathOf(name: string): string {
  const { store } = ground;
  const [first] = register.automations;
  const [incident] = store.incidents.open();
  const id = first?.entry.id ?? "";
  const [waiting] = store.spotChecks.waiting(id, 0);
  const [oldest] = store.spotChecks.random(id, 0).slice(-1);
  const [judged] = oldest === undefined ? [] : store.spotChecks.ofSpan(id, oldest.untilAt);
  if (incident === undefined || waiting === undefined || judged === undefined)
    throw new Error("the history lacks an incident or spot checks");
  const paths: Readonly<Record<string, () => string>> = {
    overview: () => "/",
    automation: () => `/a/${incident.automation}`,
    incident: () => `/i/${incident.id}`,
    register: () => "/register",
    messages: () => "/messages",
    "spot-checks": () => "/spot-checks",
    "spot-check": () => `/spot-checks/${waiting.id}`,
    judged: () => `/spot-checks/${judged.id}`,
    report: () => `/report/${id}`,
    reviews: () => "/reviews",
    review: () => `/review/${id}`,
    governance: () => "/governance",
    "mail-link": () => linkTo(waiting.id),
  };
  const path = paths[name]?.();
  if (path === undefined) throw new Error(`there is no page ${name}`);
  return path;
}

function linkTo(spotCheck: number): string {
  const [reader] = register.digest;
  const [mail] = register.channels;
  if (reader === undefined || mail === undefined) throw new Error("nobody reads the digest");
  return new URL(digestLinks(ground, reader, mail).judge(spotCheck) ?? "").pathname;
}

async function view(path: string): Promise<{ readonly ms: number; readonly bytes: number }> {
  const beganAt = performance.now();
  const response = await app.request(path, { headers: { host: "127.0.0.1:4310", accept: "text/html" } });
  const body = await response.arrayBuffer();
  const ms = performance.now() - beganAt;
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return { ms, bytes: body.byteLength };
}

const path = pathOf(page);
const first = await view(path);
const later: number[] = [];
for (let time = 0; time < laterViews; time += 1) later.push((await view(path)).ms);
process.stdout.write(
  JSON.stringify({ bytes: first.bytes, firstMs: first.ms, laterMs: median(later) ?? Number.NaN }),
);
ground.store.close();
