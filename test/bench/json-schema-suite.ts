/**
 * The official JSON Schema test suite (github.com/json-schema-org/JSON-Schema-Test-Suite) through the `json-schema`
 * check, beside ajv itself with the same formats: `npm run bench:json-schema -- --suite DIR` with a checkout of it.
 * Neither is given the schemas that the suite serves by address: the check fetches nothing. Prints both counts; exit 1
 * when the check is wrong where ajv is right and the reason is not one of those below.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fastFormats, fullFormats } from "ajv-formats/dist/formats.js";
import { z } from "zod";
import { noFiles } from "../../src/check/no-files.js";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import { nobody } from "../../src/domain/asking.js";
import { isJsonObject, type Json, type JsonObject } from "../../src/domain/json.js";
import { noDetails, type Output } from "../../src/domain/output.js";
import { isJson } from "../../src/text/json-value.js";
import { parseStructured } from "../../src/text/parse-json.js";

const drafts = [
  { draft: "draft-07", folder: "draft7" },
  { draft: "2020-12", folder: "draft2020-12" },
] as const;

/** Where the check answers otherwise than ajv on purpose: part of a case's name, and why. */
const explained: readonly (readonly [RegExp, string])[] = [
  [
    /^optional\/ecmascript-regex: /,
    "patterns run on RE2, whose classes are ASCII and which refuses what is not linear",
  ],
  [
    /^optional\/format\/ecmascript-regex: /,
    "format regex means a pattern that the check can run, so one of RE2",
  ],
];

const groupSchema = z.array(
  z.looseObject({
    description: z.string(),
    // taken as they are: a copy would lose members called __proto__
    schema: z.custom<JsonObject | boolean>((value) => isJsonObject(value) || typeof value === "boolean"),
    tests: z.array(
      z.looseObject({ description: z.string(), data: z.custom<Json>(isJson), valid: z.boolean() }),
    ),
  }),
);

/** What one validator said of one case; null: it could not tell. */
type Answer = boolean | null;

interface Case {
  readonly name: string;
  readonly valid: boolean;
  readonly ajv: Answer;
  readonly check: Answer;
}

type Group = z.output<typeof groupSchema>[number];

async function casesOf(group: Group, file: string, draft: (typeof drafts)[number]["draft"]): Promise<Case[]> {
  const plain = compilePlain(group.schema, draft);
  const check = await prepareCheck(
    checkSettings.parse({ id: "suite", type: "json-schema", schema: group.schema, draft }),
    noFiles,
  ).catch(() => null);
  return Promise.all(
    group.tests.map(async ({ description, data, valid }) => {
      const verdict = await check?.judge(outputOf(JSON.stringify(data)), nobody);
      return {
        name: `${file}: ${group.description}: ${description}`,
        valid,
        ajv: plain === null ? null : plain(data),
        check: verdict?.status === "pass" ? true : verdict?.status === "fail" ? false : null,
      };
    }),
  );
}

function compilePlain(schema: Group["schema"], draft: string): ((data: unknown) => Answer) | null {
  const { date, time, "date-time": dateTime } = fullFormats;
  const formats = { ...fastFormats, date, time, "date-time": dateTime };
  const options = { strict: false, allErrors: true, ownProperties: true, logger: false as const, formats };
  const ajv = draft === "draft-07" ? new Ajv(options) : new Ajv2020(options);
  try {
    const validate = ajv.compile(schema);
    return (data) => answerOf(() => validate(data) === true);
  } catch {
    // a schema it does not compile is a case it cannot tell about
    return null;
  }
}

/** Some schemas of the suite make it call itself without end. */
function answerOf(validate: () => boolean): Answer {
  try {
    return validate();
  } catch {
    // the stack is full: it cannot tell
    return null;
  }
}

function outputOf(text: string): Output {
  return {
    id: "case",
    at: 0,
    text,
    fields: parseStructured(text),
    ...noDetails,
  };
}

/** Required cases, and the optional ones about formats and numbers apart. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort();
}

function count(cases: readonly Case[], answer: (each: Case) => Answer): number {
  return cases.filter((each) => answer(each) === each.valid).length;
}

async function runDraft(suite: string, { draft, folder }: (typeof drafts)[number]): Promise<number> {
  const place = join(suite, "tests", folder);
  const required: Case[] = [];
  const optional: Case[] = [];
  for (const name of filesOf(place)) {
    const groups = groupSchema.parse(JSON.parse(readFileSync(join(place, name), "utf8")));
    const into = name.startsWith("optional") ? optional : required;
    for (const group of groups) into.push(...(await casesOf(group, name.replace(/\.json$/, ""), draft)));
  }
  console.log(`\n${draft}`);
  for (const [title, cases] of [["required", required] as const, ["optional", optional] as const]) {
    const [check, ajv] = [count(cases, (each) => each.check), count(cases, (each) => each.ajv)];
    console.log(`  ${title}: the check ${check} of ${cases.length} right, ajv ${ajv} of ${cases.length}`);
  }
  const all = [...required, ...optional];
  const worse = all.filter((each) => each.check !== each.valid && each.ajv === each.valid);
  const better = all.filter((each) => each.check === each.valid && each.ajv !== each.valid);
  console.log(`  right where ajv is not: ${better.length}; wrong where ajv is not: ${worse.length}`);
  let unexplained = 0;
  for (const each of worse) {
    const why = explained.find(([name]) => name.test(each.name))?.[1];
    if (why === undefined) unexplained += 1;
    console.log(
      `    ${each.name}: ${each.check === null ? "cannot tell" : each.check}; ${why ?? "NOT EXPLAINED"}`,
    );
  }
  return unexplained;
}

const { suite } = parseArgs({ options: { suite: { type: "string" } } }).values;
if (suite === undefined || !existsSync(join(suite, "tests", "draft7"))) {
  console.error(
    `${suite === undefined ? "no suite given" : `${basename(suite)} holds no tests/draft7`}: nothing was measured. ` +
      "Clone https://github.com/json-schema-org/JSON-Schema-Test-Suite, then run: npm run bench:json-schema -- --suite DIR",
  );
  process.exitCode = 2;
} else {
  let unexplained = 0;
  for (const draft of drafts) unexplained += await runDraft(suite, draft);
  console.log(
    unexplained === 0 ? "\nmet     no worse than ajv" : `\nMISSED  ${unexplained} cases worse than ajv`,
  );
  process.exitCode = unexplained === 0 ? 0 : 1;
}
