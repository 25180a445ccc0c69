import type { AlarmLevels } from "../flow/alarm-levels.js";
import type { Ground } from "../flow/ground.js";

/** What the face needs; `ground` and `levels` change when the configuration is reloaded. */
export interface AppPorts {
  readonly ground: () => Ground;
  readonly levels: () => AlarmLevels;
  /** Proves that an order comes from someone who can read the data folder. */
  readonly adminToken: string;
  /** Host names it answers to, beside loopback. */
  readonly hosts: () => readonly string[];
  /** True once every history has been read. */
  readonly ready: () => boolean;
  readonly signal: AbortSignal;
  /** Called when something is owed or due at once. */
  readonly wake: () => void;
}
