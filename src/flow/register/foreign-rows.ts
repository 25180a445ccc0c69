/**
 * Rows of a source that name another automation than the one it is read for (`map.automation`). In: such rows, mapped by
 * nobody. Out: of one in the register a count, for its own source brings them; of one that nobody registered the note
 * that the intake of pushes makes too. None is stored, checked or counted as an output of the automation that was read.
 */
import type { ForeignRow } from "../../domain/output.js";
import { sayCount } from "../../wording/numbers.js";
import { sayDayAndTime } from "../../wording/times.js";
import type { Ground, Register, Watched } from "../ground.js";
import { dropUnregistered, noteUnasked } from "./unregistered.js";

/** Names nobody registered that are noted of one page; the rest is counted. */
const namesAtMost = 200;

/** Notes them; call inside a transaction. */
export function noteForeignRows(ground: Ground, watched: Watched, rows: readonly ForeignRow[]): void {
  if (rows.length === 0) return;
  const { store, clock, register } = ground;
  const { id } = watched.entry;
  const byName = new Map<string, ForeignRow[]>();
  for (const row of rows) {
    const alike = byName.get(row.automation);
    if (alike === undefined) byName.set(row.automation, [row]);
    else alike.push(row);
  }
  let named = 0;
  for (const [name, of] of byName) {
    const registered = registeredAs(register, name);
    if (registered !== null) {
      store.rowsElsewhere.note(id, registered.entry.id, of.length, clock.now());
      continue;
    }
    named += 1;
    if (named > namesAtMost) {
      dropUnregistered(ground);
      continue;
    }
    const body = { records: of.map(({ record }) => record), asides: [], absentOutput: "aside" } as const;
    noteUnasked(ground, { name, way: "row", sender: id, body });
  }
}

/** "312 rows name Reply drafting, the last today 06:10: left to its own source", or that it has none. */
export function sayRowsElsewhere(
  { store, register, clock }: Ground,
  { entry }: Watched,
): readonly RowsSaid[] {
  return store.rowsElsewhere.of(entry.id).flatMap(({ automation, rows, lastSeenAt }) => {
    const other = register.automations.find((each) => each.entry.id === automation);
    if (other === undefined) return [];
    const last = sayDayAndTime(lastSeenAt, entry.timeZone, clock.now());
    const isRead = other.source !== null || other.push !== null;
    const then = isRead ? "left to its own source" : "and it has no source, so nobody looks at them";
    const name = rows === 1 ? "names" : "name";
    return [
      {
        automation,
        isRead,
        words: `${sayCount(rows, "row")} read for ${entry.title} ${name} ${other.entry.title}, the last ${last}: ${then}`,
      },
    ];
  });
}

/** What is said of such rows. */
export interface RowsSaid {
  readonly automation: string;
  /** False: nobody reads them for the automation they name. */
  readonly isRead: boolean;
  readonly words: string;
}

function registeredAs({ automations }: Register, name: string): Watched | null {
  const plain = name.trim().toLowerCase();
  return (
    automations.find(({ entry }) => entry.id === name.trim()) ??
    automations.find(({ entry }) => entry.title.trim().toLowerCase() === plain) ??
    null
  );
}
