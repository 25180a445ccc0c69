import { isJsonObject, type Json } from "../domain/json.js";
import { parseStructured } from "../text/parse-json.js";
import { cutAtWord } from "./trim-text.js";

/** Widest field name that still gets a column. */
const widestName = 24;

/** Longest value shown. */
const longestValue = 120;

/** A structured output as lines of field and value, under one another; any other text as it is. */
export function layOutFields(text: string): string {
  const value = parseStructured(text);
  if (!isJsonObject(value)) return text;
  const rows = Object.entries(value);
  if (rows.length === 0) return text;
  const column = Math.min(widestName, Math.max(...rows.map(([name]) => name.length)));
  return rows.map(([name, field]) => `${name.padEnd(column)}  ${sayField(field)}`).join("\n");
}

function sayField(field: Json): string {
  const text = typeof field === "string" ? field.replace(/\s+/g, " ") : JSON.stringify(field);
  return cutAtWord(text, longestValue);
}
