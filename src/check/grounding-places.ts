import type { Json } from "../domain/json.js";
import { isUnderJudgement, roleOf } from "../text/field-names.js";
import type { JsonPath } from "../text/json-path.js";
import { isJsonList } from "../text/json-value.js";
import {
  type Claim,
  type ClaimOptions,
  type ClaimPlace,
  claimOfNumber,
  claimsIn,
} from "./grounding-claims.js";

/** A claim and where it stands, such as `lines[0].amount`; empty: in a text without fields. */
export interface PlacedClaim extends Claim {
  readonly path: string;
}

/** A single value inside a document and its place. */
export interface Leaf {
  /** As JSONPath writes it below `$`: `.lines[0].amount`. */
  readonly path: string;
  readonly value: Json;
}

/** Where and how claims are looked for. */
export interface PlaceOptions extends Omit<ClaimOptions, "place"> {
  /** Paths whose values are no claims. */
  readonly except: readonly JsonPath[];
  /** Where `on` found the value; null: it is a whole output. */
  readonly picked: string | null;
}

/** Above this, a figure of judgement is no share and no percentage, and has to come from somewhere. */
const fullMarks = 100;

/** Every single value of a document, in order. */
export function leavesOf(value: Json, path = ""): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  if (isJsonList(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${path}${memberOf(key)}`));
}

/** As json-p3 prints it, so that places can be compared with those that a path selects. */
function memberOf(key: string): string {
  if (/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(key)) return `.${key}`;
  const quoted = JSON.stringify(key);
  if (key.includes("'") && !key.includes('"')) return `[${quoted}]`;
  return `['${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`;
}

/** What an output states. Labels and figures by which it judges are its own, unless `on` picks just that one. */
export function claimsOf(value: Json, options: PlaceOptions): readonly PlacedClaim[] {
  const single = typeof value !== "object" || value === null;
  const inField = !single || options.picked !== null;
  const isExcepted = excepted(value, options.except);
  return leavesOf(value).flatMap(({ path, value: leaf }) => {
    if ((typeof leaf !== "number" && typeof leaf !== "string") || isExcepted(path)) return [];
    const whole = `${options.picked ?? ""}${path}`;
    const chosen = single && options.picked !== null;
    const placed = { ...options, inField, chosen, whole };
    return claimsAt(leaf, placed).map((claim) => ({ ...claim, path: path.replace(/^\./, "") }));
  });
}

interface LeafOptions extends PlaceOptions {
  readonly inField: boolean;
  /** `on` picked this very value. */
  readonly chosen: boolean;
  /** From the output on. */
  readonly whole: string;
}

function claimsAt(leaf: string | number, options: LeafOptions): readonly Claim[] {
  const { inField, chosen, whole, kinds } = options;
  const role = inField ? roleOf(whole) : "other";
  const own = !chosen && (role === "label" || role === "judgement");
  if (typeof leaf === "number") {
    const judged =
      !chosen && (isShareOfJudgement(leaf, whole) || (role === "judgement" && leaf <= fullMarks));
    return kinds.has("numbers") && !judged && !(own && role === "label") ? [claimOfNumber(leaf)] : [];
  }
  if (own && !kinds.has("names-in-fields")) return [];
  const place = placeOf(role, options);
  const found = claimsIn(leaf, { ...options, place });
  return own ? found.filter(({ kind }) => kind === "names-in-fields") : found;
}

function placeOf(role: ReturnType<typeof roleOf>, { inField, chosen }: LeafOptions): ClaimPlace {
  if (!inField) return "text";
  if (role === "prose") return "prose";
  return chosen || role === "name" ? "names" : "plain";
}

function isShareOfJudgement(value: number, path: string): boolean {
  return value >= 0 && value <= 1 && isUnderJudgement(path);
}

/** A path that is below one that was selected counts as selected. */
function excepted(value: Json, except: readonly JsonPath[]): (path: string) => boolean {
  const places = new Set(except.flatMap((path) => path.select(value).map((node) => node.path.slice(1))));
  if (places.size === 0) return () => false;
  return (path) => {
    if (places.has(path)) return true;
    for (let end = path.length - 1; end > 0; end -= 1) {
      if ((path[end] === "." || path[end] === "[") && places.has(path.slice(0, end))) return true;
    }
    return false;
  };
}
