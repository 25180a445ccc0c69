import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type ConfigPorts, loadConfig, readConfig } from "../../src/config/load.js";
import { nobody } from "../../src/domain/asking.js";
import { ConfigError } from "../../src/domain/errors.js";
import { createScriptRunner } from "../../src/platform/script-runner.js";
import { anOutput } from "../check/judge.js";

const smallest = {
  timeZone: "Europe/Vienna",
  aiOwner: "Ines Calder",
  people: [{ name: "Ines Calder", email: "ines@example.com" }],
  automations: [
    {
      id: "support-triage",
      does: "Sorts support tickets",
      owner: "Ines Calder",
      risk: "low",
      source: { type: "file", path: "outputs.jsonl", settle: "5m" },
    },
  ],
};

const [entry] = smallest.automations;

/** A folder in memory; a value that is no text is written as JSON. */
function folder(files: Readonly<Record<string, unknown>>, secrets: readonly string[] = []): ConfigPorts {
  return {
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error("gone"), { code: "ENOENT" });
      return typeof content === "string" ? content : JSON.stringify(content, null, 2);
    },
    stampOf: () => "",
    readColumn: () => [],
    secretPresent: (reference) => "env" in reference && secrets.includes(reference.env),
  };
}

describe("loadConfig", () => {
  it("fills in everything the smallest configuration leaves out", async () => {
    const config = await loadConfig(
      "conf/evenkeel.config.json",
      folder({ "conf/evenkeel.config.json": smallest }),
    );
    expect(config).toMatchObject({
      file: "conf/evenkeel.config.json",
      baseDir: resolve("conf"),
      dataDir: resolve("conf/data"),
      name: "Evenkeel",
      listen: { host: "127.0.0.1", port: 4310 },
      publicUrl: null,
      alarmBudget: { falseAlarmsPerMonth: 1, digestFindingsPerMonth: 4 },
      network: { allowPrivate: [] },
      channels: [{ id: "console", type: "console" }],
    });
    expect(config.people[0]).toMatchObject({ name: "Ines Calder", timeZone: "Europe/Vienna", slackId: null });
    expect(config.automations[0]).toMatchObject({
      automation: { id: "support-triage", schedule: "0 6 * * *", driftLevel: "digest", fallback: null },
      source: { settings: { type: "file" }, settleMs: 300_000 },
      sample: { size: 10, strata: [] },
      store: "redacted",
      follow: { numbers: [], categories: [] },
      baseline: { outputs: 100, runs: 5 },
      checks: [],
      golden: null,
    });
  });

  it("reads JSON with comments, YAML and JSON alike", async () => {
    const yaml = `
timeZone: Europe/Vienna
aiOwner: Ines Calder
people: [{ name: Ines Calder }]
automations:
  - { id: triage, does: Sorts tickets, owner: Ines Calder, risk: low } # not watched
`;
    const json = `// Harbour & Lane
{ "$schema": "./config.schema.json", "timeZone": "Europe/Vienna", "aiOwner": "Ines Calder",
  "people": [{ "name": "Ines Calder" }], /* one person */
\t"automations": [{ "id": "triage", "does": "Sorts tickets", "owner": "Ines Calder", "risk": "low" },],
}`;
    const one = await loadConfig("a.yaml", folder({ "a.yaml": yaml }));
    const other = await loadConfig("a.yaml", folder({ "a.yaml": json }));
    expect(one).toEqual(other);
    expect(one.automations[0]).toMatchObject({ source: null, automation: { schedule: null } });
  });

  it("reads check files beside the configuration, and files they name beside them", async () => {
    const config = await loadConfig(
      "c.json",
      folder({
        "c.json": {
          ...smallest,
          automations: [{ ...entry, checks: ["checks/a.yaml", { id: "short", type: "length", max: 9 }] }],
        },
        "checks/a.yaml": "checks:\n  - { id: present, type: not-empty, level: page }\n",
      }),
    );
    const checks = config.automations[0]?.checks ?? [];
    expect(checks.map(({ file, check }) => [file, check.id, check.level])).toEqual([
      ["checks/a.yaml", "present", "page"],
      ["c.json", "short", null],
    ]);
  });

  it("keeps secrets as references", async () => {
    const source = { type: "http", url: "https://example.com/o", headers: { authorization: { env: "KEY" } } };
    const files = { "c.json": { ...smallest, automations: [{ ...entry, source }] } };
    const config = await loadConfig("c.json", folder(files, ["KEY"]));
    expect(config.automations[0]?.source?.settings).toMatchObject({
      headers: { authorization: { env: "KEY" } },
    });
    await expect(loadConfig("c.json", folder(files))).rejects.toThrow(
      'c.json:20:28 automations[0].source.headers.authorization: environment variable "KEY" is not set',
    );
  });

  it("resolves golden cases and leaves their schedule to demand", async () => {
    const golden = { cases: "golden/g.jsonl", effects: "none", probe: { type: "command", argv: ["cat"] } };
    const config = await loadConfig(
      "conf/c.json",
      folder({
        "conf/c.json": { ...smallest, automations: [{ ...entry, golden }] },
        "conf/golden/g.jsonl": '{"id":"a","input":"x","expected":"y"}\n',
      }),
    );
    expect(config.automations[0]?.golden).toMatchObject({
      casesFile: resolve("conf/golden/g.jsonl"),
      schedule: null,
      checks: null,
    });
  });

  it("takes real effects on a schedule once somebody answers for it", async () => {
    const golden = {
      cases: "g.jsonl",
      effects: "real",
      schedule: "0 9 * * *",
      override: { by: "Ines Calder", why: "writes to a sandbox customer" },
      probe: { type: "command", argv: ["cat"] },
    };
    const files = {
      "c.json": { ...smallest, automations: [{ ...entry, golden }] },
      "g.jsonl": '{"id":"a","input":"x","expected":"y"}\n',
    };
    const config = await loadConfig("c.json", folder(files));
    expect(config.automations[0]?.golden?.schedule).toBe("0 9 * * *");
  });

  it("throws one ConfigError that lists every fault", async () => {
    const files = { "c.json": { ...smallest, timeZone: "Mars", aiOwner: "Nobody", extra: 1 } };
    const thrown = await loadConfig("c.json", folder(files)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ConfigError);
    expect(String(thrown)).toContain("c.json: 3 faults, nothing was started");
  });

  it.each([
    ["ENOENT", "c.json: no such file, expected the configuration"],
    ["EISDIR", "c.json: is a folder, expected the configuration"],
    ["EACCES", "c.json: may not be read; check its permissions"],
    ["EIO", "c.json: cannot be read (broken)"],
  ])("says why the file cannot be read: %s", async (code, message) => {
    const readFile = (): string => {
      throw Object.assign(new Error("broken"), { code });
    };
    await expect(
      loadConfig("c.json", { readFile, stampOf: () => "", readColumn: () => [], secretPresent: () => true }),
    ).rejects.toThrow(`c.json: 1 fault, nothing was started\n\n${message}`);
  });
});

describe("readConfig", () => {
  it("notes what is allowed but worth knowing", async () => {
    const source = { type: "http", url: "https://example.com/o", headers: { Authorization: "Bearer abc" } };
    const { notes } = await readConfig(
      "c.json",
      folder({ "c.json": { ...smallest, automations: [{ ...entry, source }] } }),
    );
    expect(notes).toEqual([
      'support-triage has no fallback; allowed at risk "low"',
      'automations[0].source.headers.Authorization is written out; name a secret instead: { "env": "NAME" }',
    ]);
  });

  it.each([
    [
      "http://localhost:11434/v1",
      [],
      'localhost, which may not be called; add to "network": { "allowPrivate": ["127.0.0.0/8", "::1/128"] }',
    ],
    [
      "http://127.0.0.1:8000",
      ["10.0.0.0/8"],
      '127.0.0.1, which may not be called; add to "network": { "allowPrivate": ["127.0.0.0/8"] }',
    ],
    [
      "http://192.168.1.20:8000",
      [],
      '192.168.1.20, which may not be called; add to "network": { "allowPrivate": ["192.168.1.20/32"] }',
    ],
    [
      "http://[fd00::5]:8000",
      [],
      'fd00::5, which may not be called; add to "network": { "allowPrivate": ["fd00::5/128"] }',
    ],
    ["http://localhost:11434/v1", ["127.0.0.0/8"], null],
    ["http://192.168.1.20:8000", ["192.168.0.0/16"], null],
    ["http://192.168.1.20:8000", ["nonsense"], '"192.168.1.20/32"'],
    ["https://models.example.com/v1", [], null],
    ["not an address", [], null],
  ])("notes a model at %s with %j allowed: %s", async (baseUrl, allowPrivate, said) => {
    const price = { inputUsdPerMillion: 0, outputUsdPerMillion: 0 };
    const models = [{ id: "judge", type: "openai", baseUrl, model: "m", price }];
    const files = { "c.json": { ...smallest, models, network: { allowPrivate } } };
    const { notes } = await readConfig("c.json", folder(files));
    const about = notes.filter((note) => note.startsWith("model judge"));
    if (said === null) expect(about).toEqual([]);
    else expect(about).toEqual([expect.stringContaining(said)]);
  });

  it("notes a secret that is written out in a model's headers", async () => {
    const price = { inputUsdPerMillion: 0, outputUsdPerMillion: 0 };
    const headers = { "api-key": "abc", "x-api-key": { env: "KEY" }, "x-title": "Evenkeel" };
    const models = [{ id: "judge", type: "openai", model: "m", price, headers }];
    const { notes } = await readConfig("c.json", folder({ "c.json": { ...smallest, models } }, ["KEY"]));
    expect(notes).toContain(
      'models[0].headers.api-key is written out; name a secret instead: { "env": "NAME" }',
    );
    expect(notes.filter((note) => note.startsWith("models"))).toHaveLength(1);
  });

  it("says with the faults how much was read and fine", async () => {
    const automation = { ...entry, risk: "high", checks: ["k.json"] };
    const files = {
      "c.json": { ...smallest, automations: [automation, { ...automation, id: "other" }] },
      "k.json": {
        checks: [
          { id: "a", type: "not-empty" },
          { id: "b", type: "nonsense" },
        ],
      },
    };
    const { notes, faults } = await readConfig("c.json", folder(files));
    expect(notes).toEqual(["2 automations and 1 check file read; 1 check fine"]);
    expect(faults.map(({ file, path }) => [file, path])).toEqual([
      ["c.json", "automations[0].fallback"],
      ["c.json", "automations[1].fallback"],
      ["k.json", "checks[1].type"],
    ]);
  });

  it("changes no prototype", async () => {
    const text = `{"__proto__": {"polluted": 1}, ${JSON.stringify(smallest).slice(1)}`;
    await readConfig("c.json", folder({ "c.json": text }));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("scripts", () => {
  const rule = { id: "rule", type: "script", file: "rule.js" };
  const files = {
    "conf.json": { ...smallest, scripts: true, automations: [{ ...entry, checks: ["checks/own.json"] }] },
    "checks/own.json": { checks: [rule] },
  };

  it("run where the configuration allows them, read beside the check file", async () => {
    const ports = folder({ ...files, "checks/rule.js": "module.exports = ({ output }) => output === 'yes'" });
    const { automations } = await loadConfig("conf.json", { ...ports, scripts: createScriptRunner() });
    const check = automations[0]?.checks[0]?.check;
    expect(await check?.judge(anOutput("yes"), nobody)).toMatchObject({ status: "pass" });
    expect(await check?.judge(anOutput("no"), nobody)).toMatchObject({ status: "fail" });
  });

  it("are faults where they do not compile", async () => {
    const ports = folder({ ...files, "checks/rule.js": "module.exports = (\n  ({ output }) => output.\n" });
    const { faults } = await readConfig("conf.json", { ...ports, scripts: createScriptRunner() });
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining("check rule: the script does not compile: line 3: "),
    ]);
  });
});
