import { expect, it } from "vitest";
import { coverageOf } from "../../src/golden/coverage.js";

const texts = coverageOf(["Where is my parcel, please?", "I would like my money back for the broken kettle"]);

it.each([
  ["the same words", "Where is the money for my parcel?", true],
  ["half of the words", "Where is my refrigerator, please?", true],
  ["other words", "Please reschedule Thursday's onboarding interview", false],
  ["a text far longer than any", "where is my parcel ".repeat(20), false],
  ["a text far shorter than any", "parcel", false],
  ["a structured input", '{"where":"parcel"}', false],
])("compares texts by length and words: %s", (_name, input, like) => {
  expect(texts(input)).toBe(like);
});

const forms = coverageOf([{ id: 1, lines: [{ price: 2 }] }, '{"id": 2, "note": null}']);

it.each([
  ["fewer fields", '{"id": 7}', true],
  ["more lines", '{"id": 7, "lines": [{"price": 1}, {"price": 2}]}', true],
  ["a field of another type", '{"id": "7"}', false],
  ["a new field", '{"id": 7, "currency": "EUR"}', false],
  ["a text", "seven", false],
])("compares structured inputs by field and type: %s", (_name, input, like) => {
  expect(forms(input)).toBe(like);
});

it("is like nothing where there is no known input", () => {
  expect(["x", "{}"].map(coverageOf([]))).toEqual([false, false]);
});
