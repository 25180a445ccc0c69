/**
 * What is looked at once a day, whether or not outputs came: fields worth following, ends of models, the budget of
 * the month, what people said of outputs, known answers they contradict, outputs they are to look at. In: now. Out: findings in the
 * store. The day is the local one of the configuration, and what was done on it is stored: a restart repeats nothing.
 */
import { dateOf, wallTime } from "../measure/local-time.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { followFields } from "./follow-fields.js";
import { followJudgements } from "./follow-judgements.js";
import type { Ground } from "./ground.js";
import { breath } from "./judge-drafts.js";
import { knownSunsets, refreshListed } from "./known-sunsets.js";
import { lookForContradictions } from "./learning/contradicted-cases.js";
import { pickSpotChecks } from "./pick-spot-checks.js";
import { historySettled } from "./run-due.js";
import { watchBudget } from "./watch-budget.js";
import { watchModels } from "./watch-models.js";

const lookedOn = "daily_look";
const listedOn = "listed_models_on";

/**
 * Does what is due of today's look; an automation whose history is still being read waits for that. True: more is
 * followed than before.
 */
export async function lookDaily(ground: Ground, levels: AlarmLevels, signal: AbortSignal): Promise<boolean> {
  const { meta } = ground.store;
  const today = dateOf(wallTime(ground.clock.now(), ground.register.timeZone));
  if (meta.get(lookedOn) === today) return false;
  const { automations } = ground.register;
  const pending = automations.filter(({ entry }) => meta.get(`${lookedOn} ${entry.id}`) !== today);
  const ready = pending.filter((each) => historySettled(ground, each));
  if (ready.length === 0 && pending.length > 0) return false;
  if (meta.get(listedOn) !== today) {
    await refreshListed(ground, signal);
    if (signal.aborted) return false;
    meta.set(listedOn, today);
  }
  const known = knownSunsets(ground);
  let follows = false;
  for (const watched of ready) {
    // each commit waits for the disk: thousands of them keep neither requests nor a stop waiting
    await breath();
    if (signal.aborted) return follows;
    ground.store.transaction(() => {
      follows = followFields(ground, watched, levels) || follows;
      watchModels(ground, watched, known, ground.clock.now());
      watchBudget(ground, watched, ground.clock.now());
      followJudgements(ground, watched, levels);
      lookForContradictions(ground, watched, ground.clock.now());
      pickSpotChecks(ground, watched, ground.clock.now());
      meta.set(`${lookedOn} ${watched.entry.id}`, today);
    });
  }
  if (ready.length === pending.length) meta.set(lookedOn, today);
  return follows;
}
