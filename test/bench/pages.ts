/**
 * Every page over a history of 100,000 outputs, ten weeks of one automation and of a hundred: how large it is, and how
 * long it takes, at the first view of a process that has shown nothing yet and later. Each page has a process of its own.
 * `npm run bench:pages` takes about a minute; exits 1 when a target is missed.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { median } from "../../src/measure/quantile.js";
import { fillHistory, type HistorySize } from "./digest-history.js";
import { fillIncidents } from "./pages-history.js";
import { missedTargets, note, show } from "./reliability-report.js";

const targets = { bytes: 50_000, ms: 100 };
const sizes: readonly HistorySize[] = [
  { automations: 100, outputsEach: 1_000 },
  { automations: 1, outputsEach: 100_000 },
];
/** Pages by what a person calls them; pages-process.ts knows where each is. */
const pages = [
  "overview",
  "automation",
  "incident",
  "register",
  "messages",
  "spot-checks",
  "spot-check",
  "judged",
  "report",
  "reviews",
  "review",
  "governance",
  "mail-link",
] as const;
/** First views are measured once for each process. */
const processes = 3;

const resultSchema = z.object({ bytes: z.number(), firstMs: z.number(), laterMs: z.number() });

async function measure(folder: string, page: string) {
  const program = join(import.meta.dirname, "pages-process.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder, page]);
  return resultSchema.parse(JSON.parse(stdout));
}

async function ofHistory(size: HistorySize): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-pages-"));
  try {
    await fillHistory(folder, size);
    await fillIncidents(folder);
    const each = size.outputsEach.toLocaleString("en-US");
    note(`${size.automations} automations with ${each} outputs each`);
    for (const page of pages) {
      const results: z.infer<typeof resultSchema>[] = [];
      for (let time = 0; time < processes; time += 1) results.push(await measure(folder, page));
      const middle = (of: keyof z.infer<typeof resultSchema>) =>
        median(results.map((result) => result[of])) ?? Number.NaN;
      show({
        what: `${page}, size`,
        ...{ measured: middle("bytes") / 1_000, unit: "kB", target: { atMost: targets.bytes / 1_000 } },
        digits: 1,
      });
      show({
        what: `${page}, first view`,
        ...{ measured: middle("firstMs"), unit: "ms", target: { atMost: targets.ms } },
        digits: 1,
      });
      show({
        what: `${page}, later views, median`,
        ...{ measured: middle("laterMs"), unit: "ms", target: { atMost: targets.ms } },
        digits: 1,
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const size of sizes) await ofHistory(size);
process.exitCode = missedTargets() === 0 ? 0 : 1;
