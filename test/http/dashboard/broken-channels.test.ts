import { describe, expect, it } from "vitest";
import { overviewPage } from "../../../src/http/dashboard/overview-page.js";
import { benchGround, recordingChannel } from "../../flow/bench-ground.js";

describe("fault 54: every channel broken", () => {
  it("stands on top of the overview, and only while no channel works", () => {
    const channels = [recordingChannel("slack").ready, recordingChannel("mail").ready];
    const { ground } = benchGround({ channels });
    const page = () => String(overviewPage(ground));
    const broken = { blockedUntil: null, brokenSince: 1, reason: "answered 403" };
    ground.store.channels.put("slack", broken);
    expect(page()).not.toContain("No message gets out");
    ground.store.channels.put("mail", broken);
    expect(page()).toContain("No message gets out: every channel is broken");
  });
});
