import { dayMs } from "../../domain/time.js";
import { type Agreement, agreementOf } from "../../review/agreement.js";
import { agreementCounts } from "../contradict-checks.js";
import type { Ground, Watched } from "../ground.js";

const yearMs = 365 * dayMs;

/** A check against people, over all automations that have it with the same settings. */
interface PooledAgreement {
  readonly automations: number;
  readonly agreement: Agreement;
}

/**
 * Pools what people said of each check over the automations that share it: the same id with the same settings, as those
 * of one pack or check file have. Every judged output counts once, whichever automation it is of. null where a check
 * is of one automation only.
 */
export function poolAgreements(ground: Ground, now: number) {
  const { automations } = ground.register;
  const verdicts = new Map(
    automations.map(({ entry }) => [entry.id, ground.store.judgements.verdicts(entry.id, now - yearMs)]),
  );
  return (watched: Watched, check: string): PooledAgreement | null => {
    const settings = settingsOf(watched, check);
    const sharing = automations.filter((each) => settings !== null && settingsOf(each, check) === settings);
    if (sharing.length < 2) return null;
    const counts = sharing.map(({ entry }) => agreementCounts(verdicts.get(entry.id) ?? [], check));
    const agreement = agreementOf({
      failWrong: counts.reduce((sum, each) => sum + each.failWrong, 0),
      failRight: counts.reduce((sum, each) => sum + each.failRight, 0),
      passWrong: counts.reduce((sum, each) => sum + each.passWrong, 0),
      passRight: counts.reduce((sum, each) => sum + each.passRight, 0),
    });
    return { automations: sharing.length, agreement };
  };
}

/** A fingerprint of how the check is declared; null: the automation has none of that id. */
function settingsOf({ declared }: Watched, check: string): string | null {
  return declared.get(`check ${check}`) ?? null;
}
