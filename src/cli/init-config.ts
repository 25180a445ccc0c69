import type { AutomationKind } from "./init-kinds.js";

/** What a first configuration is written from. */
export interface InitAnswers {
  readonly kinds: readonly AutomationKind[];
  /** Name of the business. */
  readonly name: string;
  readonly owner: string;
  /** null: not told. */
  readonly email: string | null;
  readonly timeZone: string;
}

/** The text of a first configuration; `schema`: path of its JSON Schema, null: it lies nowhere near. */
export function firstConfig(answers: InitAnswers, schema: string | null): string {
  const { name, owner, email, timeZone, kinds } = answers;
  const text = JSON.stringify;
  const mail = email === null ? "" : `, "email": ${text(email)}`;
  return `// Everything Evenkeel needs to know: who people are, which automations run, where their outputs can be read,
// and what people do by hand while one of them cannot be trusted. Lines that begin with // are for you.
// EDIT marks what is only an example so far. "evenkeel validate" says whether the file is right.
{
${schema === null ? "" : `  "$schema": ${text(schema)},\n`}  "name": ${text(name)},
  "timeZone": ${text(timeZone)},

  // The one person who looks after all of this.
  "aiOwner": ${text(owner)},

  // Everyone the rest of this file refers to by name. EDIT: add colleagues; owner, deputy, onCall and fallback
  // can then name them.
  "people": [
    { "name": ${text(owner)}${mail} }
  ],

  // Where messages go. Without any they are printed in the terminal that Evenkeel runs in.
  "channels": [
    // { "id": "ops-slack", "type": "slack", "token": { "env": "SLACK_BOT_TOKEN" }, "channel": "C0AIOPS" }
  ],

  "automations": [
${kinds.map((kind) => automation(kind, owner)).join(",\n")}
  ]
}
`;
}

function automation(kind: AutomationKind, owner: string): string {
  const text = JSON.stringify;
  const list = (values: readonly string[]) => `[${values.map((value) => text(value)).join(", ")}]`;
  const { categories, numbers } = kind.follow;
  const follow =
    categories.length + numbers.length === 0
      ? ""
      : `      // Followed over time beside the checks. EDIT: the names in your outputs.
      "follow": { "categories": ${list(categories)}, "numbers": ${list(numbers)} },
`;
  return `    {
      "id": ${text(kind.id)},
      "title": ${text(kind.title)},
      "does": ${text(kind.does)},
      "owner": ${text(owner)},
      // high: customer-facing, money or personal data; low: internal, read-only. Sets sample, times and deadlines.
      "risk": ${text(kind.risk)},
      // What the message tells people to do meanwhile. EDIT: the steps in your own words, and how to pause it.
      "fallback": {
        "by": ${text(owner)},
        "steps": ${list(kind.steps)},
        "minutesPerItem": ${kind.minutesPerItem}
      },
      // Where its outputs are read from. EDIT: one JSON object a line, such as {"id":"1","at":"2026-11-17T14:00:00Z",
      // "input":"...","output":...}; "map" says which is which when they have other names. Instead of a file:
      //   "source": { "type": "http", "url": "https://api.example.com/runs", "headers": { "Authorization": { "env": "RUNS_TOKEN" } } }
      //   "source": { "type": "push", "token": { "env": "PUSH_TOKEN" } }
      "source": { "type": "file", "path": ${text(`outputs/${kind.id}.jsonl`)} },
${follow}      // What a good output looks like. EDIT the lines marked ADAPT in there.
      "checks": [${text(`checks/${kind.id}.json`)}]
    }`;
}
