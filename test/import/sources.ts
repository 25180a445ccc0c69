import { z } from "zod";
import type { ImportSource } from "../../src/import/imported.js";

/** A parsed document as what is imported; files beside it are not there. */
export function asSource(value: unknown, file = "config.yaml"): ImportSource {
  return {
    file,
    value: z.json().parse(value),
    read: (reference) => ({ ok: false, reason: `${reference}: no such file` }),
  };
}
