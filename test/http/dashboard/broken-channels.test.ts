import { describe, expect, it } from "vitest";
import { raiseOwn } from "../../../src/flow/watch-itself.js";
import { incidentPage } from "../../../src/http/dashboard/incident-page.js";
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

  it("shows the incident about Evenkeel itself, and leads to it", () => {
    const { ground } = benchGround({ channels: [recordingChannel("slack").ready] });
    ground.store.transaction(() =>
      raiseOwn(ground, {
        subject: "store:disk",
        headline: "Evenkeel cannot rely on its disk",
        sentence: "full",
      }),
    );
    const [own] = ground.store.incidents.open();
    const page = String(overviewPage(ground));
    expect(page).toContain(`<a href="/i/${own?.id}">Incident ${own?.id}</a>`);
    expect(page).toContain("about Evenkeel itself: Evenkeel cannot rely on its disk");
    expect(String(incidentPage(ground, own?.id ?? 0))).toContain("Evenkeel cannot rely on its disk");
  });
});
