import type { Json } from "./json.js";

/** Cases that one golden set may hold. */
export const mostGoldenCases = 10_000;

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
