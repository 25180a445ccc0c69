import { hourMs } from "../domain/time.js";
import type { Register, Watched } from "./ground.js";

/** What incidents about the watch itself are filed under; no automation can have this id. */
export const itselfId = "evenkeel:itself";

/** Evenkeel as one more automation to be looked after: the AI owner's, with what to do while messages do not arrive. */
export function itself(register: Register): Watched {
  const { aiOwner, timeZone } = register;
  return {
    entry: {
      id: itselfId,
      title: "Evenkeel",
      does: "watches the automations and tells people",
      processes: [],
      owner: aiOwner.name,
      deputy: null,
      onCall: { kind: "person", name: aiOwner.name },
      vendor: null,
      tool: null,
      model: null,
      risk: "high",
      dataClasses: [],
      tags: [],
      approval: { status: "approved", by: null, on: null },
      cost: null,
      budget: null,
      seats: null,
      expectedReturn: null,
      dependsOn: [],
      fallback: {
        by: aiOwner.name,
        steps: [
          "Run: evenkeel doctor. It names what is broken and what to do.",
          "Run: evenkeel outbox. What did not arrive stands there; tell those people yourself.",
          "Once it is mended, run: evenkeel outbox retry --all-dead",
        ],
        minutesPerItem: null,
        inputsAt: null,
        pause: null,
      },
      sla: {
        acknowledgeMs: hourMs,
        containMs: 2 * hourMs,
        restoreMs: 8 * hourMs,
        acknowledgementExpiresMs: 8 * hourMs,
        remindMs: hourMs / 2,
        clock: "round-the-clock",
        hoursOf: null,
      },
      slaStated: true,
      review: { everyMonths: 1, last: null },
      spotCheck: { perWeek: 0, question: null },
      timeZone,
      schedule: null,
      driftLevel: "page",
    },
    source: null,
    sourceType: null,
    sourceHost: null,
    switches: { pause: null, resume: null },
    complete: true,
    settleMs: 0,
    push: null,
    sampleSize: "all",
    strataOf: () => [],
    draw: () => [],
    doubledAfterChangeMs: 0,
    declared: new Map(),
    storeMode: "redacted",
    checks: [],
    metrics: [],
    namedCategories: [],
    followUnnamed: { fields: false, segments: false },
    planUnnamed: () => [],
    schedule: null,
    golden: null,
    judging: { dailyMicros: 0, dailyQuestions: 0 },
  };
}
