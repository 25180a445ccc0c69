import { afterEach, describe, expect, it } from "vitest";
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

const body = z.object({
  type: z.string(),
  mention: z.string().nullable(),
  news: z.object({ line: z.string(), details: z.array(z.string()) }).nullable(),
});

/** A daemon that tells a webhook; what was said of the incident so far, and to whom. */
async function told() {
  const server = await startLoopback((_, response) => response.writeHead(204).end());
  hooks = server;
  const made = turnedDaemon({
    channels: [{ id: "hook", type: "webhook", url: `${server.url}/hook`, secret: { env: "HOOK" } }],
  });
  watch = made;
  await made.start();
  await made.open();
  await made.settled();
  const messages = () => server.requests.map((each) => body.parse(JSON.parse(each.body)));
  const ofIncident = () => messages().filter(({ type }) => type.startsWith("incident."));
  return {
    ...made,
    last: () => ofIncident().at(-1),
    said: () => ofIncident().map(({ type, mention }) => `${type} ${mention}`),
    /** Stopped, the store file closed; started again so many minutes later. */
    restartAfter: async (minutes: number) => {
      await made.stop();
      made.pass(minutes);
      await made.start();
    },
  };
}

const opened = "incident.opened Priya Raman";
const deputy = "incident.escalated Jonas Feld";
const owner = "incident.escalated Marta Quill";
const aiOwner = "incident.escalated Ines Calder";
const soon = { timeout: 20_000 };

describe("an incident that nobody acknowledges, while the watch is restarted again and again", () => {
  it("goes to the deputy, the owner, then the AI owner, each when it is due and once", async () => {
    const { said, last, pass, restartAfter, settled, store } = await told();
    expect(said()).toEqual([opened]);
    const expected = [opened];
    for (const next of [deputy, owner, aiOwner]) {
      await restartAfter(58);
      await settled();
      // two minutes are left: a restart calls nobody
      expect(said()).toEqual(expected);
      pass(2);
      expected.push(next);
      await expect.poll(said, soon).toEqual(expected);
      expect(JSON.stringify(last()?.news)).not.toContain("late");
    }
    await restartAfter(120);
    await settled();
    // nobody is left to be called
    expect(said()).toEqual(expected);
    const events = store().incidents.moves(1);
    expect(events.map(({ event }) => event)).toEqual(["open", "escalate", "escalate", "escalate"]);
    expect(store().incidents.get(1)).toMatchObject({ status: "open", escalations: 3 });
  }, 90_000);

  it("goes to the highest that is due after a downtime, marked late, and on from there", async () => {
    const { said, last, restartAfter, pass, settled, store } = await told();
    // due at 60 minutes the deputy, at 120 the owner
    await restartAfter(150);
    await expect.poll(said, soon).toEqual([opened, owner]);
    await settled();
    expect(last()?.news).toMatchObject({
      line: "Incident 1 is yours now: nobody acknowledged by 07:00",
      details: [
        "Told before you: Priya Raman and Jonas Feld.",
        "This comes 30 min late: Evenkeel was not running when it was due.",
      ],
    });
    expect(store().incidents.moves(1).at(-1)).toMatchObject({
      event: "escalate",
      why: "Priya Raman, Jonas Feld did not acknowledge in time; it is now with Marta Quill; said 30 min late",
    });
    await restartAfter(30);
    await settled();
    expect(said()).toEqual([opened, owner]);
    pass(31);
    await expect.poll(said, soon).toEqual([opened, owner, aiOwner]);
  }, 90_000);
});
