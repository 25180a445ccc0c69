import { roleOf } from "../text/field-names.js";
import { redactText } from "../text/redact.js";
import { shown } from "../text/shown.js";
import type { Facts } from "./grounding-facts.js";
import { nearestFact } from "./grounding-nearest.js";
import type { PlacedClaim } from "./grounding-places.js";
import { maskedEnd } from "./safety/sighting.js";

/** Values that one reason names. */
const namedValues = 4;

/** What a reason about missing values rests on. */
export interface Missing {
  readonly facts: Facts;
  /** When the output was made. */
  readonly at: number;
  /** False: a text, in which places are counted in characters. */
  readonly structured: boolean;
  /** `on` picked the value: then `except` cannot name it. */
  readonly picked: boolean;
}

/** What is not in the input, what the input has instead, and the setting that accepts it. */
export function describeMissing(missing: readonly PlacedClaim[], about: Missing): string {
  const named = missing.slice(0, namedValues).map((claim) => ({
    said: saidOf(claim, about),
    near: nearestFact(claim, about.facts, about.at),
  }));
  const [first] = named;
  const hint = hintFor(missing[0], first?.near ?? null, { ...about, several: missing.length > 1 });
  if (missing.length === 1 && first !== undefined) {
    const instead = first.near === null ? "" : `; the input has ${nearOf(first.near, missing[0])}`;
    return `${first.said} is not in the input${instead}${hint}`;
  }
  const list = named.map(({ said, near }, index) =>
    near === null ? said : `${said} (the input has ${nearOf(near, missing[index])})`,
  );
  const more = missing.length - named.length;
  return `${missing.length} values are not in the input: ${list.join("; ")}${more > 0 ? `; and ${more} more` : ""}${hint}`;
}

function saidOf(claim: PlacedClaim, { structured }: Missing): string {
  const place = claim.path === "" ? "" : `${shown(claim.path)} `;
  const offset = claim.at > 0 || !structured ? ` at character ${claim.at + 1}` : "";
  return `${place}${masked(claim.text, claim.path)}${offset}`;
}

function nearOf(near: string, claim: PlacedClaim | undefined): string {
  return masked(near, claim?.path ?? "");
}

/** Personal data by its end alone: the word before it may be what makes it that, as in `phone 0664 1234567`. */
function masked(text: string, path: string): string {
  const word = path.match(/\p{L}+/gu)?.at(-1) ?? "";
  const isPrivate = redactText(text) !== text || !redactText(`${word} ${text}`).endsWith(text);
  if (!isPrivate) return shown(text);
  const domain = /@[\p{L}\p{N}.-]{1,60}$/u.exec(text)?.[0];
  return domain === undefined ? maskedEnd(text) : `…${domain}`;
}

/** Where nothing like it is in the input, the value may be one of the automation's own. */
function hintFor(
  claim: PlacedClaim | undefined,
  near: string | null,
  about: Missing & { readonly several: boolean },
): string {
  if (claim === undefined) return "";
  const day = /^day (\d{4}-(\d\d-\d\d))$/.exec(claim.anyOf[0]?.[0] ?? "");
  if (day !== null && about.facts.isYearless(day[2] ?? "")) {
    return "; no year stands there, and the one added is over a year away (`anyYear` accepts any)";
  }
  if (near !== null) return "";
  if (claim.path === "" || about.picked || roleOf(claim.path) === "prose")
    return "; if it is a value of your own, list it in `ignore`";
  return about.several
    ? "; if these fields are labels of your own, list their paths in `except`"
    : "; if this field is a label of your own, list its path in `except`";
}
