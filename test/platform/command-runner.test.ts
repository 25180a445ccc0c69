import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandRequest } from "../../src/domain/ports.js";
import { createCommandRunner } from "../../src/platform/command-runner.js";

const runner = createCommandRunner({ PATH: process.env.PATH, SLACK_BOT_TOKEN: "canary" });
const node = (script: string, rest: Partial<CommandRequest> = {}): CommandRequest => ({
  argv: [process.execPath, "-e", script],
  cwd: tmpdir(),
  timeoutMs: 10_000,
  maxBytes: 1_000_000,
  ...rest,
});

describe("the command runner", () => {
  it("gives input, and returns output, errors and exit code", async () => {
    const script =
      "process.stdin.on('data', (d) => process.stdout.write('got ' + d)).on('end', () => { console.error('note'); process.exitCode = 3; })";
    expect(await runner.run(node(script, { input: "é" }))).toEqual({
      exitCode: 3,
      stdout: "got é",
      stderr: "note\n",
    });
  });

  it("uses no shell: what looks like one is plain text", async () => {
    const result = await runner.run({
      ...node(""),
      argv: [process.execPath, "-p", "process.argv[1]", "$(id); `id`"],
    });
    expect(result.stdout).toBe("$(id); `id`\n");
  });

  it("keeps the daemon's secrets from the program, and passes what it is given", async () => {
    const script = "console.log([process.env.SLACK_BOT_TOKEN, process.env.GIVEN].join())";
    expect((await runner.run(node(script, { environment: { GIVEN: "yes" } }))).stdout).toBe(",yes\n");
  });

  it("kills the program and its children at the deadline", async () => {
    const marker = join(mkdtempSync(join(tmpdir(), "evenkeel-")), "late");
    const late = `setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(marker)}, ''), 700)`;
    const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(late)}]); setInterval(() => {}, 1000)`;
    await expect(runner.run(node(script, { timeoutMs: 400 }))).rejects.toMatchObject({
      name: "SourceError",
      code: "command-timeout",
      retryable: true,
    });
    await runner.run(node("setTimeout(() => {}, 900)"));
    expect(existsSync(marker)).toBe(false);
  });

  it("stops a program that prints without end", async () => {
    await expect(
      runner.run(node("for (;;) require('node:fs').writeSync(1, 'x'.repeat(1000))", { maxBytes: 10_000 })),
    ).rejects.toMatchObject({ code: "command-too-large", retryable: false });
  });

  it("says which program is not there", async () => {
    await expect(runner.run({ ...node(""), argv: ["no-such-program-here"] })).rejects.toMatchObject({
      code: "command-missing",
      message: "no-such-program-here: cannot be started: the program or its folder is not there",
    });
  });

  it("says so when the arguments are too long for the system", async () => {
    const argv = [process.execPath, "-p", "1", "x".repeat(3_000_000)];
    await expect(runner.run({ ...node(""), argv })).rejects.toMatchObject({
      name: "SourceError",
      code: "command-missing",
    });
  });

  it("stops when the caller cancels", async () => {
    const controller = new AbortController();
    const result = runner.run(node("setInterval(() => {}, 1000)", { signal: controller.signal }));
    controller.abort();
    await expect(result).rejects.toMatchObject({
      code: "command-timeout",
      message: expect.stringContaining("cancelled"),
    });
  });

  it("bears a program that does not read its input", async () => {
    const result = await runner.run(node("process.exit(0)", { input: "x".repeat(1_000_000) }));
    expect(result.exitCode).toBe(0);
  });
});
