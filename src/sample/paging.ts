/**
 * How an API is asked for further records. The last question and its answer enter, the next question and
 * whether to ask it at once leave. Pure.
 */
import { z } from "zod";
import type { Json } from "../domain/json.js";
import { compilePath } from "../text/json-path.js";
import { isJson } from "../text/json-value.js";
import { durationMs, durationSetting, pathSetting } from "../text/setting-types.js";

const parameter = z.string().min(1);
const parameterText = "Name of the parameter";
const target = z.enum(["query", "body"]).default("query").describe("Where the parameter goes");

/** Settings of paging. */
export const pagingSettings = z
  .discriminatedUnion("by", [
    z.strictObject({
      by: z.literal("cursor").describe("Each answer names the cursor of the next"),
      next: pathSetting.describe("Where the answer holds the next cursor; absent or null at the end"),
      parameter: parameter.describe(parameterText),
      in: target,
    }),
    z.strictObject({
      by: z.literal("page").describe("Pages are numbered"),
      parameter: parameter.default("page").describe(parameterText),
      first: z.number().int().nonnegative().default(1).describe("Number of the first page"),
      in: target,
    }),
    z.strictObject({
      by: z.literal("since").describe("The API gives what is newer than a time"),
      parameter: parameter.default("since").describe(parameterText),
      format: z.enum(["iso", "epoch-s", "epoch-ms"]).default("iso").describe("How the time is written"),
      from: z.iso
        .datetime({ offset: true })
        .optional()
        .describe("Where the first reading starts; by default it sends no time"),
      overlap: durationSetting
        .default("5m")
        .describe("How far each reading reaches back behind the newest record"),
      in: target,
    }),
  ])
  .describe("How further records are asked for");

/** Checked settings of paging. */
export type PagingSettings = z.infer<typeof pagingSettings>;

/** What is asked for. */
export const questionSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("all") }),
  z.strictObject({ by: z.literal("cursor"), token: z.custom<Json>(isJson) }),
  /** `again`: the last page, asked for once more because it may have grown. */
  z.strictObject({ by: z.literal("page"), page: z.number(), again: z.boolean() }),
  z.strictObject({ by: z.literal("since"), sinceAt: z.number().nullable() }),
]);

/** What is asked for. */
export type Question = z.infer<typeof questionSchema>;

/** What an answer that is used up has shown. */
export interface Shown {
  readonly answer: Json;
  readonly listed: number;
  readonly fresh: number;
  readonly newestAt: number | null;
}

/** The next question, and whether it may bring something now. */
export interface Next {
  readonly question: Question;
  readonly more: boolean;
}

/** The question of the first reading. */
export function firstQuestion(settings: PagingSettings | undefined): Question {
  switch (settings?.by) {
    case undefined:
      return { by: "all" };
    case "cursor":
      return { by: "cursor", token: null };
    case "page":
      return { by: "page", page: settings.first, again: false };
    case "since":
      return { by: "since", sinceAt: settings.from === undefined ? null : Date.parse(settings.from) };
  }
}

/** The parameter a question adds to the request; null: none. */
export function askedParameter(
  settings: PagingSettings | undefined,
  question: Question,
): { readonly name: string; readonly value: Json; readonly in: "query" | "body" } | null {
  if (settings === undefined) return null;
  const value = parameterValue(settings, question);
  return value === null ? null : { name: settings.parameter, value, in: settings.in };
}

function parameterValue(settings: PagingSettings, question: Question): Json {
  switch (question.by) {
    case "all":
      return null;
    case "cursor":
      return question.token;
    case "page":
      return question.page;
    case "since":
      return settings.by === "since" && question.sinceAt !== null
        ? written(question.sinceAt, settings.format)
        : null;
  }
}

function written(at: number, format: "iso" | "epoch-s" | "epoch-ms"): Json {
  if (format === "iso") return new Date(at).toISOString();
  return format === "epoch-s" ? Math.floor(at / 1_000) : at;
}

/** What to ask after a list is used up. */
export function nextQuestion(settings: PagingSettings | undefined, question: Question, shown: Shown): Next {
  switch (question.by) {
    case "all":
      return { question, more: false };
    case "cursor":
      return settings?.by === "cursor"
        ? nextCursor(settings.next, question.token, shown)
        : { question, more: false };
    case "page":
      return settings?.by === "page" ? nextPage(settings.first, question, shown) : { question, more: false };
    case "since":
      return settings?.by === "since"
        ? nextSince(durationMs(settings.overlap), question.sinceAt, shown)
        : { question, more: false };
  }
}

// At the end the last cursor stays: the next reading asks for the last page again, which may have grown.
function nextCursor(path: string, token: Json, shown: Shown): Next {
  const next = compilePath(path).select(shown.answer)[0]?.value ?? null;
  const ended =
    next === null || next === "" || next === false || JSON.stringify(next) === JSON.stringify(token);
  return { question: { by: "cursor", token: ended ? token : next }, more: !ended && shown.listed > 0 };
}

// A page with nothing new, not asked for again, is an API that ignores the number: stop there.
function nextPage(first: number, question: { page: number; again: boolean }, shown: Shown): Next {
  const isEnd = shown.listed === 0 || (shown.fresh === 0 && !question.again);
  if (!isEnd) return { question: { by: "page", page: question.page + 1, again: false }, more: true };
  return { question: { by: "page", page: Math.max(first, question.page - 1), again: true }, more: false };
}

function nextSince(overlapMs: number, sinceAt: number | null, shown: Shown): Next {
  const next = shown.newestAt === null ? sinceAt : shown.newestAt - overlapMs;
  return { question: { by: "since", sinceAt: next }, more: shown.fresh > 0 && next !== sinceAt };
}
