import { addBacktest } from "./backtest.js";
import { addBackup } from "./backup.js";
import { addChanges } from "./changes.js";
import type { AddCommand } from "./command-context.js";
import { addDigest } from "./digest.js";
import { addDoctor } from "./doctor.js";
import { addEnable } from "./enable.js";
import { addForget } from "./forget.js";
import { addGolden } from "./golden.js";
import { addImpact } from "./impact.js";
import { addImport } from "./import.js";
import { addIncidents } from "./incidents.js";
import { addInit } from "./init.js";
import { addJudge } from "./judge.js";
import { addMark } from "./mark.js";
import { addOutbox } from "./outbox.js";
import { addQuality } from "./quality.js";
import { addRegister } from "./register.js";
import { addRelearn } from "./relearn.js";
import { addReportProblem } from "./report-problem.js";
import { addReports } from "./reports.js";
import { addRestore } from "./restore.js";
import { addReview } from "./review.js";
import { addRun } from "./run.js";
import { addSchema } from "./schema.js";
import { addSilence } from "./silence.js";
import { addStart } from "./start.js";
import { addSuggest } from "./suggest.js";
import { addTry } from "./try.js";
import { addValidate } from "./validate.js";

/** Every command, in the order of the help. */
export const adders: readonly AddCommand[] = [
  addInit,
  addStart,
  addValidate,
  addSchema,
  addTry,
  addSuggest,
  addBacktest,
  addRun,
  addIncidents,
  addReportProblem,
  addReports,
  addSilence,
  addOutbox,
  addJudge,
  addQuality,
  addDigest,
  addGolden,
  addImport,
  addEnable,
  addRelearn,
  addMark,
  addChanges,
  addReview,
  addRegister,
  addImpact,
  addDoctor,
  addBackup,
  addRestore,
  addForget,
];
