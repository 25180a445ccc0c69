import type { Json } from "../domain/json.js";
import type { ChannelPorts, Delivery } from "./channel-type.js";
import { answerMaxBytes, classifyFailure, classifyStatus, sendTimeoutMs } from "./classify-http.js";

/** One POST of a JSON body. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they are stored. */
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Makes one POST and says what became of it; what is kept of a success is its status. Never rejects, follows no redirect. */
export async function post(
  { http, clock }: Pick<ChannelPorts, "http" | "clock">,
  { url, headers, body, signal }: Post,
): Promise<Delivery> {
  try {
    const response = await http.request({
      method: "POST",
      url,
      headers: { "content-type": "application/json", "user-agent": "Evenkeel", ...headers },
      body,
      timeoutMs: sendTimeoutMs,
      maxBytes: answerMaxBytes,
      signal,
    });
    const { status } = response;
    if (status < 200 || status >= 300) return classifyStatus(response, clock.now());
    const reference: Json = { status };
    return { status: "sent", reference };
  } catch (thrown) {
    return classifyFailure(thrown);
  }
}
