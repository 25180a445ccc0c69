import { KnownError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { isJson, isJsonList } from "../text/json-value.js";
import { quoted } from "../text/shown.js";

/** An expression met a value of a kind that its step cannot work with: text where a number belongs. */
export class ExpressionMismatch extends KnownError {
  /** The values that do not fit. */
  readonly values: readonly Json[];
  /** `a number`. */
  readonly wanted: string;

  constructor(step: string, values: readonly Json[], wanted: string) {
    const given = values.slice(0, 3).map((value) => quoted(value, 40));
    super(
      "expression",
      `the expression cannot be worked out: ${step} was given ${given.join(", ")}, expected ${wanted}`,
    );
    this.values = values;
    this.wanted = wanted;
  }
}

const isNumber = (value: Json) => typeof value === "number";
const isText = (value: Json) => typeof value === "string";

const numeric = new Set(
  "abs average ceil floor formatBase formatInteger formatNumber max min near power round sqrt sum".split(" "),
);

/** What JSONata threw, where it is about the kind of a value; null: it is about something else. */
export function mismatchOf(thrown: unknown): ExpressionMismatch | null {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return null;
  const token = "token" in thrown && typeof thrown.token === "string" ? thrown.token : "";
  const type = "type" in thrown ? thrown.type : undefined;
  const wants = wantedBy(String(thrown.code), token, type);
  if (wants === null) return null;
  const given = [
    ...("value" in thrown && isJson(thrown.value) ? leaves(thrown.value) : []),
    ...("value2" in thrown && isJson(thrown.value2) ? leaves(thrown.value2) : []),
  ];
  const values = given.filter((value) => !wants.fits(value));
  const step = /^[a-zA-Z]/.test(token) ? `$${token}` : `"${token}"`;
  return values.length === 0 ? null : new ExpressionMismatch(step, values, wants.says);
}

/** By the codes of JSONata: T04xx are arguments of functions, T20xx sides of operators. */
function wantedBy(
  code: string,
  token: string,
  type: unknown,
): { fits: (value: Json) => boolean; says: string } | null {
  const number = { fits: isNumber, says: "a number" };
  switch (code) {
    case "T2001":
    case "T2002":
    case "T2009":
      return number;
    case "T2010":
      return { fits: (value) => isNumber(value) || isText(value), says: "a number or text" };
    case "T0412":
      return type === "numbers" ? number : { fits: isText, says: "a text" };
    case "T0410":
      if (numeric.has(token)) return number;
      if (token === "date") return { fits: isText, says: "a date" };
      return { fits: isText, says: "a text" };
    default:
      return null;
  }
}

/** The values in lists, however deep. */
export function leaves(value: Json): readonly Json[] {
  return isJsonList(value) ? value.flatMap(leaves) : [value];
}
