import { createHash } from "node:crypto";
import type { Finding } from "../domain/finding.js";

/**
 * The identity of a problem within its automation: the same rule on the same metric or check is the same
 * problem, whatever the outputs say and however loud it is. The prefix lets the scheme change later.
 */
export function findingKey(finding: Pick<Finding, "rule" | "metric" | "check">): string {
  const subject = finding.metric ?? finding.check ?? "";
  return `v1:${createHash("sha256").update(`${finding.rule}\n${subject}`).digest("hex").slice(0, 32)}`;
}
