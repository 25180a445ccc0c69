import { createHmac } from "node:crypto";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { afterEach, expect, it } from "vitest";
import { evenkeel } from "../cli/fake-terminal.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { turnedDaemon } from "./turned-daemon.js";

let watch: ReturnType<typeof turnedDaemon> | null = null;
let hooks: Loopback | null = null;
afterEach(async () => {
  await watch?.stop();
  watch?.remove();
  await hooks?.close();
  watch = null;
  hooks = null;
});

/** The form that the command line prints, for whoever writes a receiver. */
async function printedForm() {
  const { out, exitCode } = await evenkeel(["schema", "--webhook"]);
  expect(exitCode).toBe(0);
  const ajv = new Ajv({ strict: true, allErrors: true });
  formats.default(ajv);
  return ajv.compile(JSON.parse(out));
}

it("a running watch gives a webhook notice that it was away: signed, in the form that is printed, once", async () => {
  const server = await startLoopback((_, response) => response.writeHead(204).end());
  hooks = server;
  const made = turnedDaemon({
    channels: [{ id: "hook", type: "webhook", url: `${server.url}/hook`, secret: { env: "HOOK" } }],
  });
  watch = made;
  await made.start();
  await made.settled();
  expect(server.requests).toHaveLength(0);
  await made.stop();
  made.pass(60);
  await made.start();
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(1);
  await made.settled();
  const [request] = server.requests;
  if (request === undefined) throw new Error("nothing was sent");
  const { headers, body } = request;
  const timestamp = Number(headers["x-evenkeel-timestamp"]);
  // Wednesday 18 November 2026, seven o'clock by the daemon's clock
  expect(Math.abs(timestamp - Date.UTC(2026, 10, 18, 7) / 1_000)).toBeLessThan(60);
  const signed = (secret: string, text: string) =>
    `v1=${createHmac("sha256", secret).update(`v1:${timestamp}:${text}`).digest("hex")}`;
  expect(headers["x-evenkeel-signature"]).toBe(signed("shared-secret-of-the-hook", body));
  expect(headers["x-evenkeel-signature"]).not.toBe(signed("shared-secret-of-the-hook", `${body} `));
  expect(headers["x-evenkeel-signature"]).not.toBe(signed("another-secret", body));
  const told = JSON.parse(body);
  expect(told).toMatchObject({
    version: 1,
    type: "notice",
    id: headers["x-evenkeel-delivery"],
    incident: null,
    headline: expect.stringMatching(/^The watch was not running for (60 min|1 h)$/),
  });
  const valid = await printedForm();
  expect(valid(told) ? null : valid.errors).toBeNull();
  expect(valid({ ...told, type: "a-notice" })).toBe(false);
  await made.stop();
  made.pass(1);
  await made.start();
  await made.settled();
  expect(server.requests).toHaveLength(1);
}, 60_000);
