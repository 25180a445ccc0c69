import { distance } from "fastest-levenshtein";
import { isJsonObject, type Json } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import { nearest } from "../text/nearest.js";
import { shown } from "../text/shown.js";

/** Keywords whose value is one schema. */
const ofOne = new Set([
  "additionalItems",
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
/** Keywords whose value is a list of schemas. */
const ofList = new Set(["allOf", "anyOf", "items", "oneOf", "prefixItems"]);
/** Keywords whose value holds schemas by name: those names are nobody's keywords. */
const ofNames = new Set([
  "$defs",
  "definitions",
  "dependencies",
  "dependentSchemas",
  "patternProperties",
  "properties",
]);

/** Keywords of the drafts 06, 07, 2019-09 and 2020-12. */
const keywords: readonly string[] = [
  ...new Set([...ofOne, ...ofList, ...ofNames]),
  ..."$anchor $comment $dynamicAnchor $dynamicRef $id $recursiveAnchor $recursiveRef $ref $schema $vocabulary".split(
    " ",
  ),
  ..."const contentEncoding contentMediaType default dependentRequired deprecated description enum examples".split(
    " ",
  ),
  ..."exclusiveMaximum exclusiveMinimum format maxContains maximum maxItems maxLength maxProperties".split(
    " ",
  ),
  ..."minContains minimum minItems minLength minProperties multipleOf pattern readOnly required title type".split(
    " ",
  ),
  ..."uniqueItems writeOnly".split(" "),
];

/** What OpenAPI, editors and form builders write beside the keywords, and what resembles one by chance. */
const vendors = new Set(
  "anchor comment discriminator example externalDocs id note notes nullable order schema vocabulary xml".split(
    " ",
  ),
);

/** Formats of the drafts and of other people that nothing here looks at, and that resemble one that is looked at. */
const otherFormats =
  "cuid cuid2 guid idn-email idn-hostname iri iri-reference uid uint32 uint64 ulid urn uuid1 uuid3 uuid4 uuid5 uuid6 uuid7 uuid8".split(
    " ",
  );

/**
 * The first word of a schema that is probably a slip: a keyword or format that nobody knows and that resembles a known
 * one. It would be passed over, and the check would look at nothing. Words that resemble nothing belong to others; `x-`
 * begins one's own. null: there is none.
 */
export function schemaSlip(schema: Json, formats: Iterable<string>): string | null {
  const known = [...formats, ...otherFormats];
  const waiting: { readonly at: string; readonly schema: Json }[] = [{ at: "", schema }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { at, schema: one } = next;
    if (!isJsonObject(one)) continue;
    const where = at === "" ? "" : `at ${shown(at, 120)}: `;
    for (const [name, value] of Object.entries(one)) {
      const meant = isOwn(name) ? null : meantBy(name, keywords);
      if (meant !== null) {
        return `${where}"${shown(name)}" is no keyword of JSON Schema; did you mean "${meant}"? (a word of your own begins with x-)`;
      }
      const format = name === "format" && typeof value === "string" ? meantBy(value, known) : null;
      if (format !== null) {
        return `${where}"${shown(String(value))}" is no format of JSON Schema; did you mean "${format}"?`;
      }
      waiting.push(...schemasIn(name, value, at === "" ? name : `${at}.${name}`));
    }
  }
  return null;
}

function isOwn(name: string): boolean {
  return name.startsWith("x-") || vendors.has(name);
}

function schemasIn(keyword: string, value: Json, at: string): { at: string; schema: Json }[] {
  if (ofList.has(keyword) && isJsonList(value)) {
    return value.map((schema, index) => ({ at: `${at}[${index}]`, schema }));
  }
  if (ofNames.has(keyword) && isJsonObject(value)) {
    return Object.entries(value).map(([name, schema]) => ({ at: `${at}.${name}`, schema }));
  }
  return ofOne.has(keyword) ? [{ at, schema: value }] : [];
}

/** Another spelling of it, its letters in another order, or one slip; two in a long word. null: known, or like none. */
function meantBy(name: string, known: readonly string[]): string | null {
  if (known.includes(name)) return null;
  const letters = sortedLetters(name);
  const same = known.find((one) => sortedLetters(one) === letters);
  if (same !== undefined) return same;
  if (name.length < 4) return null;
  const near = nearest(name, known);
  return near !== null && apart(name, near) <= (name.length < 8 ? 1 : 2) ? near : null;
}

function apart(name: string, other: string): number {
  return distance(name.toLowerCase(), other.toLowerCase());
}

function sortedLetters(name: string): string {
  return [...name.toLowerCase().replace(/[-_$ ]/g, "")].sort().join("");
}
