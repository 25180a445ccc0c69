/**
 * Reads what the OpenAI Evals API hands out: an eval with its testing criteria, alone, in a list page or beside its
 * runs, and the items of its data source. In: the parsed document, perhaps with a second one that holds the items.
 * Out: cases, demands, and what stays behind. It asks nobody and writes nothing.
 * Format: https://platform.openai.com/docs/api-reference/evals (2026).
 */
import { KnownError } from "../domain/errors.js";
import { mostGoldenCases } from "../domain/golden-case.js";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import {
  type Demand,
  type Found,
  type FoundCase,
  type ImportSource,
  inputOf,
  type NotCarried,
  type Place,
} from "./imported.js";
import { oneLine } from "./names.js";
import { mapGrader } from "./openai-graders.js";
import { itemsIn, type PlacedItem } from "./openai-items.js";
import { namesIn } from "./template.js";

interface Placed {
  readonly value: JsonObject;
  readonly place: Place;
}

/** Reads an eval; `wanted` names one of several; throws KnownError where there is none. */
export function readOpenAiEvals(
  sources: readonly ImportSource[],
  wanted: string | null,
): Found & { name: string } {
  const tops = sources.map((source) => ({
    value: source.value,
    place: { file: source.file, path: [], line: null },
  }));
  const chosen = chooseEval(
    tops.flatMap(({ value, place }) => evalsIn(value, place, 0)),
    wanted,
    sources[0]?.file ?? "",
  );
  const notCarried: NotCarried[] = [];
  const criteria = isJsonList(chosen.value.testing_criteria) ? chosen.value.testing_criteria : [];
  const graders = criteria.flatMap((value, at) => {
    const place = within(chosen.place, "testing_criteria", at);
    return isJsonObject(value) ? members({ value, place }, notCarried) : noGrader(value, place, notCarried);
  });
  const read = tops.map(({ value, place }) => itemsIn(value, place));
  const items = read.flatMap((each) => each.items);
  notCarried.push(...read.flatMap((each) => each.notCarried));
  if (items.length === 0) notCarried.push(noItems(chosen));
  if (items.length > mostGoldenCases) {
    const why = `there are ${items.length}, and a golden set holds ${mostGoldenCases}; the rest is left out`;
    notCarried.push({ place: chosen.place, what: "data source items", why });
  }
  const kept = items.slice(0, mostGoldenCases);
  const demands = graders.flatMap((grader) => demandsOf(grader, kept, notCarried));
  return { name: nameOf(chosen.value), cases: casesOf(kept, graders, tops), demands, notCarried };
}

/** An eval is anything with testing criteria; list pages and envelopes hold them a few levels down. */
function evalsIn(value: Json, place: Place, depth: number): readonly Placed[] {
  if (depth > 4) return [];
  if (isJsonList(value))
    return value.slice(0, 1_000).flatMap((each, at) => evalsIn(each, within(place, at), depth + 1));
  if (!isJsonObject(value)) return [];
  if (isJsonList(value.testing_criteria)) return [{ value, place }];
  return ["eval", "evals", "data"].flatMap((name) =>
    value[name] === undefined ? [] : evalsIn(value[name], within(place, name), depth + 1),
  );
}

function chooseEval(evals: readonly Placed[], wanted: string | null, file: string): Placed {
  const names = evals.map(({ value }) => nameOf(value));
  const found =
    wanted === null ? evals : evals.filter(({ value }) => nameOf(value) === wanted || value.id === wanted);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (evals.length === 0) {
    throw new KnownError(
      "import-openai-evals",
      `${file}: holds no eval; expected an object with testing_criteria, as GET /v1/evals/{id} answers`,
    );
  }
  const said = names.map((name) => JSON.stringify(oneLine(name, 40))).join(", ");
  const why =
    wanted === null
      ? `holds ${evals.length} evals; choose one with --eval`
      : `has no eval "${oneLine(wanted, 40)}", or several`;
  throw new KnownError("import-openai-evals", `${file}: ${why}; there are ${said}`);
}

function nameOf(value: JsonObject): string {
  return typeof value.name === "string" && value.name.trim() !== ""
    ? value.name
    : textOfJson(value.id ?? "openai-evals");
}

function within(place: Place, ...steps: readonly (string | number)[]): Place {
  return { ...place, path: [...place.path, ...steps] };
}

/** The graders that one of type multi combines, each by itself. */
function members(grader: Placed, notCarried: NotCarried[]): readonly Placed[] {
  if (grader.value.type !== "multi") return [grader];
  const { graders } = grader.value;
  const why = "every check counts by itself; its graders are carried over one by one";
  notCarried.push({ place: grader.place, what: `the formula of ${titleOf(grader.value)}`, why });
  if (isJsonList(graders)) {
    return graders.flatMap((value, at) => {
      const place = within(grader.place, "graders", at);
      return isJsonObject(value) ? [{ value, place }] : noGrader(value, place, notCarried);
    });
  }
  return Object.entries(isJsonObject(graders) ? graders : {}).flatMap(([name, value]) => {
    const place = within(grader.place, "graders", name);
    return isJsonObject(value) ? [{ value: { name, ...value }, place }] : noGrader(value, place, notCarried);
  });
}

function noGrader(value: Json, place: Place, notCarried: NotCarried[]): readonly Placed[] {
  const what = oneLine(`grader ${textOfJson(value)}`, 40);
  notCarried.push({ place, what, why: "it is no grader; expected an object with a type" });
  return [];
}

function titleOf(grader: JsonObject): string {
  return typeof grader.name === "string" && grader.name.trim() !== ""
    ? grader.name
    : textOfJson(grader.type ?? "grader");
}

/** A grader that names nothing of the items holds for every output; otherwise for each case with its own values. */
function demandsOf(
  grader: Placed,
  items: readonly PlacedItem[],
  notCarried: NotCarried[],
): readonly Demand[] {
  const { value, place } = grader;
  const isJudge = value.type === "label_model" || value.type === "score_model";
  const own =
    !isJudge &&
    namesIn([value.input ?? null, value.reference ?? null]).some((name) => name.startsWith("item."));
  const title = titleOf(value);
  const scopes = own ? items.map(({ item }, at) => ({ item, cases: [at] })) : [{ item: {}, cases: null }];
  return scopes.flatMap(({ item, cases }) => {
    const mapped = mapGrader(value, item);
    if (typeof mapped !== "string") return [{ ...mapped, place, cases, named: title, title }];
    notCarried.push({ place, what: `the grader ${title}`, why: mapped });
    return [];
  });
}

function noItems({ place }: Placed): NotCarried {
  return {
    place,
    what: "the items of the data source",
    why: 'they are not in this file; give them with --items, a file with one {"item": {...}} a line',
  };
}

/** What the run's messages use of an item is its input; without a run, all but what graders compare with. */
function casesOf(
  items: readonly PlacedItem[],
  graders: readonly Placed[],
  tops: readonly { value: Json }[],
): readonly FoundCase[] {
  const used = new Set(
    tops
      .flatMap(({ value }) => promptsIn(value, 0))
      .flatMap(namesIn)
      .flatMap(itemName),
  );
  const compared = new Set(
    graders
      .filter(({ value }) => value.type === "string_check" || value.type === "text_similarity")
      .flatMap(({ value }) => namesIn([value.input ?? null, value.reference ?? null]))
      .flatMap(itemName),
  );
  return items.map(({ item, name }, at) => {
    const names = Object.keys(item).filter((each) => (used.size > 0 ? used.has(each) : !compared.has(each)));
    return { name: name ?? `case ${at + 1}`, input: inputOf(item, names), tags: [] };
  });
}

function itemName(name: string): readonly string[] {
  const [space, field] = name.split(".");
  return space === "item" && field !== undefined ? [field] : [];
}

/** The message templates of runs. */
function promptsIn(value: Json, depth: number): readonly Json[] {
  if (depth > 5) return [];
  if (isJsonList(value)) return value.slice(0, 1_000).flatMap((each) => promptsIn(each, depth + 1));
  if (!isJsonObject(value)) return [];
  const own = value.input_messages === undefined ? [] : [value.input_messages];
  return [
    ...own,
    ...["run", "runs", "data", "data_source"].flatMap((name) =>
      value[name] === undefined ? [] : promptsIn(value[name], depth + 1),
    ),
  ];
}
