/**
 * Puts golden inputs to an automation that is a program: the input on standard input, or in an argument
 * as `{input}`; what it prints is the output. The environment variable EVENKEEL_GOLDEN marks the run.
 */
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import type { GoldenCase } from "../../domain/golden-case.js";
import type { OutputDraft } from "../../domain/output.js";
import { textOfJson } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { durationMs, fillSecrets, pathSetting, programSettings } from "../../text/setting-types.js";
import { answerOf, defineProbeType, type ProbePorts, type ProbeRequest } from "../probe.js";
import { idIn, outputIn } from "../probe-answer.js";

const settings = z.strictObject({
  argv: z
    .array(z.string())
    .min(1)
    .describe("Program and arguments, without a shell; {input} and {case} are filled in"),
  ...programSettings,
  output: pathSetting
    .optional()
    .describe(
      "Where a printed JSON object holds the output; by default output, response, answer or the like",
    ),
  id: pathSetting.default("id").describe("Where a printed JSON object holds the automation's own id of it"),
});

type CommandProbeSettings = z.infer<typeof settings>;

/** Golden inputs to a program. */
export const command = defineProbeType({
  type: "command",
  settings,
  prepare: (checked, ports) => ({ ask: (goldenCase, request) => ask(checked, ports, goldenCase, request) }),
});

async function ask(
  checked: CommandProbeSettings,
  ports: ProbePorts,
  goldenCase: GoldenCase,
  { runId, signal }: ProbeRequest,
): Promise<OutputDraft> {
  const program = checked.argv[0] ?? "";
  const input = textOfJson(goldenCase.input);
  const begunAt = ports.clock.monotonic();
  const result = await ports.command.run({
    argv: checked.argv.map((word) =>
      word.replace(/\{(input|case)\}/g, (_, name: string) => (name === "input" ? input : goldenCase.id)),
    ),
    input,
    cwd: isAbsolute(checked.folder) ? checked.folder : join(ports.baseDir, checked.folder),
    environment: { ...fillSecrets(checked.environment, ports.secret), EVENKEEL_GOLDEN: runId },
    timeoutMs: durationMs(checked.timeout),
    maxBytes: 5_242_880,
    signal,
  });
  const latencyMs = Math.round(ports.clock.monotonic() - begunAt);
  if (result.exitCode !== 0) {
    throw new SourceError("probe-unavailable", `${program}: ended with exit code ${result.exitCode}`, {
      retryable: true,
    });
  }
  const text = result.stdout.replace(/\r?\n$/, "");
  const answer = parseStructured(text) ?? text;
  return answerOf(goldenCase, runId, outputIn(answer, checked.output, program), {
    id: idIn(answer, checked.id),
    latencyMs,
  });
}
