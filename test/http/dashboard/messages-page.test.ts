import { describe, expect, it } from "vitest";
import { deliverDue } from "../../../src/flow/deliver.js";
import { sendTest } from "../../../src/flow/send-test.js";
import { messagesPage } from "../../../src/http/dashboard/messages-page.js";
import { benchGround, options, recordingChannel } from "../../flow/bench-ground.js";
import { pushApp } from "../push-app.js";

describe("the page of messages", () => {
  it("shows what never arrived first, why, and what to do; then what was sent", async () => {
    const broken = recordingChannel("slack");
    broken.answers.push({ status: "refused", reason: "channel_not_found <b>" });
    const { ground } = benchGround({ channels: [broken.ready, recordingChannel("mail").ready] });
    ground.store.transaction(() => void sendTest(ground, null));
    await deliverDue(ground, new Set(), options.signal);
    const page = String(messagesPage(ground));
    expect(page).toContain("<code>evenkeel outbox retry --all-dead</code>");
    expect(page).toContain("channel_not_found &lt;b&gt;");
    expect(page.indexOf("<h2>Undeliverable</h2>")).toBeGreaterThan(0);
    expect(page.indexOf("<h2>Sent</h2>")).toBeGreaterThan(page.indexOf("<h2>Undeliverable</h2>"));
    expect(page).not.toMatch(/ style=|<script/);
  });

  it("is linked from the overview", async () => {
    const { ask } = await pushApp();
    expect((await ask("/")).text).toContain('href="/messages"');
    const { status, text } = await ask("/messages");
    expect(status).toBe(200);
    expect(text).toContain("0 messages waiting, 0 undeliverable");
  });
});
