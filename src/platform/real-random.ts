import { randomBytes } from "node:crypto";
import type { Random } from "../domain/ports.js";

/** The machine's own chance: fast numbers for jitter, unpredictable bytes for tokens. */
export const realRandom: Random = {
  next: () => Math.random(),
  hex: (bytes) => randomBytes(bytes).toString("hex"),
};
