import type { Json } from "./json.js";

/** A known input with its known-good answer. */
export interface GoldenCase {
  readonly id: string;
  readonly input: Json;
  readonly expected: Json;
  readonly tags: readonly string[];
  readonly owner: string | null;
  /** Local date after which someone should look whether the answer still holds. */
  readonly reviewBy: string | null;
}
