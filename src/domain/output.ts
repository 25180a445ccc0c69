import type { Versions } from "./change-marker.js";
import type { Json } from "./json.js";

/** What a person or system did with a drafted output. */
export type Approval = "approved" | "edited" | "rejected";

/** One thing an automation produced, as its source reported it. `null`: the source does not say. */
export interface Output {
  /** Unique within the automation. */
  readonly id: string;
  /** When it was produced: epoch ms UTC. */
  readonly at: number;
  /** The output as text; structured outputs as compact JSON. */
  readonly text: string;
  /** The output parsed, when it is a JSON object or list; otherwise undefined. */
  readonly fields: Json | undefined;
  readonly input: string | null;
  /** The known-good answer: text, or a parsed object. */
  readonly reference: Json;
  readonly model: string | null;
  readonly latencyMs: number | null;
  /** Cost of this one output in millionths of a US dollar. */
  readonly costMicros: number | null;
  readonly tokens: number | null;
  readonly user: string | null;
  readonly approval: Approval | null;
  /** What people finally sent, where they edited the draft. */
  readonly finalText: string | null;
  readonly segment: string | null;
  /** The automation's own error message, when it produced one instead of an output. */
  readonly error: string | null;
  /** Where a person can see it: an http(s) address. */
  readonly link: string | null;
  /** Why the model stopped (`stop`, `length`, `content_filter`, ...). */
  readonly finishReason: string | null;
  /** How often the automation tried again before it gave this; 0: it came at once. */
  readonly retries: number | null;
}

/** Everything that a source may leave out, left out. */
export const noDetails: Omit<Output, "id" | "at" | "text" | "fields"> = {
  input: null,
  reference: null,
  model: null,
  latencyMs: null,
  costMicros: null,
  tokens: null,
  user: null,
  approval: null,
  finalText: null,
  segment: null,
  error: null,
  link: null,
  finishReason: null,
  retries: null,
};

/** An output whose source gave no time: `at` is set when it is read. */
export interface OutputDraft extends Omit<Output, "at"> {
  readonly at: number | null;
  /** With what it was made, where the source says so; compared with what came before, not kept. */
  readonly versions?: Versions;
}

/** A record that names another automation than the one it was read for. */
export interface ForeignRow {
  /** The name as it stands there. */
  readonly automation: string;
  readonly record: Json;
}

/** A record that could not become an output: kept, counted, and never in the way of the rest. */
export interface Aside {
  /** File and line, page and index, or request. */
  readonly where: string;
  readonly reason: string;
  /** The beginning of what was found. */
  readonly excerpt: string;
}
