import { KnownError } from "../domain/errors.js";
import { meantHint } from "../text/nearest.js";
import type { Terminal } from "./terminal.js";
import type { Workplace } from "./workplace.js";

/**
 * Who decides something, for the record: the person named, or whoever sits at this computer. Throws KnownError for a
 * name that the configuration does not have: a record is worth nothing when nobody can be asked.
 */
export function whoOf({ user }: Terminal, { config }: Workplace, named: string | undefined): string {
  if (named === undefined) return user;
  const known = config.people.map(({ name }) => name);
  if (known.includes(named)) return named;
  throw new KnownError(
    "person-unknown",
    `--who "${named}": is nobody of the configuration's "people"; ${meantHint(named, known, "write one of:")}`,
  );
}
