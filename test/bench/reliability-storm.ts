import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { start, until } from "../faults/daemon-process.js";
import { pushFolder } from "../faults/folder.js";
import { type Receiver, startReceiver } from "../faults/receiver.js";
import { note, quantile, show } from "./reliability-report.js";

const targets = { acceptedMs: 2_000, shareOfBareLoop: 0.5, residentMb: 150, p50Ms: 15, p99Ms: 60 };
const resultSchema = z.object({
  acceptedMs: z.number(),
  runMs: z.number(),
  owedMessages: z.number(),
  deliveredMs: z.number(),
  unsent: z.number(),
  bareMs: z.number(),
  bareMessages: z.number(),
  rssMb: z.number(),
});

/** Many automations with one problem each, to a webhook that is not held back. */
export async function storm(automations: number): Promise<void> {
  const receiver = await startReceiver();
  try {
    const result = await inProcess(receiver, automations);
    const rate = result.owedMessages / (result.deliveredMs / 1_000);
    const bareRate = result.bareMessages / (result.bareMs / 1_000);
    show({
      what: `${automations} automations with one problem each: accepted in`,
      ...{ measured: result.acceptedMs, unit: "ms", target: { atMost: targets.acceptedMs } },
    });
    show({
      what: "messages owed and not delivered",
      measured: result.unsent + automations - result.owedMessages,
      ...{ unit: "", target: { atMost: 0 } },
    });
    show({
      what: "delivered one in flight, as a share of the bare loop's rate",
      ...{ measured: rate / bareRate, unit: "", target: { atLeast: targets.shareOfBareLoop }, digits: 2 },
    });
    note(`${rate.toFixed(0)} messages/s beside ${bareRate.toFixed(0)} of the bare loop`);
    note(`runs that open the incidents: ${(automations / (result.runMs / 1_000)).toFixed(0)} a second`);
    show({
      what: "resident memory after the storm",
      ...{ measured: result.rssMb, unit: "MB", target: { atMost: targets.residentMb } },
    });
  } finally {
    await receiver.close();
  }
}

async function inProcess(receiver: Receiver, automations: number): Promise<z.infer<typeof resultSchema>> {
  const folder = pushFolder({ automations: ["one"], webhook: receiver.url });
  const program = join(import.meta.dirname, "reliability-storm-process.js");
  const argv = [program, folder, String(automations), receiver.url];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return resultSchema.parse(JSON.parse(stdout));
}

/** From the order to run, in which the finding is made, until the webhook has come whole: one problem at a time. */
export async function findingToWebhook(problems: number): Promise<void> {
  const receiver = await startReceiver();
  try {
    const automations = Array.from({ length: problems }, (_, index) => `replies-${index}`);
    const folder = pushFolder({ automations, webhook: receiver.url });
    const daemon = await start(folder);
    await until("it has read every history", 120_000, async () => {
      const answer = await daemon.ask("healthz");
      return z.object({ ready: z.boolean() }).parse(await answer.json()).ready;
    });
    const tookMs: number[] = [];
    for (const automation of automations) {
      const answer = await daemon.push(automation, '{"id":"bad","output":"<script>alert(1)</script>"}');
      if (answer.status !== 202) throw new Error(`the push was refused: ${await answer.text()}`);
      const before = receiver.received.length;
      const foundAt = performance.now();
      const ran = daemon.order({ do: "run", automation });
      await until("the webhook came", 10_000, () => receiver.received.length > before);
      tookMs.push((receiver.received[before]?.at ?? Number.NaN) - foundAt);
      await (await ran).text();
    }
    await daemon.stop();
    const [p50, p99] = [quantile(tookMs, 0.5), quantile(tookMs, 0.99)];
    show({
      what: `finding to webhook, ${problems} problems one after the other, p50`,
      ...{ measured: p50, unit: "ms", target: { atMost: targets.p50Ms }, digits: 1 },
      peers:
        "Alertmanager 0.25 holds a new group back 10 s with groups of 10 s, 30 s as it comes (its group_wait)",
    });
    show({
      what: "the same, p99",
      ...{ measured: p99, unit: "ms", target: { atMost: targets.p99Ms }, digits: 1 },
    });
  } finally {
    await receiver.close();
  }
}
