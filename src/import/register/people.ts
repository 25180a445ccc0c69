import { nearest } from "../../text/nearest.js";
import type { CellRead } from "./cell-text.js";

/** Someone whom the configuration does not know yet. */
export interface NewPerson {
  readonly name: string;
  readonly email: string | null;
}

/** Whom the configuration knows. */
export interface KnownPeople {
  readonly people: readonly NewPerson[];
}

/** A person as a cell names one. */
interface NamedPerson extends NewPerson {
  readonly isNew: boolean;
}

const address = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:]+$/;

/** Reads "Marta Quill", "marta@example.com" or "Marta Quill <marta@example.com>"; `beside` is the address another cell gives. */
export function readPerson(
  text: string,
  beside: string | null,
  { people }: KnownPeople,
): CellRead<NamedPerson> {
  const bad = (reason: string, fix: string) => ({ ok: false, reason, fix }) as const;
  const pair = /^(.*?)\s*[<(]([^<>()]*@[^<>()]*)[>)]\s*$/.exec(text);
  const written = pair?.[2]?.trim() ?? (text.includes("@") ? text : null);
  const email = written ?? beside;
  if (email !== null && !address.test(email))
    return bad(`names ${JSON.stringify(email)}, which is no e-mail address`, "write it as name@host");
  const byAddress =
    email === null ? null : people.find((each) => each.email?.toLowerCase() === email.toLowerCase());
  if (byAddress) return { ok: true, value: { ...byAddress, isNew: false } };
  const name = (pair?.[1] ?? (written === null ? text : "")).trim().replace(/^"|"$/g, "");
  if (name === "")
    return bad(
      "is an address of nobody the configuration knows",
      "write the name before it: Marta Quill <marta@example.com>",
    );
  if (/[;/&\n]|,|\s(?:and|und)\s/i.test(name))
    return bad("names more than one person", "name one as owner and the other as deputy");
  const known = people.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return { ok: true, value: { ...known, isNew: false } };
  const near = nearest(
    name,
    people.map((each) => each.name),
  );
  if (near !== null && email === null)
    return bad(
      "is nobody the configuration knows",
      `did you mean ${near}? For someone else add the e-mail address`,
    );
  return { ok: true, value: { name, email, isNew: true } };
}
