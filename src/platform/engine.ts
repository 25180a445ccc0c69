/**
 * Keeps the memory of a watch small: V8 is told what the process is doing. In: a phase, the way to set a flag. Out:
 * nothing; the flags of this process change. Never reads a flag.
 */
import { setFlagsFromString } from "node:v8";

/**
 * What the process does. `npm run bench:start` measures what this gives: V8's own way starts a little later, holds 130
 * MB at first, 95 when idle, and 200 for a minute once it has read back a history.
 */
export type EnginePhase = "loading" | "working" | "resting";

/** Every phase sets the same flags, so that none is left over from another. */
const flags: Readonly<Record<EnginePhase, readonly string[]>> = {
  // nearly all of this code runs once: compiling it to machine code takes time, and 8 MB that never come back
  loading: ["--optimize-for-size", "--no-opt", "--no-sparkplug"],
  // reading back a history takes half as long again in little memory
  working: ["--no-optimize-for-size", "--opt", "--sparkplug"],
  // up to 32 MB of room for young objects are given back
  resting: ["--optimize-for-size", "--opt", "--sparkplug"],
};

/** Tells V8 what comes; "loading" before anything large is imported. */
export function tuneEngine(phase: EnginePhase, setFlag: (flag: string) => void = setFlagsFromString): void {
  for (const flag of flags[phase]) setFlag(flag);
}
