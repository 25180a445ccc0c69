/**
 * Puts golden inputs to an automation over HTTP: a webhook of n8n, Make or Zapier, or an own service.
 */
import { z } from "zod";
import type { GoldenCase } from "../../domain/golden-case.js";
import type { OutputDraft } from "../../domain/output.js";
import { parseJson } from "../../text/parse-json.js";
import {
  answerTimeoutSetting,
  durationMs,
  fillSecrets,
  headersSetting,
  pathSetting,
} from "../../text/setting-types.js";
import { fillTemplate, markBody, markFieldSetting } from "../fill-template.js";
import { answerOf, defineProbeType, goldenHeader, type ProbePorts, type ProbeRequest } from "../probe.js";
import { idIn, outputIn, requireSuccess } from "../probe-answer.js";

const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe("Address of the automation, http or https"),
  method: z.enum(["POST", "PUT"]).default("POST").describe("How it is asked"),
  headers: headersSetting,
  body: z
    .json()
    .default({ input: "{input}" })
    .describe('JSON body; "{input}" becomes the case\'s input, { "env": "NAME" } a secret'),
  output: pathSetting
    .optional()
    .describe(
      "Where the answer holds the output; by default output, response, answer or the like, else the whole answer",
    ),
  id: pathSetting.default("id").describe("Where the answer holds the automation's own id of it"),
  markField: markFieldSetting,
  timeout: answerTimeoutSetting.default("60s").describe("Longest wait for the whole answer, up to 10m"),
});

type HttpProbeSettings = z.infer<typeof settings>;

/** Golden inputs over HTTP. */
export const http = defineProbeType({
  type: "http",
  settings,
  prepare: (checked, ports) => ({ ask: (goldenCase, request) => ask(checked, ports, goldenCase, request) }),
});

async function ask(
  checked: HttpProbeSettings,
  ports: ProbePorts,
  goldenCase: GoldenCase,
  { runId, signal }: ProbeRequest,
): Promise<OutputDraft> {
  const { host } = new URL(checked.url);
  const body = markBody(fillTemplate(checked.body, goldenCase.input, ports.secret), checked.markField, runId);
  const begunAt = ports.clock.monotonic();
  const response = await ports.http.request({
    method: checked.method,
    url: checked.url,
    headers: {
      "content-type": "application/json",
      ...fillSecrets(checked.headers, ports.secret),
      [goldenHeader]: runId,
    },
    body: JSON.stringify(body),
    timeoutMs: durationMs(checked.timeout),
    maxBytes: 5_242_880,
    signal,
  });
  const latencyMs = Math.round(ports.clock.monotonic() - begunAt);
  requireSuccess(response, host);
  const parsed = parseJson(response.body);
  const answer = parsed.ok && !parsed.fenced ? parsed.value : response.body;
  return answerOf(goldenCase, runId, outputIn(answer, checked.output, host), {
    id: idIn(answer, checked.id),
    latencyMs,
  });
}
