/**
 * Reads outputs from an HTTP API that answers with JSON: one request a reading, paged by cursor, by page
 * number or by time. The API should list the oldest first; the last page is asked for again each time,
 * and what it already gave is left out.
 */
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import { isJsonObject } from "../../domain/json.js";
import type { HttpRequest } from "../../domain/ports.js";
import { textOfJson } from "../../text/json-value.js";
import {
  answerTimeoutSetting,
  durationMs,
  fillSecrets,
  headersSetting,
  pathSetting,
  textOrSecret,
} from "../../text/setting-types.js";
import { fillBody } from "../fill-body.js";
import { readAnswer } from "../http-answer.js";
import { listItems } from "../items.js";
import { mapRecords, newestOf } from "../map-records.js";
import type { Mapping } from "../mapping.js";
import { askedParameter, firstQuestion, nextQuestion, pagingSettings, questionSchema } from "../paging.js";
import { firstPass, passSchema, takeRecords } from "../passes.js";
import { defineSourceType, type SourcePorts, type SourceRead, type SourceRequest } from "../source.js";

const settings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Address of the API, http or https, without credentials in it"),
  method: z.enum(["GET", "POST"]).default("GET").describe("How it is asked"),
  headers: headersSetting,
  query: z.record(z.string(), textOrSecret).default({}).describe("Further query parameters"),
  body: z.json().optional().describe('JSON body of a POST; { "env": "NAME" } in it stands for a secret'),
  items: pathSetting
    .optional()
    .describe(
      "Where the records lie in the answer; by default the answer's own list, or data, items, results",
    ),
  paging: pagingSettings
    .optional()
    .describe("How further records are asked for; without it every reading gets the whole list"),
  redirects: z
    .number()
    .int()
    .min(0)
    .max(3)
    .default(0)
    .describe("Redirects to follow; each target is checked again"),
  timeout: answerTimeoutSetting.default("30s").describe("Longest wait for the whole answer, up to 10m"),
  maxBytes: z
    .number()
    .int()
    .positive()
    .max(50_000_000)
    .default(5_242_880)
    .describe("Largest answer, in bytes after decompression"),
});

type HttpSettings = z.infer<typeof settings>;

const cursorSchema = z.strictObject({
  question: questionSchema,
  newestAt: z.number().nullable(),
  pass: passSchema,
});

type Cursor = z.infer<typeof cursorSchema>;

/** Outputs of an HTTP API. */
export const http = defineSourceType({
  type: "http",
  settings,
  prepare: (checked, ports, map) => ({ read: (request) => readApi(checked, ports, map, request) }),
});

async function readApi(
  checked: HttpSettings,
  ports: SourcePorts,
  map: Mapping,
  request: SourceRequest,
): Promise<SourceRead> {
  const stored = cursorSchema.safeParse(request.cursor);
  const cursor: Cursor = stored.success
    ? stored.data
    : { question: firstQuestion(checked.paging), newestAt: null, pass: firstPass };
  const { host } = new URL(checked.url);
  const response = await ports.http.request(buildRequest(checked, ports, cursor, request.signal));
  const answer = readAnswer(response, host);
  const records = listItems(answer, checked.items ?? null);
  if (records === null) {
    throw new SourceError(
      "source-body",
      `${host}: the answer holds no list of records; say where it lies with items`,
    );
  }
  const taken = takeRecords(records, cursor.pass, request.limit);
  const mapped = mapRecords(taken.fresh, map, host);
  const newestAt = newestOf(mapped.outputs, cursor.newestAt);
  // The question stays the same until its list is used up.
  const next = taken.finished
    ? nextQuestion(checked.paging, cursor.question, {
        answer,
        listed: records.length,
        fresh: taken.fresh.length,
        newestAt,
      })
    : { question: cursor.question, more: true };
  return { ...mapped, cursor: { question: next.question, newestAt, pass: taken.pass }, more: next.more };
}

function buildRequest(
  checked: HttpSettings,
  ports: SourcePorts,
  cursor: Cursor,
  signal: AbortSignal,
): HttpRequest {
  const url = new URL(checked.url);
  for (const [name, value] of Object.entries(fillSecrets(checked.query, ports.secret))) {
    url.searchParams.set(name, value);
  }
  const asked = askedParameter(checked.paging, cursor.question);
  if (asked?.in === "query") url.searchParams.set(asked.name, textOfJson(asked.value));
  const filled = fillBody(checked.body ?? {}, ports.secret);
  const body =
    asked?.in === "body" && isJsonObject(filled) ? { ...filled, [asked.name]: asked.value } : filled;
  const headers = { accept: "application/json", ...fillSecrets(checked.headers, ports.secret) };
  return {
    url: url.href,
    timeoutMs: durationMs(checked.timeout),
    maxBytes: checked.maxBytes,
    maxRedirects: checked.redirects,
    signal,
    ...(checked.method === "GET"
      ? { method: "GET", headers }
      : {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        }),
  };
}
