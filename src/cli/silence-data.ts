import { z } from "zod";
import type { Silence } from "../domain/silence.js";
import { isoOf } from "./incident-data.js";

const texts = z.array(z.string());

/** A silence, from this process or, as JSON, from the daemon. */
export const silenceReport = z.object({
  id: z.number(),
  createdAt: z.number(),
  startsAt: z.number(),
  endsAt: z.number(),
  why: z.string(),
  owner: z.string(),
  recurring: z.string().nullable(),
  endedBy: z.string().nullable(),
  match: z.object({
    incidents: z.array(z.number()),
    automations: texts,
    vendors: texts,
    dependsOn: texts,
    processes: texts,
    checks: texts,
    kinds: texts,
  }),
});

/** A silence as `--json` shows it: instants in ISO 8601. */
export function silenceData(silence: Silence): object {
  const { createdAt, startsAt, endsAt } = silence;
  return { ...silence, createdAt: isoOf(createdAt), startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) };
}
