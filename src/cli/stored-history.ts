import { databasePath } from "../daemon.js";
import type { Json } from "../domain/json.js";
import type { Source } from "../sample/source.js";
import { openStore } from "../store/open.js";
import { hasDatabase, noDatabase, type Workplace } from "./workplace.js";

/** What was stored of an automation, as a source: for replaying history that cannot be read from its origin again. */
export function storedHistory(workplace: Workplace, automation: string): Source {
  return {
    read: async ({ cursor, limit, now }) => {
      if (!hasDatabase(workplace)) throw noDatabase(workplace);
      const path = databasePath(workplace.config);
      const backupFolder = workplace.config.backup.folder;
      const store = openStore({ path, backupFolder, newInstanceId: "", readOnly: true });
      try {
        const page = store.outputs.pageAfter(automation, positionOf(cursor), now, limit);
        const last = page.at(-1);
        const next: Json = last === undefined ? cursor : { at: last.output.at, key: last.key };
        return {
          outputs: page.map((each) => each.output),
          asides: [],
          cursor: next,
          more: page.length === limit,
        };
      } finally {
        store.close();
      }
    },
  };
}

function positionOf(cursor: Json | null): { at: number; key: number } {
  const { at, key } = Object.assign({ at: Number.MIN_SAFE_INTEGER, key: 0 }, cursor);
  return { at, key };
}
