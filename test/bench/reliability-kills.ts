import { seeded } from "../drift/streams.js";
import { pushFolder } from "../faults/folder.js";
import { killAtRandom } from "../faults/kill-at-random.js";
import { startReceiver } from "../faults/receiver.js";
import { note, quantile, show } from "./reliability-report.js";

const automations = ["replies", "invoices", "leads", "summaries", "tickets", "drafts"] as const;
const recoveryMs = 2_000;

/** Kills the daemon at random instants under load and counts what is lost or told twice. */
export async function kills(times: number, seed: number): Promise<void> {
  const receiver = await startReceiver();
  try {
    const folder = pushFolder({ automations, webhook: receiver.url });
    const done = await killAtRandom({ folder, automations, receiver, kills: times, chance: seeded(seed) });
    const { outputs, runs, tests, ended } = done.acknowledged;
    const [lostOutput, lostMessage, damage] = [done.lostOutputs[0], done.lostMessages[0], done.damages[0]];
    const none = { atMost: 0 } as const;
    show({
      what: `${times} kill -9 under load: acknowledged outputs lost, of ${outputs.size}`,
      ...{ measured: done.lostOutputs.length, unit: "", target: none },
    });
    show({
      what: `owed messages lost, of ${done.messages}`,
      ...{ measured: done.lostMessages.length, unit: "", target: none },
    });
    show({
      what: "most messages repeated after one kill",
      ...{ measured: Math.max(...done.repeatsPerKill), unit: "", target: { atMost: 1 } },
      peers: "a worker with 64 sends in flight repeated 17 per kill on average (the study's own probe)",
    });
    show({
      what: "databases found damaged after a kill",
      ...{ measured: done.damages.length, unit: "", target: none },
    });
    show({
      what: "from the start after a kill to its first answer, longest",
      ...{ measured: Math.max(...done.recoveriesMs), unit: "ms", target: { atMost: recoveryMs } },
    });
    const repeats = done.repeatsPerKill.reduce((sum, each) => sum + each, 0);
    note(
      `acknowledged besides: ${runs} runs, ${tests} test messages, ${ended.size} endings; ${repeats} messages repeated in all; ` +
        `recovery p50 ${quantile(done.recoveriesMs, 0.5).toFixed(0)} ms`,
    );
    for (const first of [lostOutput, lostMessage, damage]) if (first !== undefined) note(`such as: ${first}`);
  } finally {
    await receiver.close();
  }
}
