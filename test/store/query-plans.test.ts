import type Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answerTable } from "../../src/store/answer.js";
import { changeMarkerTable } from "../../src/store/change-marker.js";
import { channelStateTable } from "../../src/store/channel-state.js";
import { closingTable } from "../../src/store/closing.js";
import { connect } from "../../src/store/connect.js";
import { decisionTable } from "../../src/store/decision.js";
import { declaredSettingTable } from "../../src/store/declared-setting.js";
import { digestTable } from "../../src/store/digest.js";
import { earlierBaselineTable } from "../../src/store/earlier-baseline.js";
import { findingTable } from "../../src/store/finding.js";
import { followedFieldTable } from "../../src/store/followed-field.js";
import { freshSampleTable } from "../../src/store/fresh-sample.js";
import { goldenTable } from "../../src/store/golden.js";
import { goldenPromotedTable } from "../../src/store/golden-promoted.js";
import { incidentTable } from "../../src/store/incident.js";
import { incidentClockTable } from "../../src/store/incident-clock.js";
import { incidentGroupTable } from "../../src/store/incident-group.js";
import { judgementTable } from "../../src/store/judgement.js";
import { loweredCheckTable } from "../../src/store/lowered-check.js";
import { metaTable } from "../../src/store/meta.js";
import { metricTable } from "../../src/store/metric.js";
import { migrate } from "../../src/store/migrate.js";
import { outboxTable } from "../../src/store/outbox.js";
import { outputTable } from "../../src/store/output.js";
import { registryTable } from "../../src/store/registry.js";
import { reportTable } from "../../src/store/report.js";
import { retentionTable } from "../../src/store/retention.js";
import { reviewTable } from "../../src/store/review.js";
import { reviewEvidenceTable } from "../../src/store/review-evidence.js";
import { reworkTable } from "../../src/store/rework.js";
import { runTable } from "../../src/store/run.js";
import { scheduleTable } from "../../src/store/schedule.js";
import { seenRequestTable } from "../../src/store/seen-request.js";
import { seenValueTable } from "../../src/store/seen-value.js";
import { silenceTable } from "../../src/store/silence.js";
import { sourceStateTable } from "../../src/store/source-state.js";
import { spotCandidateTable } from "../../src/store/spot-candidate.js";
import { spotCheckTable } from "../../src/store/spot-check.js";
import { unregisteredTable } from "../../src/store/unregistered.js";

const planRow = z.array(z.looseObject({ detail: z.string() }));

/** Every statement that the tables prepare, on the real schema. */
function statements(): { db: Database.Database; sql: readonly string[] } {
  const db = connect(":memory:", {});
  migrate(db, { path: ":memory:", backupFolder: null });
  const sql: string[] = [];
  const recording = new Proxy(db, {
    get: (target, name) => {
      if (name !== "prepare") return Reflect.get(target, name);
      return (source: string) => {
        sql.push(source);
        return target.prepare(source);
      };
    },
  });
  for (const table of [
    answerTable,
    changeMarkerTable,
    channelStateTable,
    closingTable,
    decisionTable,
    earlierBaselineTable,
    declaredSettingTable,
    digestTable,
    findingTable,
    followedFieldTable,
    freshSampleTable,
    goldenTable,
    goldenPromotedTable,
    incidentTable,
    incidentClockTable,
    incidentGroupTable,
    judgementTable,
    loweredCheckTable,
    metaTable,
    metricTable,
    outboxTable,
    outputTable,
    registryTable,
    reportTable,
    retentionTable,
    reviewTable,
    reviewEvidenceTable,
    reworkTable,
    runTable,
    scheduleTable,
    seenRequestTable,
    seenValueTable,
    silenceTable,
    sourceStateTable,
    spotCandidateTable,
    spotCheckTable,
    unregisteredTable,
  ])
    table(recording);
  return { db, sql };
}

const { db, sql } = statements();
/** Reading a table from one end to the other: of tables that grow with every output, run, finding, silence or message. */
const growing =
  /^SCAN (o|output|v|verdict|r|run|outbox|finding|g|golden_result|aside|decision|earlier_baseline|incident|answer|daily_asking|change_marker|change_comparison|seen_value|silence|silence_match|silence_hold|incident_group|incident_group_member|incident_closing|incident_output|lowered_check|seen_request|followed_field|review|review_reminder|hourly_\w+)\b/;
/** Indexes of few rows, or read from one end up to a limit. */
const bounded =
  /INDEX (outbox_due|outbox_by_state|finding_one_active|incident_one_open|incident_by_time|silence_by_end|silence_hold_one|incident_output_owed)$/;

function planOf(statement: string): readonly string[] {
  // parameters count as null; the plan does not depend on their values
  const parameters = [...new Set([...statement.matchAll(/@(\w+)/g)].map((match) => match[1] ?? ""))];
  const explained = db.prepare(`EXPLAIN QUERY PLAN ${statement}`);
  const unnamed = Array.from({ length: statement.split("?").length - 1 }, () => null);
  const rows =
    parameters.length > 0
      ? explained.all(Object.fromEntries(parameters.map((name) => [name, null])))
      : explained.all(...unnamed);
  return planRow.parse(rows).map((row) => row.detail);
}

describe("fault 28: the plan of every statement", () => {
  it("sees them all", () => {
    expect(sql.length).toBeGreaterThan(60);
  });

  it.each(sql.map((each) => [each.replaceAll(/\s+/g, " ").trim()]))(
    "reads no growing table to its end: %s",
    (each) => {
      const scans = planOf(each).filter((detail) => growing.test(detail) && !bounded.test(detail));
      expect(scans).toEqual([]);
    },
  );

  it.each([
    [
      "what waits for a run",
      /o\.run IS NULL AND o\.origin = 'source' AND o\.at < /,
      "SEARCH o USING INDEX output_waiting",
    ],
    ["when it was produced", /run IS NULL AND origin = 'source'\s+GROUP BY/, "INDEX output_waiting"],
    ["what failed in a run", /v\.check_id = \? AND o\.run = \?$/, "SEARCH o USING INDEX output_by_run"],
    [
      "what failed since",
      /v\.status = 'fail' ORDER BY o\.at/,
      "INDEX output_by_time (automation=? AND at>?)",
    ],
    ["what is owed next", /passedOn FROM outbox WHERE channel = \?/, "INDEX outbox_due"],
    [
      "what is still true",
      /FROM finding INDEXED BY finding_one_active WHERE automation = \?/,
      "INDEX finding_one_active",
    ],
  ])("finds %s without the history before it", (_, pattern, index) => {
    const found = sql.filter((each) => pattern.test(each));
    expect(found).toHaveLength(1);
    expect(planOf(found[0] ?? "").join("\n")).toContain(index);
  });
});
