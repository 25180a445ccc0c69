import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** A Slack that opens WebSockets (RFC 6455), as far as Socket Mode needs one: hello, envelopes, pings, closing. */
export async function startSocketSlack(
  options: { readonly refuse?: () => string | null; readonly hello?: boolean } = {},
) {
  const sockets = new Set<Socket>();
  const acknowledged: { envelope_id: string; payload: unknown }[] = [];
  const answers: { url: string; body: string; token: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      answers.push({ url: request.url ?? "", body, token: request.headers.authorization ?? "" });
      const error = options.refuse?.() ?? null;
      const answer =
        error === null ? { ok: true, url: `ws://127.0.0.1:${portOf(server)}/link` } : { ok: false, error };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
    const key = request.headers["sec-websocket-key"] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      for (const { opcode, data } of framesIn(bytes)) {
        if (opcode === 9) socket.write(frame(10, data));
        if (opcode === 8) socket.end(frame(8, data));
        if (opcode === 1) acknowledged.push(JSON.parse(data.toString("utf8")));
      }
    });
    if (options.hello ?? true) send(socket, { type: "hello", num_connections: 1 });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sendAll = (message: object) => {
    for (const socket of sockets) send(socket, message);
  };
  return {
    apiUrl: `http://127.0.0.1:${portOf(server)}/api/`,
    answers,
    acknowledged,
    opened: () => answers.filter(({ url }) => url.endsWith("apps.connections.open")).length,
    connected: () => sockets.size,
    press: (envelope_id: string, payload: object) =>
      sendAll({ type: "interactive", envelope_id, payload, accepts_response_payload: true }),
    /** Slack renews a connection. */
    renew: () => sendAll({ type: "disconnect", reason: "refresh_requested" }),
    /** The network breaks. */
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return address === null || typeof address === "string" ? 0 : address.port;
}

function send(socket: Socket, message: object): void {
  socket.write(frame(1, Buffer.from(JSON.stringify(message))));
}

/** An unmasked frame of less than 64 KiB. */
function frame(opcode: number, data: Buffer): Buffer {
  const head =
    data.length < 126
      ? Buffer.from([0x80 | opcode, data.length])
      : Buffer.from([0x80 | opcode, 126, data.length >> 8, data.length & 255]);
  return Buffer.concat([head, data]);
}

/** The masked frames of one read, each of less than 64 KiB. */
function framesIn(bytes: Buffer): { opcode: number; data: Buffer }[] {
  const frames: { opcode: number; data: Buffer }[] = [];
  for (let at = 0; at + 6 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 15;
    const short = (bytes[at + 1] ?? 0) & 127;
    const size = short < 126 ? short : bytes.readUInt16BE(at + 2);
    const mask = at + (short < 126 ? 2 : 4);
    const data = Buffer.from(bytes.subarray(mask + 4, mask + 4 + size));
    for (const [index, byte] of data.entries()) data[index] = byte ^ (bytes[mask + (index % 4)] ?? 0);
    frames.push({ opcode, data });
    at = mask + 4 + size;
  }
  return frames;
}
