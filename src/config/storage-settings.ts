import { z } from "zod";
import { dayMs } from "../domain/time.js";
import { parseDuration } from "../text/duration.js";
import { durationSetting } from "../text/setting-types.js";

const ageSetting = durationSetting.refine(
  (text) => {
    const ms = parseDuration(text);
    return ms === null || ms >= dayMs;
  },
  { message: "expected at least 1d" },
);

const bodies = ageSetting.describe(
  "How long the texts of outputs are kept; what they were judged is kept longer",
);
const verdicts = ageSetting.describe("How long outputs are kept with what they were judged, without text");

/** How long an automation's outputs are kept. */
export const ownRetentionSettings = z
  .strictObject({ bodies: bodies.optional(), verdicts: verdicts.optional() })
  .default({})
  .describe("How long its outputs are kept. Default: as for all");

/** The database: how it is backed up, how long what stays in it. */
export const storageSettings = {
  backup: z
    .strictObject({
      at: z
        .string()
        .regex(/^(?:([01]\d|2[0-3]):[0-5]\d|never)$/, 'expected a time such as "03:30", or "never"')
        .default("03:30")
        .describe('When a backup is made each night, or "never"'),
      keepDaily: z.int().min(1).max(400).default(7).describe("Backups kept, one of each of the last days"),
      keepWeekly: z.int().min(0).max(520).default(4).describe("Backups kept, one of each of the last weeks"),
      folder: z
        .string()
        .min(1)
        .optional()
        .describe('Where they are kept. Default: "backups" in the data folder'),
    })
    .default({ at: "03:30", keepDaily: 7, keepWeekly: 4 })
    .describe("Copies of the database, made while it is in use and checked"),
  retention: z
    .strictObject({
      bodies: bodies.default("100d"),
      verdicts: verdicts.default("400d"),
      messages: ageSetting.default("90d").describe("How long the texts of messages are kept"),
    })
    .default({ bodies: "100d", verdicts: "400d", messages: "90d" })
    .describe("How long what is kept; counts, findings, incidents and decisions stay"),
  allowNetworkDisk: z
    .boolean()
    .default(false)
    .describe(
      "Lets the data folder lie on a network or FUSE file system, where locks may not hold and the database can be damaged",
    ),
};
