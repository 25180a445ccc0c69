import type { AlarmLevels } from "../flow/alarm-levels.js";
import type { Ground } from "../flow/ground.js";
import type { Lag } from "../flow/keep-time.js";

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
  /** How late the process comes to what is due. */
  readonly lag: () => Lag;
  readonly signal: AbortSignal;
  /** Called when something is owed or due at once. */
  readonly wake: () => void;
}
