import { afterEach, describe, expect, it } from "vitest";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Each channel whose receiver speaks HTTP, as a configuration names it. */
const channels = {
  pagerduty: (url: string) => ({ routingKey: { env: "KEY" }, url: `${url}/v2/enqueue` }),
  teams: () => ({ url: { env: "TEAMS_URL" } }),
  ntfy: (url: string) => ({ topic: "harbour-7f3k", server: url, token: { env: "KEY" } }),
};

describe("evenkeel doctor --send-test", () => {
  it.each(Object.entries(channels))("reaches %s and says so", async (type, settingsAt) => {
    server = await startLoopback((_, response) => response.writeHead(202).end("{}"));
    const { url } = server;
    company.found((config) => ({
      ...config,
      network: { allowPrivate: ["127.0.0.0/8"] },
      channels: [{ id: "new-one", type, ...settingsAt(url) }],
    }));
    const environment = { KEY: "a key of this test", TEAMS_URL: `${url}/workflows/1` };
    const { out, exitCode } = await evenkeel(["doctor", "--send-test"], { environment });
    expect(out).toBe("The test message was delivered.\n\n= new-one  delivered\n\nNext  evenkeel doctor\n");
    expect(exitCode).toBe(0);
    expect(server.requests.map(({ body }) => body).join("\n")).toMatch(/nothing is wrong/i);
  });
});
