import { expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { retryMessages } from "../../src/flow/retry-messages.js";
import { sendTest } from "../../src/flow/send-test.js";
import { benchGround, recordingChannel } from "./bench-ground.js";

const { signal } = new AbortController();

it("sends what was given up again on order, with the same id, and refuses what is not there", async () => {
  const channel = recordingChannel("ops");
  channel.answers.push({ status: "refused", reason: "invalid_auth" });
  const { ground } = benchGround({ channels: [channel.ready] });
  const [id = ""] = sendTest(ground, null);
  await deliverDue(ground, new Set(), signal);
  expect(ground.store.outbox.listed("dead", 5).map((each) => each.id)).toEqual([id]);
  expect(() => retryMessages(ground, "nothing", "Marta Quill")).toThrow(/no undelivered message nothing/);
  expect(retryMessages(ground, id, "Marta Quill")).toEqual([id]);
  await deliverDue(ground, new Set(), signal);
  expect(channel.sent.filter((each) => each.id === id)).toHaveLength(2);
  expect(retryMessages(ground, null, "Marta Quill")).toEqual([]);
});

it("takes up no message whose text has been let go: it says so of one, and leaves it out of all", async () => {
  const channel = recordingChannel("ops");
  channel.answers.push({ status: "refused", reason: "invalid_auth" });
  const { ground } = benchGround({ channels: [channel.ready] });
  const [old = ""] = sendTest(ground, null);
  await deliverDue(ground, new Set(), signal);
  ground.store.transaction(() => ground.store.retention.dropPayloads(ground.clock.now() + 1, 9));
  expect(() => retryMessages(ground, old, "Marta Quill")).toThrow(
    `the text of message ${old} has been let go by age (retention): it cannot be sent any more`,
  );
  expect(retryMessages(ground, null, "Marta Quill")).toEqual([]);
  const [fresh = ""] = sendTest(ground, null);
  await deliverDue(ground, new Set(), signal);
  expect(channel.sent.filter((each) => each.id === old)).toHaveLength(1);
  expect(channel.sent.at(-1)?.id).toBe(fresh);
});
