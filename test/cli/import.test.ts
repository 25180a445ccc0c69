import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { inCompanyFolder, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const samples = fileURLToPath(new URL("../import/samples/", import.meta.url));
const company = inCompanyFolder();

beforeEach(() => {
  company.found();
  cpSync(samples, join(company.folder(), "evals"), { recursive: true });
});

const read = (name: string) => readFileSync(join(company.folder(), name), "utf8");

describe("evenkeel import", () => {
  it("writes checks and a golden set beside the configuration, and says what stays behind", async () => {
    const { out, err, exitCode } = await evenkeel(["import", "promptfoo", "evals/support-replies.yaml"]);
    expect(out).toContain("evals/support-replies.yaml: ");
    expect(out).toContain("5 golden cases.");
    expect(out).toContain("  checks/support-replies.json\n  golden/support-replies.jsonl\n");
    expect(out).toMatch(/Not carried over \(\d+\)\n {2}evals/);
    expect(out).toContain("  evals/support-replies.yaml:5 providers: the automation itself");
    expect(out).toContain("  evals/support-replies.yaml:32 javascript ");
    expect(out.replace(/\s+/g, " ")).toContain(
      'evals/support-replies.yaml:34 regex (?<!no )reply: pattern "(?<!no )reply": looks behind',
    );
    expect(out).toContain("Next  evenkeel validate");
    expect(err).toContain('"checks": ["checks/support-replies.json"]');
    expect(exitCode).toBe(0);
    expect(read("golden/support-replies.jsonl").split("\n")[0]).toBe(
      '{"id":"late-parcel","input":{"message":"Where is my parcel? Order HL-61377.","language":"en"},"expected":"Your parcel is delayed and arrives by Friday.","tags":["delivery"]}',
    );
  });

  it.each([
    ["promptfoo", "support-replies.yaml", "support-replies"],
    ["promptfoo", "ticket-labels.yaml", "ticket-labels"],
    ["promptfoo", "invoice-json.yaml", "promptfoo"],
    ["openai-evals", "ticket-eval.json", "ticket-sorting"],
  ])("%s %s gives files that the configuration accepts", async (system, file, name) => {
    await evenkeel(["import", system, `evals/${file}`]);
    company.found((config) =>
      withAutomation(config, "order-reading", {
        checks: [`checks/${name}.json`],
        golden: {
          cases: `golden/${name}.jsonl`,
          effects: "none",
          probe: { type: "command", argv: ["true"] },
        },
      }),
    );
    const { text, exitCode } = await evenkeel(["validate"]);
    expect(text).toContain("is fine");
    expect(exitCode).toBe(0);
  });

  it("writes nothing over what is there", async () => {
    await evenkeel(["import", "promptfoo", "evals/ticket-labels.yaml"]);
    const before = read("checks/ticket-labels.json");
    const again = await evenkeel(["import", "promptfoo", "evals/ticket-labels.yaml"]);
    expect(again.err).toContain(
      "checks/ticket-labels.json and golden/ticket-labels.jsonl: there already; name others with --name",
    );
    expect(again.exitCode).toBe(2);
    expect(read("checks/ticket-labels.json")).toBe(before);
    const other = await evenkeel([
      "import",
      "promptfoo",
      "evals/ticket-labels.yaml",
      "--name",
      "Labels 2",
      "--out",
      "new",
    ]);
    expect(other.out).toContain("  new/checks/labels-2.json");
    expect(existsSync(join(company.folder(), "new/golden/labels-2.jsonl"))).toBe(true);
  });

  it("prints the files with --dry-run, and the same as JSON", async () => {
    const { out, err } = await evenkeel(["import", "openai-evals", "evals/ticket-eval.json", "--dry-run"]);
    expect(out).toContain(
      '{ "id": "label-matches", "title": "Label matches", "type": "equals", "ignoreSpace": false }',
    );
    expect(err).toContain("nothing was written");
    expect(existsSync(join(company.folder(), "checks"))).toBe(false);
    const json = await evenkeel(["import", "openai-evals", "evals/ticket-eval.json", "--dry-run", "--json"]);
    const { data } = JSON.parse(json.out);
    expect(data).toMatchObject({
      goldenCases: 2,
      files: ["checks/ticket-sorting.json", "golden/ticket-sorting.jsonl"],
    });
    expect(data.notCarried[0]).toEqual({
      where: expect.stringMatching(/ticket-eval\.json:\d+$/),
      what: expect.any(String),
      why: expect.any(String),
    });
  });

  it.each([
    [
      "promptfoo",
      "tests:\n  - vars: [a\n  b: c\n",
      /^broken\.yaml: \d faults?, nothing was imported\n\nbroken\.yaml:\d+:\d+: /,
    ],
    [
      "promptfoo",
      "- a\n- b\n",
      /^broken\.yaml: is no promptfoo configuration; expected prompts, providers and tests\n/,
    ],
    [
      "promptfoo",
      "prompts: [x]\nlimit: .nan\n",
      /^broken\.yaml: holds a value that is no JSON, such as \.nan\n/,
    ],
    [
      "openai-evals",
      "name: none\n",
      /^broken\.yaml: holds no eval; expected an object with testing_criteria/,
    ],
  ])("says with the line what is wrong with a %s file: %j", async (system, written, expected) => {
    company.write("broken.yaml", written);
    const { err, exitCode } = await evenkeel(["import", system, "broken.yaml"]);
    expect(err).toMatch(expected);
    expect(exitCode).toBe(2);
  });

  it("says which line of a JSONL file is broken, and which file is missing", async () => {
    company.write("items.jsonl", '{"item":{"q":"a"}}\n{"item":\n');
    const words = ["import", "openai-evals", "evals/ticket-eval.json", "--items"];
    expect((await evenkeel([...words, "items.jsonl"])).err).toBe(
      "items.jsonl:2: is no JSON object; expected one in each line\n",
    );
    expect((await evenkeel([...words, "gone.jsonl"])).err).toBe("gone.jsonl: no such file\n");
  });

  it("says that nothing could be carried over", async () => {
    company.write("none.yaml", "prompts: [x]\nproviders: [y]\n");
    const { out, err } = await evenkeel(["import", "promptfoo", "none.yaml"]);
    expect(out).toContain("none.yaml: 0 checks, 0 golden cases.");
    expect(err).toContain("nothing could be carried over, nothing was written");
    expect(existsSync(join(company.folder(), "checks"))).toBe(false);
  });

  it("shows control characters of a hostile file written out", async () => {
    company.write("bad.yaml", 'prompts: [x]\ndefaultTest: { assert: [{ type: "evil\\e[31m" }] }\n');
    const { text } = await evenkeel(["import", "promptfoo", "bad.yaml"]);
    expect(text).not.toContain("\u001b");
  });
});
