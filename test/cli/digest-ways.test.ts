import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/domain/json.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const mail = { id: "ops-mail", type: "email", host: "smtp.example.com", from: "evenkeel@example.com" };
const slack = { id: "ops-slack", type: "slack", token: { env: "SLACK_BOT_TOKEN" }, channel: "C0AIOPS" };
const hook = {
  id: "ops-hook",
  type: "webhook",
  url: "https://hooks.example.com/x",
  secret: { env: "HOOK_SECRET" },
};
const environment = { SLACK_BOT_TOKEN: "xoxb-of-a-test", HOOK_SECRET: "a secret of this test" };

async function said(
  channels: readonly object[],
  digest: object = {},
): Promise<{ validate: string; doctor: string }> {
  company.found((config: JsonObject) => ({
    ...config,
    channels: JSON.parse(JSON.stringify(channels)),
    digest: JSON.parse(JSON.stringify(digest)),
  }));
  const validate = await evenkeel(["validate"], { environment });
  const doctor = await evenkeel(["doctor"], { environment });
  return {
    validate: `${validate.out}${validate.err}`.replace(/\s+/g, " "),
    doctor: doctor.out.replace(/\s+/g, " "),
  };
}

describe("validate and doctor", () => {
  it.each([
    ["no channel at all", []],
    ["a webhook alone", [hook]],
  ])("say that a digest has no way to go with %s, where and what to do", async (_, channels) => {
    const { validate, doctor } = await said(channels);
    for (const each of [validate, doctor]) {
      expect(each).toMatch(/the weekly digest of .* goes nowhere: there is no e-mail channel and no Slack/);
      expect(each).toContain('"channels"');
      expect(each).toContain('"readers": []');
    }
  });

  it.each([
    ["goes by mail", [mail], {}],
    ["goes over Slack", [slack], {}],
    ["goes over the Slack that is named", [mail, slack], { channel: "ops-slack" }],
    ["is read by nobody", [hook], { readers: [] }],
  ])("say nothing where it %s", async (_, channels, digest) => {
    const { validate, doctor } = await said(channels, digest);
    expect(`${validate}${doctor}`).not.toContain("weekly digest");
  });
});
