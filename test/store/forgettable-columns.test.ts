import { expect, it } from "vitest";
import { connect } from "../../src/store/connect.js";
import { forgettableColumns } from "../../src/store/forgettable-columns.js";
import { migrate } from "../../src/store/migrate.js";

/** Text columns that hold nothing of anyone's: names of the configuration, fingerprints, fixed words, positions. */
const nobodys = new Set(
  `meta.key meta.value automation.id schedule.kind schedule.expression schedule.time_zone source_state.cursor run.kind run.state
   metric.metric metric.kind metric.settings_hash metric.phase metric.standing incident.kind incident.status incident.told_status
   incident_move.event incident_move.from_status incident_move.to_status finding.key finding.rule finding.metric finding.check_id
   row_elsewhere.reader finding.level finding.baseline_measure finding.current_measure outbox.id outbox.channel outbox.kind outbox.payload_hash
   outbox.dedupe_key outbox.state channel_state.channel decision.what golden_accepted.case_id golden_promoted.case_id golden_promoted.review_by answer.key answer.check_id
   answer.asked answer.answered_by daily_asking.day golden_result.case_id golden_result.status change_marker.kind
   change_marker.from_value change_marker.to_value change_marker.retest change_comparison.metric change_comparison.result
   seen_value.kind seen_value.value declared_setting.part declared_setting.value earlier_baseline.metric followed_field.what
   followed_field.chosen incident_closing.cause incident_output.result incident_output.state lowered_check.check_id clock_jump.found silence.recurring silence_match.field
   silence_match.value silence_hold.finding_key incident_group.cause_kind incident_group.cause seen_request.id
   hourly_verdicts.check_id report.subject report.way report.repeat_key report.content_hash report.settled_as spot_check.reason judgement.answer digest.reader digest.period digest_reader.reader unregistered.sender review.decision review.next_on review_due.due_on review_reminder.due_on
   review_reminder.stage review_reminder.person
   unregistered.way`.split(/\s+/),
);

it("decides of every column whether it may hold someone's text", () => {
  const db = connect(":memory:", {});
  migrate(db, { path: ":memory:", backupFolder: null });
  const held = db
    .prepare<[], { name: string }>(
      `SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT IN ('output', 'verdict')
         AND c.type IN ('TEXT', 'BLOB') AND c.name <> 'automation' ORDER BY 1`,
    )
    .all()
    .map(({ name }) => name);
  const listed = forgettableColumns.flatMap(({ table, columns, json = [], state }) =>
    [...columns, ...json, ...(state === undefined ? [] : [state])].map((column) => `${table}.${column}`),
  );
  expect(held).toEqual([...listed, ...nobodys].sort());
});
