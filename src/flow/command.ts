/**
 * What people may order from outside: the same orders from a page, the loopback interface or the command line.
 * In: an order as data. Out: what came of it as data. Holds no rules: every order starts a journey.
 */
import { z } from "zod";
import { incidentCauses } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { reportEndings } from "../domain/report.js";
import { saidReworkStates } from "../domain/rework.js";
import { personalEvents } from "../incident/transitions.js";
import { meantHint } from "../text/nearest.js";
import { acceptGolden } from "./accept-golden.js";
import { acknowledgeGroup } from "./acknowledge-group.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { changeSettings, markChange } from "./changes/mark.js";
import { stateCause } from "./closing.js";
import { sendDigestNow } from "./digest-now.js";
import { enableCheck } from "./enable-check.js";
import { forget } from "./forget.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { promoteOutput, promotionRequest, withdrawalRequest, withdrawCase } from "./learning/promote.js";
import { moveIncident } from "./move-incident.js";
import { addSilence, endSilence, silenceRequest } from "./order-silence.js";
import { pauseAutomation } from "./pause-automation.js";
import { readHistory } from "./read-history.js";
import { relearn } from "./relearn.js";
import { reportProblem } from "./report-problem.js";
import { reportRequest } from "./report-request.js";
import { retryMessages } from "./retry-messages.js";
import { governanceRequest, recordGovernance, recordReview, reviewRequest } from "./reviews/record-review.js";
import { markOutputs } from "./rework.js";
import { runSlots } from "./run.js";
import { needsHistory } from "./run-due.js";
import { runGolden } from "./run-golden.js";
import { sendTest } from "./send-test.js";
import { settleReport } from "./settle-report.js";
import { snoozeIncident, snoozeRequest } from "./snooze-incident.js";
import { judgementRequest, takeJudgement } from "./take-judgement.js";

const who = z.string().min(1).max(200);
const why = z.string().min(1).max(2000);

const cause = z.enum(incidentCauses);

/** An order. */
export const commandSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("run"), automation: z.string() }),
  z.strictObject({
    do: z.literal("move"),
    incident: z.int(),
    event: z.enum(personalEvents),
    who,
    why: why.nullable(),
    cause: cause.nullish(),
    lesson: why.nullish(),
    override: z.boolean().optional(),
    waiveRest: z.boolean().optional(),
  }),
  z.strictObject({
    do: z.literal("rework"),
    incident: z.int(),
    of: z.union([
      z.literal("all"),
      z.strictObject({ ids: z.array(z.string().max(2000)).min(1).max(10_000) }),
    ]),
    state: z.enum(saidReworkStates),
    who,
    why: why.nullable(),
  }),
  z.strictObject({ do: z.literal("cause"), incident: z.int(), cause, lesson: why.nullable(), who }),
  z.strictObject({
    do: z.literal("pause"),
    incident: z.int(),
    wish: z.enum(["pause", "resume"]),
    who,
    why: why.nullable(),
  }),
  z.strictObject({ do: z.literal("enable"), automation: z.string(), subject: z.string(), who, why }),
  z.strictObject({ do: z.literal("relearn"), automation: z.string(), subject: z.string(), who, why }),
  z.strictObject({
    do: z.literal("golden-run"),
    automation: z.string(),
    override: z.strictObject({ who, why }).nullable(),
  }),
  z.strictObject({
    do: z.literal("golden-accept"),
    automation: z.string(),
    run: z.int().nullable(),
    who,
    why,
  }),
  promotionRequest.extend({ do: z.literal("golden-promote") }),
  withdrawalRequest.extend({ do: z.literal("golden-withdraw") }),
  changeSettings.extend({ do: z.literal("mark") }),
  z.strictObject({
    do: z.literal("forget"),
    of: z.union([
      z.strictObject({ automation: z.string(), id: z.string().min(1) }),
      z.strictObject({ text: z.string().min(1).max(500) }),
    ]),
    preview: z.boolean(),
    who,
    why,
  }),
  z.strictObject({ do: z.literal("outbox-retry"), id: z.string().max(100).nullable(), who }),
  z.strictObject({ do: z.literal("send-test"), who: who.nullable() }),
  silenceRequest.extend({ do: z.literal("silence-add") }),
  z.strictObject({ do: z.literal("silence-end"), silence: z.int(), who }),
  snoozeRequest.extend({ do: z.literal("snooze") }),
  reportRequest.extend({ do: z.literal("report") }),
  z.strictObject({ do: z.literal("report-settle"), report: z.int(), as: z.enum(reportEndings), who, why }),
  judgementRequest.extend({ do: z.literal("judge") }),
  reviewRequest.extend({ do: z.literal("review") }),
  governanceRequest.extend({ do: z.literal("governance-review") }),
  z.strictObject({ do: z.literal("digest-send"), reader: z.string().max(200).nullable() }),
  z.strictObject({ do: z.literal("acknowledge-group"), group: z.int(), who }),
]);

/** An order, checked. */
export type Command = z.infer<typeof commandSchema>;

/** Carries out an order; throws KnownError with what to do instead. */
export async function perform(
  given: Ground,
  levels: AlarmLevels,
  command: Command,
  signal: AbortSignal,
): Promise<object> {
  // every message asks for them, and to work them out takes long
  const ground = { ...given, levels };
  switch (command.do) {
    case "run":
      return alone(ground, command.automation, (watched) => runNow(ground, watched, levels, signal));
    case "move":
      return { incident: moveIncident(ground, command) };
    case "rework":
      return { rework: markOutputs(ground, command) };
    case "cause":
      return { closing: stateCause(ground, command) };
    case "pause":
      return { report: await pauseAutomation(ground, command, signal) };
    case "enable": {
      const enabled = enableCheck(ground, requireWatched(ground, command.automation), command);
      return { enabled: enabled.map(({ id, title, level }) => ({ id, title, level })) };
    }
    case "relearn":
      return alone(ground, command.automation, async (watched) => ({
        relearned: relearn(ground, watched, command).map(({ id, title, settings }) => ({
          id,
          title,
          outputs: settings.baselineOutputs,
          runs: settings.baselineRuns,
        })),
      }));
    case "golden-run": {
      const { override } = command;
      const options = {
        slotAt: ground.clock.now(),
        signal,
        levels,
        ...(override === null ? {} : { override }),
      };
      return alone(ground, command.automation, (watched) => runGolden(ground, watched, options));
    }
    case "golden-accept":
      return acceptGolden(ground, requireWatched(ground, command.automation), command);
    case "golden-promote":
      return promoteOutput(ground, command);
    case "golden-withdraw":
      return withdrawCase(ground, requireWatched(ground, command.automation), command);
    case "mark":
      return markChange(ground, requireWatched(ground, command.automation), command);
    case "silence-add": {
      const { do: _order, ...request } = command;
      return addSilence(ground, request);
    }
    case "silence-end":
      return { silence: endSilence(ground, command.silence, command.who) };
    case "snooze":
      return { silence: snoozeIncident(ground, command) };
    case "report": {
      const { do: _order, ...request } = command;
      return reportProblem(ground, request, { way: "command", repeatKey: null });
    }
    case "report-settle":
      return settleReport(ground, command);
    case "judge":
      return takeJudgement(ground, command);
    case "review":
      return recordReview(ground, command);
    case "governance-review":
      return recordGovernance(ground, command);
    case "digest-send":
      return sendDigestNow(ground, command.reader);
    case "acknowledge-group":
      return { incidents: acknowledgeGroup(ground, command.group, command.who) };
    case "forget":
      return forget(ground, command);
    case "outbox-retry":
      return { owed: retryMessages(ground, command.id, command.who) };
    case "send-test":
      return { owed: sendTest(ground, command.who) };
  }
}

/** The automation of that id; throws KnownError that names the nearest one. */
export function requireWatched(ground: Pick<Ground, "register">, id: string): Watched {
  const watched = watchedOf(ground.register, id);
  if (watched !== null) return watched;
  const known = ground.register.automations.map((each) => each.entry.id);
  throw new KnownError("automation-unknown", `no automation "${id}"; ${meantHint(id, known)}`);
}

/** Works on an automation while no other journey does. */
async function alone<T>(ground: Ground, id: string, work: (watched: Watched) => Promise<T>): Promise<T> {
  const watched = requireWatched(ground, id);
  if (ground.atWork.has(id)) {
    throw new KnownError("automation-busy", `${id} is being looked at right now; try again in a moment`);
  }
  ground.atWork.add(id);
  try {
    return await work(watched);
  } finally {
    ground.atWork.delete(id);
  }
}

/** A run at this instant, whatever the schedule says. */
async function runNow(
  ground: Ground,
  watched: Watched,
  levels: AlarmLevels,
  signal: AbortSignal,
): Promise<object> {
  const options = { signal, levels, patient: false };
  if (needsHistory(ground, watched)) return readHistory(ground, watched, options);
  return runSlots(ground, watched, [ground.clock.now()], options);
}
