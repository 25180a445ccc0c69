import { afterEach, expect, it } from "vitest";
import { z } from "zod";
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

const body = z.object({ type: z.string(), headline: z.string() });
const dayMinutes = 24 * 60;

it("a running watch reminds of a review once, whether it ran when the time came or not", async () => {
  const server = await startLoopback((_, response) => response.writeHead(204).end());
  hooks = server;
  const made = turnedDaemon({
    channels: [{ id: "hook", type: "webhook", url: `${server.url}/hook`, secret: { env: "HOOK" } }],
    governance: { who: "Jonas Feld" },
  });
  watch = made;
  const said = () =>
    server.requests
      .map((each) => body.parse(JSON.parse(each.body)).headline)
      .filter((headline) => headline.startsWith("Review"));
  await made.start();
  // Wednesday 18 November, six o'clock; the review of the register is due on 1 December
  await expect.poll(() => made.store().reviews.due("*")?.dueOn, { timeout: 20_000 }).toBe("2026-12-01");
  expect(said()).toEqual([]);
  await made.stop();
  made.pass(13 * dayMinutes + 4 * 60);
  await made.start();
  await expect.poll(() => said().length, { timeout: 20_000 }).toBe(1);
  expect(said()).toEqual(["Review of The whole register: due today; never reviewed yet"]);
  await made.stop();
  made.pass(60);
  await made.start();
  made.pass(60);
  await made.settled();
  expect(said()).toHaveLength(1);
}, 60_000);
