import type { IncidentCause } from "../domain/closing.js";

const words: Readonly<Record<IncidentCause, string>> = {
  model: "the model",
  prompt: "the prompt",
  data: "the data it was given",
  source: "the source",
  rule: "the rule that was checked",
  people: "people",
  "false-alarm": "a false alarm",
  "accepted-change": "a change that is right",
};

/** What an incident came from, in words: "the data it was given". */
export function sayCause(cause: IncidentCause): string {
  return words[cause];
}
