import { mostGoldenCases } from "../domain/golden-case.js";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import type { ImportSource, Place } from "./imported.js";
import { oneLine } from "./names.js";
import { testOfRow } from "./promptfoo-row.js";
import { renderVars } from "./promptfoo-vars.js";
import { fill } from "./template.js";

/** An assert as it is written, and where. */
export interface PlacedAssert {
  readonly value: JsonObject;
  readonly place: Place;
}

/** A test case of promptfoo with one value for each variable. */
export interface ReadTest {
  readonly name: string | null;
  readonly vars: JsonObject;
  readonly asserts: readonly PlacedAssert[];
  readonly transform: Json | undefined;
  readonly tags: readonly string[];
}

/** What is read along the way, and what could not be. */
export interface Reading {
  readonly source: ImportSource;
  readonly leave: (place: Place, what: string, why: string) => void;
}

interface WrittenTest {
  readonly value: JsonObject;
  readonly place: Place;
}

/** A way into a place. */
export function inside(place: Place, ...steps: readonly (string | number)[]): Place {
  return place.line === null ? { ...place, path: [...place.path, ...steps] } : place;
}

/** Reads `tests` and `scenarios`; `defaults` holds what every test has beside its own. */
export function readTests(
  root: JsonObject,
  top: Place,
  defaults: JsonObject,
  reading: Reading,
): readonly ReadTest[] {
  const written = [
    ...writtenTests(root.tests, inside(top, "tests"), reading),
    ...scenarioTests(root.scenarios, inside(top, "scenarios"), reading),
  ];
  const tests: ReadTest[] = [];
  for (const test of written) {
    if (tests.length > mostGoldenCases) break;
    for (const one of expanded(test, defaults, reading)) tests.push(one);
  }
  if (tests.length > mostGoldenCases) {
    reading.leave(
      inside(top, "tests"),
      "tests",
      `there are more than ${mostGoldenCases} cases, which is what a golden set holds; the rest is left out`,
    );
  }
  return tests.slice(0, mostGoldenCases);
}

function writtenTests(value: Json | undefined, place: Place, reading: Reading): readonly WrittenTest[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return testsInFile(value, place, reading);
  if (isJsonList(value)) return value.flatMap((each, at) => writtenTests(each, inside(place, at), reading));
  if (!isJsonObject(value)) return [];
  if (typeof value.path === "string") {
    reading.leave(place, `tests made by ${value.path}`, "they come from a program, which is not run here");
    return [];
  }
  return [{ value, place }];
}

function testsInFile(reference: string, place: Place, reading: Reading): readonly WrittenTest[] {
  const read = reading.source.read(reference);
  if (!read.ok) {
    reading.leave(place, `tests in ${reference}`, read.reason);
    return [];
  }
  const rows = isJsonList(read.value) ? read.value : [read.value];
  return rows.flatMap((row, at) => {
    if (!isJsonObject(row)) return [];
    const line = read.lines?.[at] ?? null;
    const here: Place = { file: read.file, path: isJsonList(read.value) ? [at] : [], line };
    const isTable =
      Object.keys(row).some((name) => name.startsWith("__")) || (line !== null && !isJsonObject(row.vars));
    return [{ value: isTable ? testOfRow(row) : row, place: here }];
  });
}

/** A scenario is every combination of its data with its tests. */
function scenarioTests(value: Json | undefined, place: Place, reading: Reading): readonly WrittenTest[] {
  if (typeof value === "string" || !isJsonList(value)) {
    if (value !== undefined && value !== null)
      reading.leave(place, "scenarios", "they stand in another file; write them into this one");
    return [];
  }
  return value.flatMap((scenario, at) => {
    if (!isJsonObject(scenario)) return [];
    const data = writtenTests(scenario.config, inside(place, at, "config"), reading);
    const tests = writtenTests(scenario.tests, inside(place, at, "tests"), reading);
    return data.slice(0, mostGoldenCases).flatMap((each) =>
      tests.slice(0, Math.ceil(mostGoldenCases / data.length) + 1).map((test) => ({
        place: test.place,
        value: {
          ...each.value,
          ...test.value,
          vars: { ...objectOf(each.value.vars), ...objectOf(test.value.vars) },
        },
      })),
    );
  });
}

function expanded(
  { value, place }: WrittenTest,
  defaults: JsonObject,
  reading: Reading,
): readonly ReadTest[] {
  const own =
    typeof value.vars === "string"
      ? varsInFile(value.vars, inside(place, "vars"), reading)
      : objectOf(value.vars);
  const vars = Object.entries({ ...objectOf(defaults.vars), ...own }).map(
    ([name, each]) => [name, varValue(each, inside(place, "vars", name), reading)] as const,
  );
  const options = { ...objectOf(defaults.options), ...objectOf(value.options) };
  const spread = options.disableVarExpansion !== true;
  const asserts = assertsIn(value.assert, inside(place, "assert"), reading);
  const name = typeof value.description === "string" ? value.description : null;
  return combinations(vars, spread).flatMap((one) => {
    const rendered = renderVars(one);
    if (!rendered.ok) {
      reading.leave(place, name === null ? "a test" : `the test ${oneLine(name, 40)}`, rendered.why);
      return [];
    }
    return [
      {
        name: nameIn(name, rendered.vars),
        vars: rendered.vars,
        asserts,
        transform: options.transform ?? options.postprocess,
        tags: tagsOf(objectOf(value.metadata)),
      },
    ];
  });
}

/** A description may name variables; where it cannot be filled in, the case has no name. */
function nameIn(description: string | null, vars: JsonObject): string | null {
  if (description === null) return null;
  const filled = fill(description, vars);
  return filled.ok ? textOfJson(filled.value) : null;
}

/** The asserts of a list; what can be none is left behind by name. */
export function assertsIn(value: Json | undefined, place: Place, reading: Reading): readonly PlacedAssert[] {
  if (value === undefined || value === null) return [];
  if (!isJsonList(value)) {
    reading.leave(place, oneLine(`assert ${textOfJson(value)}`, 40), "it is no list of asserts");
    return [];
  }
  return value.flatMap((each, at) => {
    if (isJsonObject(each)) return [{ value: each, place: inside(place, at) }];
    const why = "it is no assert; expected an object with a type, such as { type: contains, value: order }";
    reading.leave(inside(place, at), oneLine(`assert ${textOfJson(each)}`, 40), why);
    return [];
  });
}

function varsInFile(reference: string, place: Place, reading: Reading): JsonObject {
  const read = reading.source.read(reference);
  if (read.ok && isJsonObject(read.value)) return read.value;
  reading.leave(place, `variables in ${reference}`, read.ok ? "they are no names with values" : read.reason);
  return {};
}

function varValue(value: Json, place: Place, reading: Reading): Json {
  if (typeof value !== "string" || !value.startsWith("file://")) return value;
  const read = reading.source.read(value);
  if (read.ok) return read.value;
  reading.leave(place, `the variable in ${value}`, read.reason);
  return value;
}

/** A list as variable means one test for each of its values. */
function combinations(vars: readonly (readonly [string, Json])[], spread: boolean): readonly JsonObject[] {
  let found: readonly JsonObject[] = [{}];
  for (const [name, value] of vars) {
    const values = spread && isJsonList(value) ? value : [value];
    found = found
      .flatMap((one) => values.map((each) => ({ ...one, [name]: each })))
      .slice(0, mostGoldenCases + 1);
  }
  return found;
}

function tagsOf(metadata: JsonObject): readonly string[] {
  return Object.entries(metadata)
    .flatMap(([name, value]) => {
      if (isJsonList(value)) return value.map(textOfJson);
      return typeof value === "string" ? [value] : [`${name}: ${textOfJson(value)}`];
    })
    .filter((tag) => tag.length <= 60)
    .slice(0, 20);
}

/** The object, or an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
