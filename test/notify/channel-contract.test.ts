import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ConfigError } from "../../src/domain/errors.js";
import { isJsonObject } from "../../src/domain/json.js";
import type { Channel, Delivery } from "../../src/notify/channel-type.js";
import { channelTypes, prepareChannel } from "../../src/notify/settings.js";
import { startLoopback } from "../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "./channel-fixtures.js";
import { startSmtp } from "./smtp-stub.js";
import { messageNamed } from "./stories.js";

/** What the receiver does. */
const behaviours = ["accept", "hang", "refuse", "busy", "garbage", "closed"] as const;
type Behaviour = (typeof behaviours)[number];

interface Harness {
  readonly type: string;
  /** What a receiver of this channel can do. */
  readonly knows: readonly Behaviour[];
  /** What it makes of the wish of a busy receiver, which asks for 30 s; null: such a receiver has no way to ask. */
  readonly busyAfterMs: number | null;
  /** A channel whose receiver behaves so. */
  readonly start: (behaviour: Behaviour) => Promise<Channel>;
}

/** What any of our channels may make of it. */
const allowed: Readonly<Record<Behaviour, readonly Delivery["status"][]>> = {
  accept: ["sent"],
  hang: ["ambiguous", "retry"],
  refuse: ["refused"],
  busy: ["retry"],
  garbage: ["ambiguous", "retry"],
  closed: ["retry"],
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanups.splice(0)) await close();
});

/** Only a receiver that hangs is waited for in vain; the others may be slow on a busy machine. */
const patienceFor = (behaviour: Behaviour) => (behaviour === "hang" ? 300 : 10_000);

async function httpReceiver(behaviour: Behaviour, accepted: string): Promise<string> {
  if (behaviour === "garbage") return rawReceiver("this is no HTTP\r\n\r\n");
  const server = await startLoopback((_, response) => {
    if (behaviour === "hang") return;
    if (behaviour === "busy") response.writeHead(429, { "retry-after": "30" }).end();
    else if (behaviour === "refuse") response.writeHead(403).end("no");
    else response.writeHead(200, { "content-type": "application/json" }).end(accepted);
  });
  cleanups.push(server.close);
  if (behaviour === "closed") await server.close();
  return server.url;
}

async function rawReceiver(answer: string): Promise<string> {
  const server = createServer((socket) => socket.on("error", () => {}).on("data", () => socket.end(answer)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

const harnesses: readonly Harness[] = [
  {
    type: "console",
    knows: ["accept", "refuse"],
    busyAfterMs: null,
    start: async (behaviour) => {
      if (behaviour === "accept") return prepareChannel(settings.console, ports());
      const write = () => {
        throw new Error("the terminal is gone");
      };
      return prepareChannel(settings.console, ports({ write }));
    },
  },
  {
    type: "slack",
    knows: behaviours,
    busyAfterMs: 30_000,
    start: async (behaviour) => {
      const url = await httpReceiver(behaviour, '{"ok":true,"channel":"C0AIOPS","ts":"1795068123.000100"}');
      return prepareChannel(
        { ...settings.slack, apiUrl: `${url}/api/` },
        ports({ http: impatient(patienceFor(behaviour)) }),
      );
    },
  },
  {
    type: "webhook",
    knows: behaviours,
    busyAfterMs: 30_000,
    start: async (behaviour) => {
      const url = await httpReceiver(behaviour, "thanks");
      return prepareChannel({ ...settings.webhook, url }, ports({ http: impatient(patienceFor(behaviour)) }));
    },
  },
  {
    type: "pagerduty",
    knows: behaviours,
    busyAfterMs: 30_000,
    start: async (behaviour) => {
      const url = await httpReceiver(behaviour, '{"status":"success","dedup_key":"evenkeel"}');
      return prepareChannel(
        { ...settings.pagerduty, url },
        ports({ http: impatient(patienceFor(behaviour)) }),
      );
    },
  },
  {
    type: "teams",
    knows: behaviours,
    busyAfterMs: 30_000,
    start: async (behaviour) => {
      const url = `${await httpReceiver(behaviour, "")}/secret-of-TEAMS_URL`;
      return prepareChannel(
        settings.teams,
        ports({ http: impatient(patienceFor(behaviour)), secret: () => url }),
      );
    },
  },
  {
    type: "ntfy",
    knows: behaviours,
    busyAfterMs: 30_000,
    start: async (behaviour) => {
      const server = await httpReceiver(behaviour, '{"id":"hwQ2YpKdmg","event":"message"}');
      return prepareChannel({ ...settings.ntfy, server }, ports({ http: impatient(patienceFor(behaviour)) }));
    },
  },
  {
    type: "email",
    knows: behaviours,
    busyAfterMs: null,
    start: async (behaviour) => {
      const scripts = {
        accept: {},
        hang: { end: null },
        refuse: { rcpt: () => "550 5.1.1 no such user" },
        busy: { rcpt: () => "451 4.7.1 greylisted, come back" },
        garbage: { greeting: "hello there" },
        closed: {},
      };
      const server = await startSmtp(scripts[behaviour]);
      cleanups.push(server.close);
      if (behaviour === "closed") await server.close();
      const smtp = {
        ...settings.email,
        host: "127.0.0.1",
        port: server.port,
        security: "none",
        timeoutMs: patienceFor(behaviour),
      };
      return prepareChannel(smtp, ports());
    },
  },
];

it("covers every channel type", () => {
  expect(harnesses.map(({ type }) => type).toSorted()).toEqual([...channelTypes.keys()].toSorted());
});

const knowing = (behaviour: Behaviour) => harnesses.filter(({ knows }) => knows.includes(behaviour));

it.each(harnesses.flatMap((harness) => harness.knows.map((behaviour) => ({ ...harness, behaviour }))))(
  "a $type channel tells a receiver that would $behaviour",
  async ({ start, behaviour }) => {
    const channel = await start(behaviour);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(allowed[behaviour]).toContain(delivery.status);
    expect("reason" in delivery ? delivery.reason : "sent").not.toBe("");
  },
);

it.each(knowing("busy"))(
  "a $type channel obeys the wish of a receiver that is busy, where it has one",
  async (harness) => {
    const channel = await harness.start("busy");
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery).toMatchObject({ status: "retry", afterMs: harness.busyAfterMs });
  },
);

it.each(knowing("hang"))("a $type channel stops at once when it is told to", async ({ start }) => {
  const channel = await start("hang");
  const stop = new AbortController();
  const sending = channel.send(
    channel.render(messageNamed("opened-drift")),
    firstTry({ signal: stop.signal }),
  );
  stop.abort(new Error("the daemon stops"));
  expect(allowed.hang).toContain((await sending).status);
});

describe("a secret that is missing", () => {
  const missing = () => {
    throw new ConfigError("secret-missing", "secret file token: cannot be read", { retryable: true });
  };
  const holding = {
    slack: settings.slack,
    webhook: settings.webhook,
    pagerduty: settings.pagerduty,
    teams: settings.teams,
    ntfy: settings.ntfy,
    email: { ...settings.email, login: { user: "evenkeel", password: { file: "token" } } },
  };

  const waits = { status: "retry", reason: "secret file token: cannot be read", afterMs: null };

  it("may be missing from every channel type but the terminal", () => {
    const without = [...channelTypes.keys()].filter((type) => !Object.keys(holding).includes(type));
    expect(without).toEqual(["console"]);
  });

  it.each(Object.values(holding))("is waited for by a $type channel, for it may come back", async (given) => {
    const channel = prepareChannel(given, ports({ secret: missing }));
    const payload = channel.render(messageNamed("opened-drift"));
    expect(await channel.send(payload, firstTry())).toEqual(waits);
  });

  it("is waited for where a message is looked up", async () => {
    const { render, reconcile } = prepareChannel(settings.slack, ports({ secret: missing }));
    expect(await reconcile?.(render(messageNamed("opened-drift")), firstTry())).toEqual(waits);
  });
});

describe.each(harnesses)("a $type channel", ({ start, knows }) => {
  it("renders the same payload from the same message, and one that survives storage", async () => {
    const channel = await start("accept");
    const message = messageNamed("hostile");
    const payload = channel.render(message);
    expect(channel.render(message)).toEqual(payload);
    expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
    expect(isJsonObject(payload)).toBe(true);
  });

  it("refuses a stored payload that is not its own, without throwing", async () => {
    const channel = await start("accept");
    const delivery = await channel.send({ nonsense: true }, firstTry());
    expect(delivery.status).toBe("refused");
  });

  it("never puts a secret into a payload or a reason", async () => {
    for (const behaviour of knows) {
      const channel = await start(behaviour);
      const payload = channel.render(messageNamed("opened-drift"));
      const delivery = await channel.send(payload, firstTry());
      expect(JSON.stringify([payload, delivery])).not.toContain("secret-of-");
    }
  });
});
