import type { KnownSunsets, ModelSunset } from "../domain/model-sunset.js";

/**
 * The announced end of a model; null: none is known. `runsAt` is what the register says about where the automation runs:
 * where it names a platform with dates of its own (Azure, Bedrock, Vertex), only those dates count, for the vendor's may
 * be months off there.
 */
export function findSunset(model: string, runsAt: string, known: KnownSunsets): ModelSunset | null {
  const names = namesOf(model);
  const platform = platformIn(runsAt, known.platforms);
  const fits = (each: ModelSunset) =>
    each.models.some((pattern) => names.some((name) => isMeant(pattern, name)));
  const own = known.own.find(fits);
  if (own !== undefined) return own;
  return [...known.listed, ...known.table].find((each) => each.platform === platform && fits(each)) ?? null;
}

/** The platform that a text names; null: none. */
export function platformIn(text: string, platforms: readonly string[]): string | null {
  const lower = text.toLowerCase();
  return platforms.find((each) => lower.includes(each.toLowerCase())) ?? null;
}

/**
 * The name as it is, and what it is made of: Gemini's API says `models/gemini-2.5-pro`, routers `openai/gpt-4o`, and a
 * fine-tuned `ft:gpt-4o-2024-08-06:firm::id` ends with the model it was made from.
 */
function namesOf(model: string): readonly string[] {
  const name = model.trim().toLowerCase();
  const parts = name.split("/");
  const bare = parts.length === 2 ? (parts[1] ?? name) : name;
  const base = bare.startsWith("ft:") ? (bare.split(":")[1] ?? bare) : bare;
  return [...new Set([name, bare, base])];
}

function isMeant(pattern: string, name: string): boolean {
  const lower = pattern.toLowerCase();
  return lower.endsWith("*") ? name.startsWith(lower.slice(0, -1)) : name === lower;
}
