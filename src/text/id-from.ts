import { foldText } from "./fold.js";

/** Longest id the register takes. */
const longest = 80;

/** An id of the register made from a name: "Größe & Maß" becomes `grosse-mass`; null: no letter or digit of it can stand in one. */
export function idFrom(name: string): string | null {
  const id = foldText(name)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
  return id === "" ? null : id;
}
