import { redactText } from "../../text/redact.js";
import { closedValues, isPersonal } from "./closed-values.js";
import { isText, leavesOf } from "./field.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposer } from "./proposal.js";

/** Values that show a shape, and how many different ones. */
const fewestValues = 30;
const fewestDistinct = 10;
const longestValue = 60;
/** Share of the values that must have the shape. */
const leastShare = 0.98;

/** A run of characters of one kind, with its lengths so far. */
interface Run {
  readonly kind: "digits" | "upper" | "lower" | "other";
  readonly texts: Set<string>;
  shortest: number;
  longest: number;
}

/** Numbers of orders, invoices and the like keep their shape. */
export const proposeIds: Proposer = ({ root, formatOf }) => {
  if (root === null) return [];
  return leavesOf(root).flatMap((placed) => {
    const { path, texts } = placed.field;
    if (!isText(placed.field) || formatOf(texts) !== null || closedValues(path, texts) !== null) return [];
    const shape = shapeOf(texts);
    if (shape === null || isPersonal(path, [])) return [];
    return [
      {
        settings: { id: idFor(path, "shape"), type: "regex", ...placeOf(placed), pattern: shape },
        because: `98% or more have this shape; ${new Set(texts).size} different ones were seen.`,
        ofForm: true as const,
      },
    ];
  });
};

/** The pattern that all but a few values share; null: none, or values that are personal data. */
function shapeOf(texts: readonly string[]): string | null {
  if (texts.length < fewestValues || new Set(texts).size < fewestDistinct) return null;
  if (texts.some((text) => text.length > longestValue || text === "")) return null;
  const outlines = new Map<string, string[]>();
  for (const text of texts) {
    const outline = runsOf(text)
      .map(({ kind, text: part }) => (kind === "other" ? part : kind))
      .join(" ");
    outlines.set(outline, [...(outlines.get(outline) ?? []), text]);
  }
  const [commonest = []] = [...outlines.values()].sort((left, right) => right.length - left.length);
  const hasDigits = commonest.every((text) => /\d/.test(text));
  if (commonest.length < texts.length * leastShare || !hasDigits) return null;
  if (commonest.some((text) => redactText(text) !== text)) return null;
  return `^${patternOf(commonest)}$`;
}

function runsOf(text: string): readonly { kind: Run["kind"]; text: string }[] {
  const parts = text.match(/[0-9]+|[A-Z]+|[a-z]+|[^0-9A-Za-z]+/g) ?? [];
  return parts.map((part) => ({
    kind: /^[0-9]/.test(part)
      ? "digits"
      : /^[A-Z]/.test(part)
        ? "upper"
        : /^[a-z]/.test(part)
          ? "lower"
          : "other",
    text: part,
  }));
}

function patternOf(texts: readonly string[]): string {
  const runs: Run[] = [];
  for (const text of texts) {
    for (const [at, { kind, text: part }] of runsOf(text).entries()) {
      const run = runs[at] ?? { kind, texts: new Set(), shortest: part.length, longest: part.length };
      runs[at] = run;
      run.texts.add(part);
      run.shortest = Math.min(run.shortest, part.length);
      run.longest = Math.max(run.longest, part.length);
    }
  }
  return runs.map(runPattern).join("");
}

/** Letters that never changed stand for themselves; digits and changing letters for their kind and length. */
function runPattern({ kind, texts, shortest, longest }: Run): string {
  const [only = ""] = texts;
  if (kind === "other" || (kind !== "digits" && texts.size === 1))
    return only.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const one = kind === "digits" ? "[0-9]" : kind === "upper" ? "[A-Z]" : "[a-z]";
  if (shortest === longest) return shortest === 1 ? one : `${one}{${shortest}}`;
  return `${one}{${Math.max(1, shortest - 1)},${longest + 1}}`;
}
