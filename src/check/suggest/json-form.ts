import type { Json, JsonObject } from "../../domain/json.js";
import { closedValues } from "./closed-values.js";
import { type Field, isSlip, isText, isThere, slipShare } from "./field.js";
import type { Proposal, Proposer } from "./proposal.js";
import type { FormatOf } from "./text-format.js";

/** The outputs are JSON, and of this form: types, required members, formats, and closed sets inside lists. */
export const proposeJsonForm: Proposer = ({ root, formatOf }) => {
  if (root === null) return [];
  const kind = root.lists === 0 ? "object" : root.objects === 0 ? "list" : "any";
  const isJson = {
    settings: { id: "is-json", type: "is-json", ...(kind === "any" ? {} : { kind }) },
    because: "JSON was the rule.",
    ofForm: true as const,
  };
  return [isJson, formProposal(root, { formatOf, slips: slipShare, often: "in 99%" })];
};

/** How outputs are read: share of slips that do not count, and what format texts have. */
interface Seen {
  readonly slips: number;
  readonly formatOf: FormatOf;
}

/** Slips in many members add up; then only what never slipped is asked for. */
function formProposal(root: Field, seen: Seen & { readonly often: string }): Proposal {
  return {
    settings: { id: "form", type: "json-schema", schema: schemaOf(root, false, seen) },
    because: `Members, types and formats are those that were there ${seen.often}; a second type is one that was seen more often than a slip.`,
    ofForm: true,
    wider: () => (seen.slips === 0 ? null : formProposal(root, { ...seen, slips: 0, often: "always" })),
  };
}

/** Formats that were seen are part of it; values only inside lists, where no check of their own stands for them. */
function schemaOf(field: Field, inList: boolean, seen: Seen): JsonObject {
  const types = typesOf(field, seen.slips);
  const type: Json = types.length === 1 ? (types[0] ?? "null") : types;
  return {
    ...(types.length === 0 ? {} : { type }),
    ...(field.objects > 0 ? membersOf(field, inList, seen) : {}),
    ...(field.items === null ? {} : { items: schemaOf(field.items, true, seen) }),
    ...textsOf(field, types, { inList, ...seen }),
  };
}

function typesOf(field: Field, slips: number): readonly string[] {
  const numbers = field.numbers.every(Number.isInteger) ? "integer" : "number";
  const seen: readonly (readonly [string, number])[] = [
    ["object", field.objects],
    ["array", field.lists],
    ["string", field.texts.length],
    // amounts that happened to be whole so far are numbers all the same
    [field.numbers.length >= 50 ? numbers : "number", field.numbers.length],
    ["boolean", field.booleans],
    ["null", field.nulls],
  ];
  return seen.filter(([, count]) => !isSlip(count, field.seen, slips)).map(([type]) => type);
}

function membersOf(field: Field, inList: boolean, reading: Seen): JsonObject {
  // keys that hardly come again are data rather than form
  const members = [...field.members.values()].filter(({ seen, around }) => !isSlip(seen, around));
  const required = members
    .filter(({ seen, around }) => isSlip(around - seen, around, reading.slips))
    .map(({ name }) => name);
  return {
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(members.map((member) => [member.name, schemaOf(member, inList, reading)])),
  };
}

function textsOf(
  field: Field,
  types: readonly string[],
  { inList, slips, formatOf }: Seen & { readonly inList: boolean },
): JsonObject {
  if (!types.includes("string")) return {};
  const format = formatOf(field.texts, slips);
  if (format !== null) return { format };
  const closed = inList && types.length === 1 ? closedValues(field.path, field.texts) : null;
  if (closed !== null) return { enum: closed.values };
  const blank = field.texts.filter((text) => text.trim() === "").length;
  return isThere(field) && isText(field) && isSlip(blank, field.seen, slips) ? { minLength: 1 } : {};
}
