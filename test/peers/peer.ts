import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A program that runs while a test needs it. */
export interface Peer {
  stop(): Promise<void>;
}

/** How long a program may take until it listens. */
const startsWithinMs = 60_000;

/** The folder of the peers' own packages. */
export const peersFolder = fileURLToPath(new URL(".", import.meta.url));

/** Path of a program that test/peers installs. */
export function ownProgram(name: string): string {
  return `${peersFolder}node_modules/.bin/${name}`;
}

/** Path of a program of the system; null, said plainly, where it is not installed. */
export function systemProgram(name: string, debianPackage: string): string | null {
  const found = ["/usr/sbin", "/usr/bin", "/usr/local/bin"]
    .map((folder) => `${folder}/${name}`)
    .find(existsSync);
  if (found === undefined)
    console.warn(`${name} is missing, its tests are skipped: apt-get install ${debianPackage}`);
  return found ?? null;
}

/** Starts a program and waits until something listens on the port. */
export async function startPeer(program: string, argv: readonly string[], port: number): Promise<Peer> {
  const child = spawn(program, argv, { cwd: peersFolder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = `${said}${text}`.slice(-4_000);
    });
  }
  const deadline = Date.now() + startsWithinMs;
  while (!(await listens(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`${program} did not start: ${said}`);
    await pause(50);
  }
  return { stop: () => stopped(child) };
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** A port nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
