/**
 * The weekly digest of one reader of 100 automations with 1,000,000 outputs in the store, a tenth of them of the last
 * week: how long it takes from the hour that it is due until the mail and the picks are committed, and how much memory
 * the process has, in a process of its own. The database is made by SQLite itself, the same at every run.
 * `npm run bench:digest` takes some minutes, most of them to fill the database; exits 1 when a target is missed.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { median } from "../../src/measure/quantile.js";
import { fillHistory, forgetDigest } from "./digest-history.js";
import { missedTargets, note, show } from "./reliability-report.js";

const targets = { tookMs: 2_000, residentMb: 200 };
const repeats = 5;
const resultSchema = z.object({
  automations: z.number(),
  outputs: z.number(),
  tookMs: z.number(),
  processorMs: z.number(),
  shownMs: z.number(),
  idleMb: z.number(),
  residentMb: z.number(),
  picked: z.number(),
  asked: z.number(),
  mailBytes: z.number(),
});

const folder = mkdtempSync(join(tmpdir(), "evenkeel-digest-"));
try {
  await fillHistory(folder, { automations: 100, outputsEach: 10_000 });
  const results: z.infer<typeof resultSchema>[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    forgetDigest(folder);
    const program = join(import.meta.dirname, "digest-process.js");
    const { stdout } = await promisify(execFile)(process.execPath, [program, folder]);
    results.push(resultSchema.parse(JSON.parse(stdout)));
  }
  const [one] = results;
  if (one === undefined) throw new Error("nothing was measured");
  const all = `${one.automations} automations, ${one.outputs.toLocaleString("en-US")} stored outputs`;
  const took = results.map(({ tookMs }) => tookMs);
  show({
    what: `digest for ${all}: picked, composed, rendered, committed (median of ${repeats})`,
    ...{ measured: median(took) ?? Number.NaN, unit: "ms", target: { atMost: targets.tookMs } },
  });
  show({
    what: "the most memory the process had",
    ...{
      measured: Math.max(...results.map(({ residentMb }) => residentMb)),
      unit: "MB",
      target: { atMost: targets.residentMb },
    },
  });
  const processor = results.map(({ processorMs }) => processorMs.toFixed(0));
  note(`processor time of each, which other work on the machine hardly changes: ${processor.join(", ")} ms`);
  note(`all runs: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms; ${one.idleMb.toFixed(0)} MB before it`);
  note(`shown once more without picking: ${one.shownMs.toFixed(0)} ms`);
  note(`${one.picked} outputs picked, ${one.asked} in the mail of ${(one.mailBytes / 1_000).toFixed(0)} kB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missedTargets() === 0 ? 0 : 1;
