import { expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { deliverDue } from "../../src/flow/deliver.js";
import { noteUnregistered } from "../../src/flow/register/unregistered.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import { parsePushBody } from "../../src/sample/push-body.js";
import { options } from "./bench-ground.js";
import { digestBench, owner } from "./digest-bench.js";

it("tells the AI owner of each unregistered name in one digest, and of a stranger's in none", async () => {
  const reader = { ...owner, person: "Ines Calder" };
  const { ground, clock, digests } = digestBench({ readers: [reader, owner] });
  const body = parsePushBody('{ "output": "Dear Anna" }', "application/json");
  const note = (name: string, sender: string | null) =>
    noteUnregistered(ground, { name, way: "push", sender, body: sender === null ? null : body });
  await note("sales-drafts", "invoices");
  await note("guessed", null);
  const weekly = async () => {
    const before = digests().length;
    clock.set(clock.now() + 7 * dayMs);
    oweDigests(ground);
    await deliverDue(ground, new Set(), options.signal);
    return digests()
      .slice(before)
      .map((each) => JSON.stringify(each));
  };
  const first = await weekly();
  const told = first.filter((each) => each.includes("“sales-drafts”: 1 output since"));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("Ines");
  expect(first.join()).not.toContain("guessed");
  expect((await weekly()).join()).not.toContain("sales-drafts");
  await note("hr-chat", "invoices");
  expect((await weekly()).join()).toContain("“hr-chat”");
});
