import { pushFolder } from "../faults/folder.js";
import { outage, outageAutomations } from "../faults/outage.js";
import { startReceiver } from "../faults/receiver.js";
import { note, show } from "./reliability-report.js";

/** Takes the receiver down for a while and looks at what it gets once it is back. */
export async function receiverDown(downMs: number): Promise<void> {
  const receiver = await startReceiver();
  try {
    const folder = pushFolder({ automations: outageAutomations, webhook: receiver.url });
    const done = await outage(folder, receiver, downMs);
    show({
      what: `receiver down for ${downMs / 1_000} s: delivered after its recovery within`,
      ...{ measured: done.deliveredAfterMs / 1_000, unit: "s", target: { atMost: 30 }, digits: 1 },
      peers: "Alertmanager 0.25: 0.4 s with groups of 10 s, 34.6 s as it comes",
    });
    show({
      what: "messages accepted twice",
      ...{ measured: done.repeated, unit: "", target: { atMost: 0 } },
    });
    show({
      what: "messages about the problem that lasts (at least 1)",
      ...{ measured: done.lasting.length, unit: "", target: { atLeast: 1 } },
    });
    show({
      what: "problem that opened and closed meanwhile told in so many messages (exactly 1)",
      ...{ measured: done.passed.length === 1 ? 1 : 0, unit: "", target: { atLeast: 1 } },
      peers: "Alertmanager 0.25: none, it is lost",
    });
    note(`tries meanwhile: ${done.triesMeanwhile}; told as ${done.passed.join(", ")}`);
  } finally {
    await receiver.close();
  }
}
