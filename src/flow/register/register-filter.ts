import { type RegisterPart, registerParts } from "../../automation/completeness.js";
import { type RiskTier, riskTiers } from "../../domain/automation.js";
import { foldText } from "../../text/fold.js";
import type { RegisterEntry } from "./register-entries.js";

/** Which entries are asked for; null: that does not matter. */
export interface Filter {
  readonly risk: RiskTier | null;
  readonly missing: RegisterPart | null;
  /** What they rest on. */
  readonly on: string | null;
  /** Words that stand in the entry. */
  readonly q: string | null;
}

/** A link that asks for some entries. */
interface FilterLink {
  readonly words: string;
  readonly count: number;
  readonly link: string;
}

const longestWords = 100;

/** Reads a filter from a query; what is no filter is none. */
export function filterFrom(query: (name: string) => string | undefined): Filter {
  const text = (name: string): string | null => {
    const value = (query(name) ?? "").trim().slice(0, longestWords);
    return value === "" ? null : value;
  };
  return {
    risk: riskTiers.find((each) => each === query("risk")) ?? null,
    missing: registerParts.find((each) => each === query("missing")) ?? null,
    on: text("on"),
    q: text("q"),
  };
}

/** The entries that are asked for; `hit` are the ids of those that rest on `filter.on`. */
export function matching(
  all: readonly RegisterEntry[],
  { risk, missing, on, q }: Filter,
  hit: readonly string[],
): readonly RegisterEntry[] {
  const words = q === null ? null : foldText(q);
  return all.filter(
    ({ entry, completeness }) =>
      (risk === null || entry.risk === risk) &&
      (missing === null || completeness.missing.some(({ part }) => part === missing)) &&
      (on === null || hit.includes(entry.id)) &&
      (words === null || foldText(wordsOf(entry)).includes(words)),
  );
}

function wordsOf(entry: RegisterEntry["entry"]): string {
  const { title, does, owner, deputy, vendor, tool, model, dataClasses, processes, tags } = entry;
  return [title, does, owner, deputy, vendor, tool, model, ...dataClasses, ...processes, ...tags].join("\n");
}

/** "without a deputy": which entries a filter shows; null: all. */
export function sayFilter({ risk, missing, on, q }: Filter): string | null {
  const parts = [
    ...(risk === null ? [] : [`of ${risk} risk`]),
    ...(missing === null ? [] : [missingWords[missing]]),
    ...(on === null ? [] : [`that rest on ${on}`]),
    ...(q === null ? [] : [`with “${q}”`]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

const missingWords: Readonly<Record<RegisterPart, string>> = {
  owner: "whose owner cannot be reached",
  deputy: "without a deputy",
  fallback: "without a fallback",
  sla: "with the SLA of their risk only",
  checks: "without checks",
  golden: "without a golden set",
  review: "with a review overdue",
};

/** The filters that show something, with how many entries each shows. */
export function filterGroups(all: readonly RegisterEntry[]): {
  readonly risk: readonly FilterLink[];
  readonly missing: readonly FilterLink[];
} {
  const risk = riskTiers.map((tier) => ({
    words: `${tier} risk`,
    count: all.filter(({ entry }) => entry.risk === tier).length,
    link: linkOf({ risk: tier }, 1),
  }));
  const missing = registerParts.map((part) => ({
    words: missingWords[part],
    count: all.filter(({ completeness }) => completeness.missing.some((each) => each.part === part)).length,
    link: linkOf({ missing: part }, 1),
  }));
  const shows = ({ count }: FilterLink): boolean => count > 0;
  return { risk: risk.filter(shows), missing: missing.filter(shows) };
}

/** The address of one page of a filter. */
export function linkOf(filter: Partial<Filter>, page: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== null) query.set(name, value);
  if (page > 1) query.set("page", String(page));
  const text = query.toString();
  return text === "" ? "/register" : `/register?${text}`;
}
