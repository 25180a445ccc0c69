import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSettings } from "../../src/config/document.js";
import { configSettings } from "../../src/config/settings.js";
import { hourMs } from "../../src/domain/time.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Wed 18 Nov 2026, 07:02 in Vienna. */
export const begunAt = Date.UTC(2026, 10, 18, 6, 2);
const hostileName = "<script>fetch('https://beacon.example.com/t')</script>";

/** What is watched in the house; fills its folder with the outputs and known answers that are read from files. */
export function configuration(
  folder: string,
  ports: { readonly port: number; readonly smtp: number },
): object {
  for (const part of ["checks", "fixtures"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const name of ["support-triage", "email-drafting"]) keepNewest(join(folder, `fixtures/${name}.jsonl`));
  const text = readFileSync(join(root, "config.example.json"), "utf8");
  const example = configSettings.parse(parseSettings("config.example.json", text).value);
  const cases = join(folder, "replies.jsonl");
  const known = {
    id: "late",
    input: "When does my parcel come?",
    expected: "Dear customer, it comes on Friday at the latest, and we are sorry for the delay.",
  };
  writeFileSync(cases, `${JSON.stringify(known)}\n`);
  const pushed = (id: string, more: object) => ({
    id,
    does: "Drafts replies to customers",
    ...{
      owner: "Marta Quill",
      deputy: "Jonas Feld",
      onCall: "Priya Raman",
      risk: "high",
      schedule: "0 6 * * 1",
    },
    source: { type: "push", token: { env: "PUSH" } },
    checks: [
      {
        id: "no-refund",
        title: "Promises no refund",
        type: "not-contains",
        any: ["refund"],
        rule: "zeroTolerance",
      },
    ],
    fallback: { steps: ["Answer by hand, oldest first."], by: "Priya Raman" },
    store: "full",
    ...more,
  });
  const quotes = join(folder, "quotes.jsonl");
  writeFileSync(quotes, quoteLetters());
  const listed = { owner: "Ines Calder", risk: "low", review: { last: "2026-01-05" } };
  return {
    ...example,
    publicUrl: `http://127.0.0.1:${ports.port}`,
    listen: { host: "127.0.0.1", port: ports.port },
    network: { allowPrivate: ["127.0.0.0/8"] },
    channels: [
      {
        id: "mail",
        type: "email",
        host: "127.0.0.1",
        port: ports.smtp,
        security: "none",
        from: "evenkeel@example.com",
      },
    ],
    automations: [
      ...example.automations.map(({ source, follow, checks, sample, baseline, ...entry }) =>
        ["support-triage", "email-drafting"].includes(entry.id) ? { ...entry, source, checks } : entry,
      ),
      pushed("replies", {
        title: `Replies ${hostileName}`,
        golden: { cases, effects: "none", probe: { type: "command", argv: ["true"] } },
        spotCheck: { question: "Could a colleague send this reply as it is?", perWeek: 10 },
      }),
      pushed("returns", { title: "Returns desk", store: "redacted" }),
      pushed("quotes", {
        ...{ title: "Quote letters", does: "Writes letters with quotes", schedule: "0 * * * *" },
        source: { type: "file", path: quotes },
        checks: [{ id: "polite", title: "Letters that begin politely", type: "starts-with", prefix: "Dear" }],
      }),
      { ...listed, id: "notes", title: "Note taker", does: "Writes minutes of meetings" },
      {
        ...listed,
        id: "translator",
        title: "Translator",
        does: "Translates product texts",
        vendor: "Lingua",
      },
    ],
  };
}

/** Two days of letters, eight an hour; since the model changed, half a day ago, every other one begins otherwise. */
function quoteLetters(): string {
  const lines = Array.from({ length: 2 * 24 * 8 }, (_, index) => {
    const ago = index * (hourMs / 8) + 60_000;
    const isNew = ago < 12 * hourMs;
    const polite = isNew ? index % 2 === 0 : index % 29 !== 0;
    const output = `${polite ? "Dear" : "Hello"} Mr Feld, our quote is € ${100 + (index % 90)}, valid for 30 days.`;
    return {
      id: `q-${index}`,
      at: new Date(begunAt - ago).toISOString(),
      output,
      model: isNew ? "pen-2" : "pen-1",
    };
  });
  return lines
    .reverse()
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}

/** Enough to have learned what is usual; reading more of the past takes long. */
function keepNewest(path: string): void {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, `${lines.slice(-160).join("\n")}\n`);
}
