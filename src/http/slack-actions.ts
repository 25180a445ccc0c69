/**
 * `POST /v1/slack/actions`: presses of buttons in Slack, where its app has an interactivity request URL.
 * In: a form whose field `payload` is JSON, signed by Slack over the raw body. Out: 200 at once, with what Slack is to
 * show; what takes longer is sent afterwards. 401 for anybody else, 409 for a request that was taken before, 413, 429.
 */
import { createHash } from "node:crypto";
import { Hono } from "hono";
import { followPress } from "../flow/follow-press.js";
import { takePress } from "../flow/take-press.js";
import { isFresh } from "../notify/slack-signature.js";
import { parseJson } from "../text/parse-json.js";
import type { AppPorts } from "./app-ports.js";
import { createRateLimit } from "./rate-limit.js";
import { readBody } from "./read-body.js";

/** A press brings its message along: 9,000 characters, each of them eight bytes where Slack encodes it twice. */
const pressLimit = 128 * 1024;

const notSlacks =
  "the signature does not match, or is more than 5 minutes old; see signingSecret and this computer's clock";

/** The route of presses. */
export function slackActionRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  const waitFor = createRateLimit(ports.ground().clock);
  const noted = new Set<string>();
  const noteOnce = (channel: string, reason: string): void => {
    if (noted.has(`${channel} ${reason}`)) return;
    noted.add(`${channel} ${reason}`);
    ports.ground().logger.error("a press in Slack could not be proven", { channel, reason });
  };
  app.post("/v1/slack/actions", async (context) => {
    const refuse = (status: 400 | 401 | 404 | 409 | 413 | 429, error: string, message: string) =>
      context.json({ error, message }, status);
    const ground = ports.ground();
    const proving = ground.register.channels.flatMap(({ id, channel: { interaction } }) =>
      interaction?.verify == null ? [] : [{ id, interaction, verify: interaction.verify }],
    );
    if (proving.length === 0)
      return refuse(404, "not-heard", "no Slack channel of the configuration has a signingSecret");
    const signature = context.req.header("x-slack-signature") ?? "";
    const timestamp = context.req.header("x-slack-request-timestamp") ?? "";
    if (!isFresh(timestamp, ground.clock.now())) return refuse(401, "unauthorized", notSlacks);
    const body = await readBody(context.req.raw, pressLimit);
    if (!body.ok) return refuse(body.status, "body", body.reason);
    const sender = proving.find(({ id, verify }) => {
      const { holds, faults } = verify({ timestamp, signature, body: body.bytes });
      for (const reason of faults) noteOnce(id, reason);
      return holds;
    });
    // whoever cannot sign cannot use up Slack's share
    const wait = waitFor(sender === undefined ? "unproven" : "slack");
    if (wait > 0) {
      context.header("Retry-After", String(wait));
      return refuse(429, "too-many", `too many requests; try again in ${wait} s`);
    }
    if (sender === undefined) return refuse(401, "unauthorized", notSlacks);
    const id = createHash("sha256").update(signature).digest("hex");
    const isNew = ground.store.transaction(() => ground.store.requests.note(id, ground.clock.now()));
    if (!isNew) return refuse(409, "repeated", "this request was taken before; nothing was done again");
    const payload = parseJson(new URLSearchParams(body.bytes.toString("utf8")).get("payload") ?? "");
    if (!payload.ok) return refuse(400, "body", `the field payload ${payload.reason}`);
    const taken = takePress(ground, payload.value);
    if (taken.done) ports.wake();
    void followPress(ground, sender.interaction, taken, ports.signal);
    return context.json(taken.answer);
  });
  return app;
}
