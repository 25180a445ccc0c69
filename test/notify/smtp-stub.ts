import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** What a server answers, by the first word of the command; `null`: nothing, `"cut"`: hangs up. */
export interface SmtpScript {
  readonly greeting?: string | null | "cut";
  readonly ehlo?: string;
  readonly auth?: string;
  /** Asked for each recipient. */
  readonly rcpt?: (address: string) => string;
  readonly data?: string | "cut";
  /** After the message. */
  readonly end?: string | null | "cut";
  /** TLS from the start, with this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A message as the server took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A scripted SMTP server on a free loopback port. */
export interface SmtpStub {
  readonly port: number;
  readonly taken: TakenMail[];
  readonly commands: string[];
  close(): Promise<void>;
}

/** Starts the server; without a script it takes everything. */
export async function startSmtp(script: SmtpScript = {}): Promise<SmtpStub> {
  const taken: TakenMail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const listen = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    serve(socket, script, taken, commands);
  };
  const server: Server =
    script.tls === undefined
      ? createServer(listen)
      : createTlsServer(script.tls, listen).on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    taken,
    commands,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function serve(socket: Socket, script: SmtpScript, taken: TakenMail[], commands: string[]): void {
  const answer = (reply: string | null) => {
    if (reply === "cut") socket.destroy();
    else if (reply !== null) socket.write(`${reply}\r\n`);
  };
  let mail = { from: "", to: [] as string[] };
  let body: string | null = null;
  let rest = "";
  answer(script.greeting === undefined ? "220 stub.example.com ESMTP" : script.greeting);
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (body !== null && line !== ".") {
        body += `${line}\r\n`;
        continue;
      }
      if (body !== null) {
        const reply = script.end === undefined ? "250 2.0.0 taken" : script.end;
        if (reply === null || reply === "cut" || reply.startsWith("2")) taken.push({ ...mail, raw: body });
        body = null;
        mail = { from: "", to: [] };
        answer(reply);
        continue;
      }
      commands.push(line);
      const word = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
      const address = /<(.*)>/.exec(line)?.[1] ?? "";
      if (word === "EHLO") answer(script.ehlo ?? "250-stub.example.com\r\n250 8BITMIME");
      else if (word === "STARTTLS") answer("502 5.5.1 not here");
      else if (word === "AUTH") answer(script.auth ?? "235 2.7.0 welcome");
      else if (word === "MAIL") {
        mail.from = address;
        answer("250 2.1.0 ok");
      } else if (word === "RCPT") {
        const reply = script.rcpt?.(address) ?? "250 2.1.5 ok";
        if (reply.startsWith("2")) mail.to.push(address);
        answer(reply);
      } else if (word === "DATA") {
        const reply = script.data ?? "354 go on";
        if (reply.startsWith("354")) body = "";
        answer(reply);
      } else if (word === "QUIT") {
        answer("221 bye");
        socket.end();
      } else answer("250 ok");
    }
  });
}
