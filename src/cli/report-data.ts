import { z } from "zod";
import { type Report, reportEndings } from "../domain/report.js";
import { isoOf } from "./incident-data.js";

/** A report, from this process or, as JSON, from the daemon. */
export const reportShape = z.object({
  id: z.int(),
  automation: z.string(),
  subject: z.string(),
  what: z.string(),
  who: z.string(),
  way: z.enum(["command", "api", "page", "link"]),
  output: z.string().nullable(),
  link: z.string().nullable(),
  urgent: z.boolean(),
  seenAt: z.number(),
  reportedAt: z.number(),
  settled: z
    .object({
      as: z.enum(reportEndings),
      by: z.string(),
      why: z.string(),
      at: z.number(),
      wentTo: z.int().nullable(),
    })
    .nullable(),
});

/** A report as `--json` shows it: instants in ISO 8601. */
export function reportData({ subject: _subject, settled, ...report }: Report): object {
  return {
    ...report,
    seenAt: isoOf(report.seenAt),
    reportedAt: isoOf(report.reportedAt),
    settled: settled === null ? null : { ...settled, at: isoOf(settled.at) },
  };
}
