/**
 * The process of `bench:digest`: opens the database as the daemon does and owes the digest that is due. In: the folder.
 * Out: one line of JSON. A process of its own, so that its memory is its own.
 */
import { digestNow, requireReader } from "../../src/flow/digest-now.js";
import type { Ground } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import { createLogger } from "../../src/platform/logger.js";
import { pause } from "../../src/platform/pause.js";
import { realRandom } from "../../src/platform/real-random.js";
import { openStore } from "../../src/store/open.js";
import { seeded } from "../drift/streams.js";
import { benchRegister, databaseIn, dueAt, mondayAt, perWeek, reader } from "./digest-history.js";

const [folder = ""] = process.argv.slice(2);
const megabyte = 1024 * 1024;

const { register, clock } = await benchRegister(folder, () => dueAt);
const ground: Ground = {
  store: openStore({ path: databaseIn(folder), newInstanceId: "0".repeat(32) }),
  register,
  clock,
  random: { ...realRandom, next: seeded(20_261_126) },
  logger: createLogger("error"),
  atWork: new Set(),
  inFlight: nothingInFlight(),
  pause,
};

function timed(work: () => void): number {
  const beganAt = performance.now();
  work();
  return performance.now() - beganAt;
}

const idleMb = process.memoryUsage().rss / megabyte;
const before = process.cpuUsage();
const tookMs = timed(() => oweDigests(ground));
const { user, system } = process.cpuUsage(before);
const shownMs = timed(() => void digestNow(ground, requireReader(ground, reader)));
const { store } = ground;
const [mail] = store.outbox.inState("pending", 2);
const asked = store.digests.latest(reader)?.asked ?? 0;
const picked = register.automations.reduce(
  (sum, { entry }) => sum + store.spotChecks.ofSpan(entry.id, mondayAt).length,
  0,
);
if (mail === undefined || asked === 0 || picked !== register.automations.length * perWeek)
  throw new Error(`the digest is not whole: ${asked} asked, ${picked} picked`);
process.stdout.write(
  JSON.stringify({
    automations: register.automations.length,
    outputs: register.automations.reduce((sum, { entry }) => sum + store.outputs.totals(entry.id).outputs, 0),
    tookMs,
    processorMs: (user + system) / 1_000,
    shownMs,
    idleMb,
    // what the system saw at most, in kB
    residentMb: process.resourceUsage().maxRSS / 1024,
    picked,
    asked,
    mailBytes: JSON.stringify(mail.payload).length,
  }),
);
store.close();
