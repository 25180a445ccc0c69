import type { ServiceQuestion } from "../domain/asking.js";
import { SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Terms } from "../model/model.js";
import { paidHttp } from "../model/paid-http.js";
import { isPassing, patientRequest } from "../model/patient-request.js";
import { parseJson } from "../text/parse-json.js";
import { signBody } from "../token/sign-body.js";
import type { Ground } from "./ground.js";

const answerMaxBytes = 1_048_576;
/** A service of the user's costs nothing here; its requests are counted. */
const free = { mostMicros: 0, costMicros: () => 0 };

/**
 * POSTs to a service of the user's and reads its JSON. The headers are those of the webhook channel: Idempotency-Key
 * is the same for the same content, so that a repeated question need not be worked on twice.
 */
export async function askService(
  ground: Ground,
  question: ServiceQuestion,
  key: string,
  { signal, reserve }: Terms,
): Promise<Json> {
  const { asking } = ground.register;
  const body = JSON.stringify(question.body);
  const timestamp = Math.floor(ground.clock.now() / 1_000);
  const signature =
    question.key === null
      ? {}
      : { "x-evenkeel-signature": signBody(asking.secret(question.key), timestamp, body) };
  const response = await patientRequest(
    { http: paidHttp(asking.http, reserve, free), clock: ground.clock, pause: ground.pause },
    {
      method: "POST",
      url: question.url,
      headers: {
        "content-type": "application/json",
        "user-agent": "Evenkeel",
        "idempotency-key": key,
        "x-evenkeel-timestamp": String(timestamp),
        ...signature,
      },
      body,
      timeoutMs: question.timeoutMs,
      maxBytes: answerMaxBytes,
      signal,
    },
  );
  const { status } = response;
  const { host } = new URL(question.url);
  if (status < 200 || status > 299)
    throw new SourceError("service-answer", `${host}: answered ${status}`, { retryable: isPassing(status) });
  const parsed = parseJson(response.body);
  if (!parsed.ok) throw new SourceError("service-answer", `${host}: its answer ${parsed.reason}`);
  return parsed.value;
}
