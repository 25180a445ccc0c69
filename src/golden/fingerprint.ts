import { createHash } from "node:crypto";
import type { GoldenCase } from "../domain/golden-case.js";
import { canonicalJson } from "../text/json-value.js";

/** The same for the same question with the same known answer; another one once either was edited. */
export function fingerprintOf({ input, expected }: Pick<GoldenCase, "input" | "expected">): string {
  return createHash("sha256")
    .update(canonicalJson([input, expected]))
    .digest("hex")
    .slice(0, 16);
}
