import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { askScriptProcess, startScriptProcess } from "../../src/platform/script-process.js";

const started = async () => {
  const { child, ready } = startScriptProcess(64, () => undefined);
  await ready;
  return child;
};
const limits = { timeoutMs: 5_000, memoryMb: 64 };

describe("a script's process", () => {
  it("ends when the daemon is gone", async () => {
    const child = await started();
    const ended = once(child, "exit");
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it.each(["() => { for (;;) {} }", "async () => { for (;;) await null }", "for (;;) {}"])(
    "ends when the daemon is gone amid %s",
    async (code) => {
      const child = await started();
      const ended = once(child, "exit");
      child.send({ name: "rule.js", code, argument: "{}", endsAfterMs: 200 }, () => child.disconnect());
      expect(await ended).toEqual([1, null]);
    },
  );

  it("tells an end by memory from an end by another's hand", async () => {
    const child = await started();
    const asked = askScriptProcess(
      child,
      { name: "rule.js", code: "() => { for (;;) {} }", argument: "{}" },
      limits,
    );
    child.kill("SIGTERM");
    await expect(asked).rejects.toMatchObject({
      code: "script-threw",
      message: "the script broke off: its process was ended (SIGTERM)",
    });
  });

  it("keeps no module of Node's at hand", async () => {
    const child = await started();
    const asked = askScriptProcess(
      child,
      { name: "rule.js", code: "() => [typeof fs, typeof child_process, typeof process]", argument: "{}" },
      limits,
    );
    expect(await asked).toBe('{"kind":"value","value":["undefined","undefined","undefined"]}');
    child.kill("SIGKILL");
  });
});
