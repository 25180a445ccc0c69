/**
 * Presses of buttons in Slack: whether a request is Slack's, and what is sent back after a press.
 * In: the channel's secrets, ports. Out: an Interaction. Answers go only to Slack's own addresses.
 */
import { messageOf } from "../domain/errors.js";
import type { SecretReference } from "../domain/ports.js";
import type { ChannelPorts } from "./channel-type.js";
import { answerMaxBytes, sendTimeoutMs } from "./classify-http.js";
import { classifyThrown } from "./classify-thrown.js";
import type { FollowUp, Interaction, Proof, SignedRequest } from "./interaction.js";
import { callSlack, type SlackAccess } from "./slack-client.js";
import { isSlacks } from "./slack-signature.js";
import { hearSlack } from "./slack-socket.js";

/** Where Slack takes answers to presses. */
const answersHost = "https://hooks.slack.com";

/** What of a Slack channel's settings concerns presses. */
export interface PressSettings {
  readonly token: SecretReference;
  readonly apiUrl: string;
  readonly appToken?: SecretReference | undefined;
  readonly signingSecret?: SecretReference | undefined;
  readonly previousSigningSecret?: SecretReference | undefined;
}

/** How presses are taken; null where the channel's settings provide for none. */
export function interactionOf(given: PressSettings, ports: ChannelPorts): Interaction | null {
  const { appToken, signingSecret, previousSigningSecret } = given;
  if (appToken === undefined && signingSecret === undefined) return null;
  const secrets = [signingSecret, previousSigningSecret].filter((each) => each !== undefined);
  return {
    verify: secrets.length === 0 ? null : (request) => proofOf(request, secrets, ports),
    connect:
      appToken === undefined
        ? null
        : (listener, signal) =>
            hearSlack(
              { appToken: () => ports.secret(appToken), apiUrl: given.apiUrl, http: ports.http },
              listener,
              signal,
            ),
    follow: (step, signal) => follow(given, ports, step, signal),
  };
}

/** A secret that is missing matches nothing, and keeps no other from matching. */
function proofOf(
  request: SignedRequest,
  secrets: readonly SecretReference[],
  { secret, clock }: ChannelPorts,
): Proof {
  const faults: string[] = [];
  const holds = secrets.some((reference) => {
    try {
      return isSlacks(request, [secret(reference)], clock.now());
    } catch (thrown) {
      faults.push(messageOf(thrown));
      return false;
    }
  });
  return { holds, faults };
}

async function follow(
  { token, apiUrl }: PressSettings,
  { http, secret, clock }: ChannelPorts,
  step: FollowUp,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const access: SlackAccess = { token: secret(token), apiUrl, http, now: () => clock.now() };
    if (step.do === "ask") {
      const opened = await callSlack(
        access,
        "views.open",
        { trigger_id: step.trigger, view: step.view },
        signal,
      );
      return opened.ok ? null : reasonOf(opened.delivery);
    }
    if (!isAnswerAddress(step.url, apiUrl)) return "the address for the answer is not Slack's";
    const { status } = await http.request({
      method: "POST",
      url: step.url,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(step.body),
      timeoutMs: sendTimeoutMs,
      maxBytes: answerMaxBytes,
      signal,
    });
    return status === 200 ? null : `Slack answered ${status}`;
  } catch (thrown) {
    return reasonOf(classifyThrown(thrown));
  }
}

/** Slack's own, or that of the proxy which stands for Slack. */
function isAnswerAddress(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin } = new URL(url);
  return origin === answersHost || origin === new URL(apiUrl).origin;
}

function reasonOf(delivery: ReturnType<typeof classifyThrown>): string {
  return "reason" in delivery ? delivery.reason : "Slack took it";
}
