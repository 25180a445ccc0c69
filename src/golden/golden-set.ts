/**
 * Reads golden sets: one case a line. The text of a file enters; cases leave, and every fault with its
 * line. It reads on after a fault, so that all are told at once.
 */
import { z } from "zod";
import { type GoldenCase, mostGoldenCases } from "../domain/golden-case.js";
import type { Json } from "../domain/json.js";
import { isJson } from "../text/json-value.js";
import { meantHint } from "../text/nearest.js";
import { parseJson } from "../text/parse-json.js";
import { lowerFirst } from "../wording/sentences.js";

const anyJson = z.custom<Json>(isJson, { message: "is missing" });

const caseSchema = z.strictObject({
  id: z.union([z.string().min(1).max(200), z.number()]).transform(String),
  input: anyJson,
  expected: anyJson,
  tags: z.array(z.string()).default([]),
  owner: z.string().nullable().default(null),
  reviewBy: z.iso.date().nullable().default(null),
});

/** A golden set as it was read. */
export interface GoldenSet {
  readonly cases: readonly GoldenCase[];
  /** `where:line: what is wrong`, in order. */
  readonly faults: readonly string[];
}

/** Reads a golden set; `where` names the file in faults. */
export function readGoldenSet(text: string, where: string): GoldenSet {
  const cases = new Map<string, GoldenCase>();
  const faults: string[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.replace(/^\uFEFF/, "").trim() === "") return;
    const read = readCase(line);
    const place = `${where}:${index + 1}`;
    if (typeof read === "string") faults.push(`${place}: ${read}`);
    else if (cases.has(read.id))
      faults.push(`${place}: id "${read.id}" occurs twice; every case needs its own`);
    else cases.set(read.id, read);
  });
  if (cases.size === 0 && faults.length === 0) {
    faults.push(
      `${where}: holds no case; expected lines such as {"id": "a1", "input": "…", "expected": "…"}`,
    );
  }
  if (cases.size > mostGoldenCases)
    faults.push(`${where}: holds ${cases.size} cases, at most ${mostGoldenCases} are possible`);
  return { cases: [...cases.values()], faults };
}

function readCase(line: string): GoldenCase | string {
  const parsed = parseJson(line);
  if (!parsed.ok) return parsed.reason;
  const checked = caseSchema.safeParse(parsed.value);
  if (checked.success) return checked.data;
  return checked.error.issues.map(sayIssue).join("; ");
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys") {
    const place = issue.path.length === 0 ? "the case" : issue.path.join(".");
    return `${place}: ${issue.code === "custom" ? issue.message : lowerFirst(issue.message)}`;
  }
  const known = Object.keys(caseSchema.shape);
  return issue.keys
    .map((key) => `"${key}" is no part of a case; ${meantHint(key, known, "a case has")}`)
    .join("; ");
}
