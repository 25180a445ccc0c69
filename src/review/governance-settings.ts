/** The monthly review of the whole register, and days on which something changes with a vendor, as settings. Pure. */
import { z } from "zod";
import { type Governance, type VendorDate, vendorDateKinds } from "../domain/review.js";
import { usualSensitiveWords } from "./sensitive-data.js";

const words = z.string().trim().min(1);

/** Who makes the monthly review, and when. */
const governanceSettings = z.strictObject({
  who: words.optional().describe("A person's name. Default: the AI owner"),
  day: z
    .union([z.int().min(1).max(28), z.enum(["first-working-day", "never"])])
    .default("first-working-day")
    .describe(
      "Day of the month, the next working day of whoever makes it; never: none is due, evenkeel review --governance shows it all the same",
    ),
  sensitiveData: z
    .array(words.max(100))
    .max(200)
    .default([...usualSensitiveWords])
    .describe(
      "Words that tell sensitive data by the names in dataClasses: an entry that sees some and is not approved is told in that review. A list of yours replaces this one; [] for none",
    ),
});

/** A day on which something changes with a vendor or tool. */
const vendorDateSettings = z
  .strictObject({
    vendor: words.optional().describe("Who sells it, as entries name it; this or a tool is needed"),
    tool: words.optional().describe("Where it runs, as entries name it"),
    kind: z.enum(vendorDateKinds).describe("What changes on that day"),
    date: z.iso.date('is no date, expected year-month-day, such as "2026-12-25"').describe("The day"),
    note: words.optional().describe("What changes, or what is to be decided by then"),
  })
  .refine(({ vendor, tool }) => vendor !== undefined || tool !== undefined, {
    path: ["vendor"],
    error: "missing, expected a vendor or a tool",
  });

/** What the configuration says of reviews as a whole. */
export const reviewSettings = {
  governance: governanceSettings
    .default({ day: "first-working-day", sensitiveData: [...usualSensitiveWords] })
    .describe("The monthly review of the whole register"),
  vendorDates: z
    .array(vendorDateSettings)
    .default([])
    .describe(
      "Days on which a vendor's terms, price, licence or contract change: shown in that review, and told to the AI owner a month ahead, on the day and a week after",
    ),
};

/** The monthly review of a configuration. */
export function createGovernance(
  { who, day, sensitiveData }: z.infer<typeof governanceSettings>,
  aiOwner: string,
): Governance {
  return { who: who ?? aiOwner, day, sensitiveData };
}

/** Such a day of a configuration. */
export function createVendorDate(settings: z.infer<typeof vendorDateSettings>): VendorDate {
  const { vendor = null, tool = null, kind, date, note = null } = settings;
  return { vendor, tool, kind, date, note };
}
