/**
 * Whether a crash, an outage or a storm costs a message: the built daemon and the ordinary journeys, on loopback. Prints
 * target, measured and what the peers did; exit 1 when a target is missed. Fixed seed. `--quick`: ten kills, a tenth of
 * the storm, a shorter outage; `--only kills,outage,storm,storage,start` leaves the rest out.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { endAll } from "../faults/daemon-process.js";
import { removeFolders } from "../faults/folder.js";
import { kills } from "./reliability-kills.js";
import { receiverDown } from "./reliability-outage.js";
import { missedTargets, note } from "./reliability-report.js";
import { intakeWhileCaredFor } from "./reliability-storage.js";
import { findingToWebhook, storm } from "./reliability-storm.js";

const seed = 20_261_126;
const argv = process.argv.slice(2);
const size = argv.includes("--quick")
  ? { kills: 10, downMs: 12_000, storm: 500, single: 30, outputs: 3_000 }
  : { kills: 100, downMs: 60_000, storm: 10_000, single: 200, outputs: 100_000 };
const only = argv[argv.indexOf("--only") + 1]?.split(",") ?? [];

/** Start and idle memory are bench:start's: the same figures, measured by the same program. */
async function startAndIdle(): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.js")], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  return code === 0;
}

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  kills: () => kills(size.kills, seed),
  outage: () => receiverDown(size.downMs),
  storm: async () => {
    await storm(size.storm);
    await findingToWebhook(size.single);
  },
  storage: () => intakeWhileCaredFor(size.outputs),
  start: async () => {
    if (!(await startAndIdle())) process.exitCode = 1;
  },
};

note("peers: what was measured of Alertmanager 0.25 stands beside; of Uptime Kuma 2.5.3 none of these was");
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (argv.includes("--only") && !only.includes(name)) continue;
    console.log(`== ${name}`);
    await measure();
  }
  if (missedTargets() > 0) {
    note(`${missedTargets()} targets missed`);
    process.exitCode = 1;
  }
} finally {
  endAll();
  removeFolders();
}
