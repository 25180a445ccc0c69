/**
 * Where texts of people and outputs may stand, beside outputs and their verdicts: sentences, quotations, names, messages.
 * What is not listed is never rewritten: states, kinds, expressions, zones, positions in a source, names of the
 * configuration. A test holds every text column of the schema to be listed here or known to hold nothing of anyone's.
 */

/** The columns of one table that may hold someone's text. */
export interface ForgettableColumns {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of JSON: its texts are looked through, never its keys and the fixed words that its reader needs. */
  readonly json?: readonly string[];
  /** What cannot be mended word by word, as a learned state or an answer: a row that holds the text in it goes. */
  readonly state?: string;
  /** Which rows belong to `@automation`; null: the table is about no one automation. */
  readonly of: string | null;
}

const own = "automation = @automation";
const ofIncident = "incident IN (SELECT id FROM incident WHERE automation = @automation)";
const ofMarker = "marker IN (SELECT id FROM change_marker WHERE automation = @automation)";
const ofRun = "run IN (SELECT id FROM run WHERE automation = @automation)";

/** All of them, by table. */
export const forgettableColumns: readonly ForgettableColumns[] = [
  { table: "answer", columns: [], state: "answer", of: own },
  { table: "aside", columns: ["place", "reason", "excerpt"], of: own },
  { table: "change_comparison", columns: ["title", "sentence"], of: ofMarker },
  { table: "change_marker", columns: ["who", "note"], of: own },
  { table: "channel_state", columns: ["reason"], of: null },
  { table: "decision", columns: ["who", "why", "subject"], of: own },
  { table: "earlier_baseline", columns: ["title", "why"], of: own },
  { table: "finding", columns: ["sentence", "headline"], of: own },
  { table: "fresh_sample", columns: ["why"], of: own },
  { table: "golden_promoted", columns: ["who"], state: "known", of: own },
  { table: "golden_result", columns: ["reason", "received_id"], of: ofRun },
  { table: "incident", columns: ["title", "acknowledged_by"], of: own },
  { table: "incident_closing", columns: ["lesson", "who"], of: ofIncident },
  { table: "incident_move", columns: ["who", "why"], of: ofIncident },
  { table: "incident_output", columns: ["output_id", "link", "who", "note"], of: ofIncident },
  { table: "judgement", columns: ["who", "via", "note", "correction"], of: own },
  { table: "lowered_check", columns: ["who", "why"], of: own },
  { table: "metric", columns: ["standing_why"], state: "state", of: own },
  {
    table: "outbox",
    columns: ["last_error"],
    json: ["payload", "message", "reference", "progress"],
    // a digest quotes outputs of several automations
    of: `(${ofIncident} OR incident IS NULL)`,
  },
  { table: "report", columns: ["what", "who", "output_id", "link", "settled_by", "settled_why"], of: own },
  { table: "review", columns: ["who", "why"], of: own },
  { table: "run", columns: ["reason"], of: own },
  { table: "silence", columns: ["why", "owner", "ended_by"], of: null },
  { table: "source_state", columns: ["last_error"], of: own },
  { table: "spot_check", columns: ["why"], of: own },
  { table: "unregistered", columns: ["name", "model", "fields"], of: null },
  { table: "unregistered_output", columns: ["text"], of: null },
];
