/**
 * Reads a promptfoo configuration. In: the parsed document, and how files that it names are read. Out: the cases
 * it tests, what it demands of their outputs, and everything that stays behind. It runs no code, follows nothing
 * beyond local files and writes nothing. Format: https://www.promptfoo.dev/docs/configuration/reference/ (2026).
 */
import { KnownError } from "../domain/errors.js";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import {
  type Demand,
  type Found,
  type FoundCase,
  type ImportSource,
  inputOf,
  type Mapped,
  type NotCarried,
  type Place,
} from "./imported.js";
import { oneLine } from "./names.js";
import type { Assert } from "./promptfoo-assert.js";
import { mapAssert } from "./promptfoo-asserts.js";
import { assertsIn, inside, objectOf, type Reading, type ReadTest, readTests } from "./promptfoo-tests.js";
import { fill, isTemplate, namesIn, onlyName } from "./template.js";

/** Parts of a configuration that have another place here. */
const otherPlaces: Readonly<Record<string, string>> = {
  providers: "the automation itself is watched; a golden set puts the cases to it with a probe",
  targets: "the automation itself is watched; a golden set puts the cases to it with a probe",
  prompts: "the prompt belongs to the automation; what it uses of each case became the input",
  derivedMetrics: "measures over many outputs follow from the checks themselves",
  redteam: "attacks are not made here; prompt-injection and misuse look at what comes in and goes out",
  extensions: "they are program code, which is not run here",
  nunjucksFilters: "they are program code, which is not run here",
};

/** Reads a promptfoo configuration; throws KnownError where it is none. */
export function readPromptfoo(source: ImportSource): Found {
  const notCarried: NotCarried[] = [];
  const reading: Reading = {
    source,
    leave: (place, what, why) => void notCarried.push({ place, what, why }),
  };
  const top: Place = { file: source.file, path: [], line: null };
  const root = source.value;
  if (
    !isJsonObject(root) ||
    !["prompts", "providers", "tests", "defaultTest", "scenarios"].some((name) => name in root)
  ) {
    throw new KnownError(
      "import-promptfoo",
      `${source.file}: is no promptfoo configuration; expected prompts, providers and tests`,
    );
  }
  const defaults = defaultTest(root, top, reading);
  const tests = readTests(root, top, defaults.value, reading);
  const demands = demandsOf(root, defaults, tests, reading);
  for (const [name, why] of Object.entries(otherPlaces)) {
    if (Object.hasOwn(root, name)) reading.leave(inside(top, name), name, why);
  }
  return { cases: casesOf(root, tests, reading), demands, notCarried };
}

interface Defaults {
  readonly value: JsonObject;
  readonly place: Place;
}

function defaultTest(root: JsonObject, top: Place, reading: Reading): Defaults {
  const place = inside(top, "defaultTest");
  if (typeof root.defaultTest !== "string") return { value: objectOf(root.defaultTest), place };
  const read = reading.source.read(root.defaultTest);
  if (read.ok) return { value: objectOf(read.value), place: { file: read.file, path: [], line: null } };
  reading.leave(place, `defaultTest in ${root.defaultTest}`, read.reason);
  return { value: {}, place };
}

function demandsOf(
  root: JsonObject,
  defaults: Defaults,
  tests: readonly ReadTest[],
  reading: Reading,
): readonly Demand[] {
  const ofAll = assertsIn(defaults.value.assert, inside(defaults.place, "assert"), reading);
  const transform = objectOf(defaults.value.options).transform;
  const general = ofAll.flatMap((each) =>
    isTemplate(each.value) ? [] : demandsIn({ ...each, root, vars: {}, transform, cases: null }, reading),
  );
  const filled = tests.flatMap((test, at) => {
    const own = [...ofAll.filter(({ value }) => isTemplate(value)), ...test.asserts];
    return own.flatMap((each) =>
      demandsIn({ ...each, root, vars: test.vars, transform: test.transform, cases: [at] }, reading),
    );
  });
  return [...general, ...filled];
}

interface Written {
  readonly value: JsonObject;
  readonly place: Place;
  readonly root: JsonObject;
  readonly vars: JsonObject;
  readonly transform: Json | undefined;
  readonly cases: readonly number[] | null;
}

function demandsIn(written: Written, reading: Reading): readonly Demand[] {
  const { value, place, root } = written;
  const reference = value.$ref;
  if (typeof reference === "string") {
    const template = objectOf(root.assertionTemplates)[reference.replace(/^#\/assertionTemplates\//, "")];
    if (isJsonObject(template) && !("$ref" in template))
      return demandsIn({ ...written, value: template }, reading);
    reading.leave(place, reference, "there is no such assertion template in this file");
    return [];
  }
  if (value.type === "assert-set") return demandsInSet(written, reading);
  const demand = demandOf(written, reading);
  if (typeof demand !== "string") return [demand];
  reading.leave(place, nameOf(value), demand);
  return [];
}

/** Members of a set must all hold; where a share is enough, they are only recorded. */
function demandsInSet(written: Written, reading: Reading): readonly Demand[] {
  const { value, place } = written;
  const members = assertsIn(value.assert, inside(place, "assert"), reading);
  const share = typeof value.threshold === "number" ? value.threshold : 1;
  const metric = value.metric ? { metric: value.metric } : {};
  const found = members.flatMap((each) =>
    demandsIn({ ...written, value: { ...each.value, ...metric }, place: each.place }, reading),
  );
  if (share >= 1) return found;
  reading.leave(
    place,
    `the threshold ${share} of an assert-set`,
    "every check counts by itself; the members are carried over with level record",
  );
  return found.map((demand) => withSettings(demand, (settings) => ({ ...settings, level: "record" })));
}

function demandOf({ value, place, vars, transform, cases }: Written, reading: Reading): Demand | string {
  if (typeof value.type !== "string") return "it has no type";
  const on = fieldOf(value.transform ?? transform);
  if (typeof on === "object" && on !== null) return on.why;
  const filled = fill(valueInFile(value.value, reading), vars);
  if (!filled.ok) return filled.why;
  const not = value.type.startsWith("not-");
  const assert: Assert = {
    type: value.type.replace(/^not-/, ""),
    not,
    value: value.value === undefined ? undefined : filled.value,
    threshold: typeof value.threshold === "number" ? value.threshold : null,
  };
  if (typeof assert.value === "string" && assert.value.startsWith("file://") && !isCode(assert.type))
    return unreadable(assert.value, reading);
  const mapped = mapAssert(assert);
  if (typeof mapped === "string") return mapped;
  const where = on === null ? {} : { on };
  const level = value.weight === 0 ? { level: "record" } : {};
  const settled = withSettings(mapped, (settings) => ({ ...where, ...settings, ...level }));
  const title = typeof value.metric === "string" && !isTemplate(value.metric) ? value.metric : null;
  return { ...settled, place, cases, title, named: title ?? nameOf({ ...value, ...named(assert) }) };
}

function withSettings<Of extends Mapped>(mapped: Of, change: (settings: JsonObject) => JsonObject): Of {
  const fixed = mapped.fixed === undefined ? {} : { fixed: change(mapped.fixed) };
  return { ...mapped, settings: change(mapped.settings), ...fixed };
}

function isCode(type: string): boolean {
  return type === "javascript" || type === "python" || type === "ruby";
}

function named({ value }: Assert): JsonObject {
  return value === undefined ? {} : { value };
}

/** A value that stands in a file of its own. */
function valueInFile(value: Json | undefined, reading: Reading): Json {
  if (typeof value !== "string" || !/^file:\/\/.*\.(?:json|ya?ml|txt|md)$/.test(value)) return value ?? null;
  const read = reading.source.read(value);
  return read.ok ? read.value : value;
}

function unreadable(reference: string, reading: Reading): string {
  const read = reading.source.read(reference);
  return read.ok ? "its value stands in a file that is not read here" : `${reference}: ${read.reason}`;
}

/** `output.category` as the field it means; null: the whole output. */
function fieldOf(transform: Json | undefined): string | null | { readonly why: string } {
  if (transform === undefined || transform === null) return null;
  const found = /^(?:output|JSON\.parse\(output\))\.([A-Za-z_]\w{0,60})$/.exec(textOfJson(transform).trim());
  if (found !== null) return found[1] ?? null;
  return {
    why: "it judges the output after a transform, which is program code; judge a field of the output with `on`",
  };
}

function nameOf(assert: JsonObject): string {
  const { type, value } = assert;
  const said = value === undefined || value === null ? "" : ` ${oneLine(textOfJson(value), 40)}`;
  return `${typeof type === "string" ? type : "assert"}${said}`;
}

/** The variables that the prompts use are the input; where nothing is known of the prompts, all but the answers. */
function casesOf(root: JsonObject, tests: readonly ReadTest[], reading: Reading): readonly FoundCase[] {
  const used = namesInPrompts(root.prompts, reading);
  const asserts = [
    ...objectsIn(objectOf(root.defaultTest).assert),
    ...tests.flatMap((test) => test.asserts.map((each) => each.value)),
  ];
  const answers = new Set(
    asserts.flatMap(({ value }) => (typeof value === "string" ? (onlyName(value) ?? []) : [])),
  );
  return tests.map(({ name, vars, tags }, at) => {
    const names = Object.keys(vars).filter((each) => (used.size > 0 ? used.has(each) : !answers.has(each)));
    return { name: name ?? `case ${at + 1}`, input: inputOf(vars, names), tags };
  });
}

function namesInPrompts(prompts: Json | undefined, reading: Reading): ReadonlySet<string> {
  const written = isJsonList(prompts) ? prompts : [prompts ?? ""];
  const texts = written.map((prompt) => {
    const text = isJsonObject(prompt) ? (prompt.raw ?? prompt.id ?? "") : prompt;
    if (typeof text !== "string" || !/^(?:file:\/\/)?\S+\.(?:txt|md|json|ya?ml)$/.test(text)) return text;
    const read = reading.source.read(text);
    return read.ok ? read.value : "";
  });
  return new Set(texts.flatMap(namesIn).map((name) => name.split(".")[0] ?? name));
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return isJsonList(value) ? value.filter(isJsonObject) : [];
}
