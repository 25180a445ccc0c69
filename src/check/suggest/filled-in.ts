import { type Field, isSlip, isThere } from "./field.js";
import type { Proposer } from "./proposal.js";

/** Fields that one check names; more would not fit a message. */
const mostFields = 40;

/** Fields that were hardly ever missing, null or blank stay filled in. */
export const proposeFilledIn: Proposer = ({ root }) => {
  if (root === null || root.objects === 0) return [];
  const fields = filledIn(root).slice(0, mostFields);
  if (fields.length === 0) return [];
  return [
    {
      settings: {
        id: "filled-in",
        type: "required-fields",
        fields: fields.map(({ path }) => path),
        allowEmpty: false,
      },
      because: "Each of them was filled in in 99% or more.",
      ofForm: true,
    },
  ];
};

function filledIn(field: Field): readonly Field[] {
  const inner = [...field.members.values()].filter(isThere);
  const own = inner.filter(({ objects, lists, texts, emptyLists }) =>
    lists > 0
      ? isSlip(emptyLists, lists)
      : objects === 0 && isSlip(texts.filter((text) => text.trim() === "").length, texts.length),
  );
  const items = inner.flatMap(({ items: each, lists, seen }) =>
    each !== null && lists === seen && each.objects === each.seen ? filledIn(each) : [],
  );
  const nested = inner.flatMap((each) => (each.objects === each.seen ? filledIn(each) : []));
  return [...own, ...nested, ...items];
}
