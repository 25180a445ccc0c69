import { existsSync } from "node:fs";
import { commandPath } from "./daemon-process.js";

/** The faults happen to real processes: without a build there is nothing to start. */
export function setup(): void {
  if (!existsSync(commandPath)) throw new Error("nothing is built; run npm run build first");
}
