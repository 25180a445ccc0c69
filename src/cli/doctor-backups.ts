import { dayMs } from "../domain/time.js";
import type { Ground } from "../flow/ground.js";
import { backupTrouble } from "../flow/make-backup.js";
import { backupsIn } from "../store/backup-files.js";
import { sayBytes } from "../store/space.js";
import { sayCount } from "../wording/numbers.js";
import { sayInstant } from "../wording/times.js";
import { atRisk, broken, type Examined, fine } from "./examined.js";
import type { Workplace } from "./workplace.js";

/** A nightly backup that is older was missed. */
const staleMs = 2 * dayMs;

/** Whether there is a backup to go back to. */
export function examineBackups({ config }: Workplace, { store, register, clock }: Ground): Examined {
  const all = backupsIn(config.backup.folder).filter((each) => each.before === null);
  const [newest] = all;
  const trouble = backupTrouble(store, newest?.at ?? null);
  if (trouble !== null) return broken("backup", trouble, "evenkeel backup");
  const now = clock.now();
  if (newest === undefined)
    return config.backup.at === null
      ? atRisk("backup", "none is made by itself, and there is none", "evenkeel backup")
      : fine("backup", `none yet; the first is made at ${config.backup.at}`);
  const text = `${sayCount(all.length, "backup")}, the newest of ${sayInstant(newest.at, register.timeZone, now)}, ${sayBytes(newest.bytes)}`;
  return now - newest.at > staleMs ? atRisk("backup", text, "evenkeel backup") : fine("backup", text);
}
