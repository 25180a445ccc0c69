import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { compilePath, type JsonPath } from "../../text/json-path.js";
import { isJsonList, textOfJson } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import type { Subject } from "../check-type.js";

/** One text that a safety check looks at, and where it stands. */
export interface Looked {
  /** Such as `$.reply` or `the input`; empty: the output itself. */
  readonly place: string;
  /** The name of the field that holds it; empty outside of JSON. */
  readonly label: string;
  readonly from: "output" | "input";
  readonly text: string;
}

/** Most texts of one output that are looked at, and most characters of all of them. */
const maxTexts = 10_000;
const maxCharacters = 524_288;

/** The settings by which a safety check is pointed at outputs, inputs or both. */
export const whereSettings = {
  where: z
    .enum(["output", "input", "both"])
    .default("output")
    .describe("What is looked at; `on` picks a value of the output, `inputOn` one of the input"),
  inputOn: pathSetting.optional().describe("Where the input is JSON: the value of it to look at"),
};

/** Where the texts of a subject are taken from. */
export interface Where {
  readonly where: "output" | "input" | "both";
  readonly inputOn: JsonPath | null;
}

/** The settings, compiled. */
export function compileWhere(settings: { where: Where["where"]; inputOn?: string | undefined }): Where {
  return {
    where: settings.where,
    inputOn: settings.inputOn === undefined ? null : compilePath(settings.inputOn),
  };
}

/** The texts of a subject. Throws KnownError `too-much-text` where there are more than any check looks at. */
export function textsOf(subject: Subject, { where, inputOn }: Where): readonly Looked[] {
  const texts: Looked[] = [];
  if (where !== "input") collect(texts, subject.value ?? subject.text, "", "");
  if (where !== "output" && subject.input !== null) {
    const input = parseStructured(subject.input) ?? subject.input;
    if (inputOn === null) collect(texts, input, "", "the input");
    else
      for (const { path, value } of inputOn.select(input)) collect(texts, value, path.slice(1), "the input");
  }
  if (texts.length > maxTexts) {
    throw new KnownError("too-much-text", `there are ${texts.length} values, ${maxTexts} are looked at`);
  }
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (characters > maxCharacters) {
    throw new KnownError(
      "too-much-text",
      `there are ${characters} characters, ${maxCharacters} are looked at`,
    );
  }
  return texts;
}

/** Every leaf of a value, and the names of its fields: both can hold what should not be there. */
function collect(texts: Looked[], value: Json, path: string, whole: string, label = ""): void {
  const from = whole === "" ? "output" : "input";
  const under = whole === "" ? "" : ` of ${whole}`;
  const place = path === "" ? whole : `$${path}${under}`;
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) collect(texts, item, `${path}[${index}]`, whole, label);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      // a name is at most mentioned by its field, never quoted as a path: it may be what must not be shown
      if (!isPlainName(name)) {
        texts.push({
          place: `a field name in ${place === "" ? "the output" : place}`,
          label: "",
          from,
          text: name,
        });
        collect(texts, member, `${path}[…]`, whole, name);
      } else collect(texts, member, `${path}.${name}`, whole, name);
    }
  } else if (value !== null && typeof value !== "boolean") {
    texts.push({ place, label, from, text: textOfJson(value) });
  }
}

/** True for a name such as `address_2`, false for one that could be a number of a person or card, or a key. */
function isPlainName(name: string): boolean {
  const digits = name.replace(/\D/g, "").length;
  return /^[\w-]{1,40}$/.test(name) && !/\d{6}/.test(name) && digits < (name.length < 16 ? 9 : 3);
}
