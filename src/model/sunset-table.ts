/**
 * The table of announced ends of models that comes with Evenkeel: `fixtures/model-sunsets.json`. In: its text. Out: its
 * rows. Every row names the page it was read on and when; a vendor may move a date later.
 */
import { z } from "zod";
import type { ModelSunset } from "../domain/model-sunset.js";

const row = z.strictObject({
  vendor: z.string().min(1),
  platform: z.string().min(1).optional(),
  models: z.array(z.string().min(1)).min(1),
  deprecatedOn: z.iso.date().optional(),
  shutsDownOn: z.iso.date(),
  replacement: z.string().min(1).optional(),
  source: z.url(),
  readOn: z.iso.date(),
});

const file = z.strictObject({
  about: z.string(),
  platforms: z.array(z.string().min(1)),
  rows: z.array(row).min(1),
});

/** The rows of the table, and the platforms that keep dates of their own. */
export interface SunsetTable {
  readonly platforms: readonly string[];
  readonly rows: readonly ModelSunset[];
}

/** Reads the table; throws ZodError when it is no such table, which a test of the file rules out. */
export function parseSunsetTable(text: string): SunsetTable {
  const read = file.parse(JSON.parse(text));
  const rows = read.rows.map(({ models, vendor, platform, shutsDownOn, replacement }) => ({
    models,
    vendor,
    platform: platform ?? null,
    shutsDownOn,
    replacement: replacement ?? null,
  }));
  return { platforms: read.platforms, rows };
}
