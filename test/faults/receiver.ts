import { createServer, type ServerResponse } from "node:http";

/** One request that reached the receiver. */
export interface Received {
  readonly delivery: string;
  readonly key: string;
  readonly attempt: number;
  readonly body: string;
  /** When the request had come whole, on the clock of `performance.now`. */
  readonly at: number;
  /** Answers it; until then the sender waits. */
  readonly answer: (status: number) => void;
}

/** A receiver of webhooks that counts, and answers at once or when told. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** From now on: a status answers at once, null leaves the sender waiting. */
  readonly behave: (status: number | null) => void;
  readonly close: () => Promise<void>;
}

/** Starts one on a free loopback port; it answers 200 at once. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status: number | null = 200;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const header = (name: string) => String(request.headers[name] ?? "");
      received.push({
        delivery: header("x-evenkeel-delivery"),
        key: header("idempotency-key"),
        attempt: Number(header("x-evenkeel-attempt")),
        body,
        at: performance.now(),
        answer: (given) => end(response, given),
      });
      if (status !== null) end(response, status);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    behave: (next) => {
      status = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number): void {
  if (!response.writableEnded) response.writeHead(status).end();
}
