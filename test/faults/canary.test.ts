import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/store/connect.js";
import { endAll, type RunningDaemon, run, start, until } from "./daemon-process.js";
import { count, emptyFolder, removeFolders, rows } from "./folder.js";
import { type Receiver, startReceiver } from "./receiver.js";

/** Obviously invented, and valid for every detector. */
const canaries = {
  card: "4111 1111 1111 1111",
  iban: "AT61 1904 3002 3457 3201",
  email: "canary.bird@example.com",
  phone: "+43 660 1234567",
  key: `sk-${"c4n4ry".repeat(8)}`,
};
const said = Object.values(canaries).join(" and ");
/** Also as they stand without their blanks. */
const forms = [
  ...Object.values(canaries),
  "4111111111111111",
  "AT611904300234573201",
  "436601234567",
  "canary.bird",
];

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  endAll();
  await receiver.close();
  removeFolders();
});

const planted = [
  { id: "in-text", output: said },
  {
    id: "in-fields",
    output: {
      note: said,
      [canaries.email]: canaries.card,
      pan: 4111111111111111,
      deep: [{ iban: canaries.iban }],
    },
  },
  { id: "in-input", output: "canary ok", input: said, finalText: said, approval: "edited" },
  {
    id: "in-the-rest",
    output: "canary ok",
    error: said,
    segment: canaries.email,
    model: canaries.key,
    user: canaries.email,
  },
  {
    id: "in-link",
    output: "canary ok",
    link: `https://example.com/?mail=${canaries.email}&key=${canaries.key}`,
  },
  { id: canaries.email, output: "canary ok" },
  { id: "in-reference", output: "canary ok", reference: { iban: canaries.iban, note: said } },
];

function canaryFolder(store: "redacted" | "hash"): string {
  const folder = emptyFolder();
  const shared = {
    does: "Drafts replies",
    owner: "Tom Ashby",
    risk: "high",
    fallback: { by: "Tom Ashby", steps: ["Answer by hand."] },
    schedule: "0 6 * * *",
    store,
  };
  writeFileSync(join(folder, "cases.jsonl"), '{"id":"case-1","input":"hello","expected":"fine"}\n');
  // answers with the canaries, and one that dies with them on its lips
  writeFileSync(
    join(folder, "answer.mjs"),
    `console.log(JSON.stringify({ output: ${JSON.stringify(said)} }));`,
  );
  writeFileSync(join(folder, "die.mjs"), `console.error(${JSON.stringify(said)}); process.exit(3);`);
  const broken = [
    `{"id":"cut off","output":"${said}`,
    JSON.stringify({ id: canaries.email, at: said, output: said }),
  ];
  writeFileSync(
    join(folder, "outputs.jsonl"),
    [...planted.map((each) => JSON.stringify({ ...each, at: "2026-03-02T10:00:00Z" })), ...broken].join("\n"),
  );
  const golden = (script: string) => ({
    cases: "cases.jsonl",
    effects: "none",
    probe: { type: "command", argv: [process.execPath, script] },
  });
  const checks = [
    { id: "says-so", type: "not-contains", any: ["canary"], ignoreCase: true, rule: "zeroTolerance" },
    { id: "schema", type: "json-schema", schema: { type: "object", properties: { note: { const: "x" } } } },
    { id: "pii", type: "pii", where: "both" },
    { id: "secrets", type: "secrets", where: "both" },
    { id: "known", type: "equals" },
  ];
  writeFileSync(
    join(folder, "config.json"),
    JSON.stringify({
      name: "Harbour & Lane",
      timeZone: "Europe/Vienna",
      aiOwner: "Tom Ashby",
      network: { allowPrivate: ["127.0.0.0/8"] },
      people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
      channels: [{ id: "hook", type: "webhook", url: receiver.url, secret: { env: "HOOK_SECRET" } }],
      automations: [
        {
          ...shared,
          id: "replies",
          title: "Replies",
          source: { type: "push", token: { env: "PUSH_TOKEN" } },
          checks,
          golden: golden("answer.mjs"),
        },
        {
          ...shared,
          id: "dying",
          title: "Dying",
          checks: [{ id: "known", type: "equals" }],
          golden: golden("die.mjs"),
        },
        {
          ...shared,
          id: "filed",
          title: "Filed",
          source: { type: "file", path: "outputs.jsonl" },
          checks,
        },
        {
          ...shared,
          id: "unreadable",
          title: "Unreadable",
          source: { type: "command", argv: [process.execPath, "die.mjs"] },
          checks: [{ id: "short", type: "length", max: 10 }],
        },
      ],
    }),
  );
  return folder;
}

/** Everything below the data folder, as bytes: database, write-ahead log, notes. */
function kept(folder: string): string {
  const walk = (path: string): string[] =>
    statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [path];
  return walk(join(folder, "data"))
    .map((path) => readFileSync(path).toString("latin1"))
    .join("\n");
}

async function pages(daemon: RunningDaemon, folder: string): Promise<string> {
  const incidents = rows<{ id: number }>(folder, "SELECT id FROM incident");
  const paths = [
    "",
    "healthz",
    "metrics",
    ...incidents.map(({ id }) => `incidents/${id}`),
    "automations/replies",
  ];
  const texts = await Promise.all(paths.map(async (path) => (await daemon.ask(path)).text()));
  return texts.join("\n");
}

describe("a canary in everything that comes in", () => {
  it.each(["redacted", "hash"] as const)(
    "is seen by the checks and found nowhere afterwards (store: %s)",
    async (store) => {
      const folder = canaryFolder(store);
      const daemon = await start(folder);
      const answers: string[] = [];
      for (const record of planted)
        answers.push(await (await daemon.push("replies", JSON.stringify(record))).text());
      // the same id with other content, records that are none, and a body that is no JSON
      for (const body of [
        JSON.stringify({ id: canaries.email, output: `other ${said}` }),
        JSON.stringify({ id: said, at: said, output: said }),
        JSON.stringify([{ output: { said } }]),
        `{"id":"x","output":"${said}`,
      ])
        answers.push(await (await daemon.push("replies", body)).text());
      answers.push(await (await daemon.order({ do: "run", automation: "replies" })).text());
      await until("the incidents are told", 20_000, () => receiver.received.length >= 2);
      const outside = [
        ["a run", ["run", "replies"]],
        ["golden", ["golden", "run", "replies"]],
        ["golden that dies", ["golden", "run", "dying"]],
        ["incidents", ["incidents", "list", "--json"]],
        ["an incident", ["incidents", "show", "1"]],
        ["try", ["try", "filed", "--all"]],
        ["try what cannot be read", ["try", "unreadable"]],
        ["doctor", ["doctor"]],
        ["register", ["register"]],
        ["backtest", ["backtest", "filed"]],
      ] as const;
      const printed: [string, string][] = [];
      for (const [what, argv] of outside) {
        const command = run(folder, [...argv, "--config", "config.json"]);
        await command.ended;
        printed.push([what, `${command.stdout()}\n${command.stderr()}`]);
      }
      // each command did what it was asked: nothing is shown by a command that refused
      const told = Object.fromEntries(printed);
      expect(told["golden that dies"]).toContain("ended with exit code 3");
      expect(told["try what cannot be read"]).toContain("ended with exit code 3");
      expect(told["an incident"]).toContain("INCIDENT 1 opened");
      expect(told.try).toContain("Put aside");
      const everything: readonly (readonly [string, string])[] = [
        ["data folder, running", kept(folder)],
        ["pages", await pages(daemon, folder)],
        ["answers", answers.join("\n")],
        ["webhook", receiver.received.map(({ body }) => body).join("\n")],
        ["outbox", JSON.stringify(rows(folder, "SELECT * FROM outbox"))],
        ["console", `${daemon.stdout()}\n${daemon.stderr()}`],
        ...printed.map(([what, text]) => [`command line: ${what}`, text] as const),
      ];
      expect(count(folder, "SELECT count(*) FROM verdict WHERE status = 'fail'")).toBeGreaterThan(5);
      await daemon.stop();
      const found = [...everything, ["data folder, stopped", kept(folder)] as const].flatMap(
        ([where, text]) => forms.filter((form) => text.includes(form)).map((form) => `${where}: ${form}`),
      );
      if (found.length > 0) console.log(whereInDatabase(folder));
      expect(found).toEqual([]);
    },
    90_000,
  );
});

/** The columns that hold one, so that a failure says what to mend. */
function whereInDatabase(folder: string): readonly string[] {
  const db = connect(join(folder, "data", "evenkeel.db"), { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all();
    return tables.flatMap(({ name }) =>
      db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`)
        .all()
        .flatMap((row) =>
          Object.entries(row)
            .filter(([, value]) => forms.some((form) => String(value).includes(form)))
            .map(([column, value]) => `${name}.${column}: ${String(value).slice(0, 200)}`),
        ),
    );
  } finally {
    db.close();
  }
}
