import { createHash } from "node:crypto";
import { findingKey } from "../incident/finding-key.js";
import { foldText } from "../text/fold.js";

/**
 * What reports have to share to be one finding: the output they name or, where they name none, their words whatever
 * their case and spacing. A hash: what a person wrote stands in no key.
 */
export function subjectOf({ output, what }: { output: string | null; what: string }): string {
  const said =
    output === null
      ? `words\n${foldText(what)
          .replace(/[^\p{L}\p{N}]+/gu, " ")
          .trim()}`
      : `output\n${output}`;
  return `report:${createHash("sha256").update(said).digest("hex").slice(0, 24)}`;
}

/** The identity of the finding that reports about one thing make. */
export function reportKey(subject: string): string {
  return findingKey({ rule: "report", metric: subject, check: null });
}
