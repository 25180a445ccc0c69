import { describe, expect, it } from "vitest";
import { moveIncident } from "../../src/flow/move-incident.js";
import { readHistory } from "../../src/flow/read-history.js";
import { reportProblem } from "../../src/flow/report-problem.js";
import type { ReportRequest } from "../../src/flow/report-request.js";
import { runSlots } from "../../src/flow/run.js";
import { settleReport } from "../../src/flow/settle-report.js";
import { benchGround, hour, hourOf, monday, options, recordingChannel } from "./bench-ground.js";
import { withIncident } from "./life-bench.js";

const seen: ReportRequest = {
  automation: "invoices",
  what: "The total is that of another invoice",
  by: "Nora Pell",
  output: null,
  urgent: false,
};

function bench(change: Parameters<typeof benchGround>[0] = {}) {
  const channel = recordingChannel("ops");
  const made = benchGround({ channels: [channel.ready], ...change });
  made.clock.set(monday + 9 * hour);
  const { ground } = made;
  const report = (more: Partial<ReportRequest> = {}, repeatKey: string | null = null) =>
    reportProblem(ground, { ...seen, ...more }, { way: "api", repeatKey });
  const settle = (id: number, as: "confirmed" | "not-a-problem") =>
    settleReport(ground, { report: id, as, who: "Marta Quill", why: "looked at the invoice" });
  const findings = () => ground.store.findings.active("invoices");
  const incident = (id = 1) => ground.store.incidents.get(id);
  return { ...made, channel, report, settle, findings, incident };
}

describe("a report that is not urgent", () => {
  it("is a finding for the digest: nobody is called, nothing opens", () => {
    const { report, findings, incident, channel } = bench();
    const done = report();
    expect(done).toMatchObject({ outcome: "recorded", incident: null, opened: false, alike: 1 });
    expect(findings().map(({ finding }) => [finding.rule, finding.level, finding.sentence])).toEqual([
      [
        "report",
        "digest",
        "reported by Nora Pell, seen 2 Mar 2026 09:00: “The total is that of another invoice”",
      ],
    ]);
    expect(incident()).toBeNull();
    expect(channel.messages).toEqual([]);
  });

  it("joins an open incident as also, with who and what on the timeline, and sends nothing", async () => {
    const { ground, id, channel } = await withIncident();
    const before = channel.messages.length;
    const done = reportProblem(ground, seen, { way: "page", repeatKey: null });
    expect(done).toMatchObject({ incident: id, opened: false });
    expect(ground.store.incidents.moves(id).at(-1)).toMatchObject({
      event: "report",
      who: "Nora Pell",
      why: "“The total is that of another invoice”",
    });
    expect(channel.messages).toHaveLength(before);
  });

  it.each([
    ["the same output, other words", { output: "7" }, { output: "7", what: "Wrong sum" }, 1, 2],
    ["other outputs, the same words", { output: "7" }, { output: "8" }, 2, 1],
    [
      "no output, the same words otherwise written",
      {},
      { what: "the TOTAL is that of another  invoice!" },
      1,
      2,
    ],
    ["no output, other words", {}, { what: "The date is missing" }, 2, 1],
  ])("about %s", (_, first, second, expectedFindings, alike) => {
    const { report, findings, ground } = bench();
    report(first);
    expect(report(second).alike).toBe(alike);
    expect(findings()).toHaveLength(expectedFindings);
    expect(ground.store.reports.open("invoices")).toHaveLength(2);
  });

  it("counts the finding up, and says so", () => {
    const { report, findings } = bench();
    report({ output: "7" });
    report({ output: "7", by: "Otto Lind" });
    expect(findings()[0]).toMatchObject({ timesSeen: 2 });
    expect(findings()[0]?.finding.sentence).toContain("(output 7); 2 reports of it");
  });
});

describe("a report that it may still be going out", () => {
  it("opens an incident that is told with who and what", () => {
    const { report, incident, channel } = bench();
    expect(report({ urgent: true })).toMatchObject({ incident: 1, opened: true });
    expect(incident()).toMatchObject({
      status: "open",
      title: "reported as odd by Nora Pell: “The total is that of another invoice”",
    });
    const told = channel.messages[0];
    expect(told?.headline).toContain("Invoice extraction: reported as odd by Nora Pell");
    expect(told?.howSure).toEqual([
      "A person saw it; nothing is measured",
      "Reported by Nora Pell, seen 2 Mar 2026 09:00: “The total is that of another invoice”",
    ]);
    expect(told?.byHand?.steps).toEqual(["Type them in by hand."]);
  });

  it("raises what was a near miss before, and a calmer word about it lowers nothing", () => {
    const { report, findings, incident } = bench();
    report({ output: "7" });
    report({ output: "7", urgent: true });
    report({ output: "7" });
    expect(findings().map(({ finding }) => finding.level)).toEqual(["page"]);
    expect(incident()?.status).toBe("open");
  });

  it("is told of an open incident as also, once", async () => {
    const { ground, channel } = await withIncident();
    const report = () => reportProblem(ground, { ...seen, urgent: true }, { way: "page", repeatKey: null });
    report();
    expect(channel.messages.at(-1)?.news?.line).toContain("Also: reported by Nora Pell");
    const told = channel.messages.length;
    report();
    expect(channel.messages).toHaveLength(told);
  });

  it("is told although the source cannot be read", () => {
    const { report, ground, channel } = bench();
    const blind = ground.store.incidents.insert("invoices", "blind", "cannot be read", monday);
    ground.store.incidents.setTold(blind, "open");
    report({ urgent: true });
    expect(channel.messages.map(({ kind }) => kind)).toEqual(["opened"]);
  });

  it("never recovers by outputs that are as usual", async () => {
    const { ground, watched, source, clock, report, incident } = bench();
    report({ urgent: true });
    for (let at = 10; at < 16; at += 1) {
      source.outputs.push(...hourOf(monday + at * hour, 0));
      clock.set(monday + at * hour);
      await runSlots(ground, watched, [monday + at * hour], options);
    }
    expect(incident()?.status).toBe("open");
  });

  it("shows the output it is about, where it was seen", async () => {
    const { ground, watched, source, report, channel } = bench();
    source.outputs.push(...hourOf(monday + 9 * hour, 0, "n-"));
    await readHistory(ground, watched, options);
    const id = source.outputs[3]?.id ?? "";
    expect(report({ output: "unseen" }).outputKnown).toBe(false);
    expect(report({ urgent: true, output: id }).outputKnown).toBe(true);
    expect(channel.messages[0]?.examples).toMatchObject([
      { id, kind: "wrong", reason: "Nora Pell: The total is that of another invoice" },
    ]);
  });
});

describe("a report that is settled", () => {
  it("as no problem ends the incident that rests on it, in that person's name", () => {
    const { report, settle, findings, incident, channel, ground } = bench();
    report({ urgent: true });
    expect(settle(1, "not-a-problem")).toMatchObject({ ended: 1, report: { settled: { wentTo: null } } });
    expect(incident()?.status).toBe("false-alarm");
    expect(findings()).toEqual([]);
    expect(channel.messages.at(-1)?.news?.line).toContain("false alarm, says Marta Quill");
    expect(ground.store.incidents.moves(1).at(-1)).toMatchObject({
      event: "false-alarm",
      who: "Marta Quill",
    });
  });

  it("as no problem leaves an incident open that another report or a drift holds", async () => {
    const { report, settle, incident } = bench();
    report({ urgent: true, output: "7" });
    report({ urgent: true, output: "8" });
    expect(settle(1, "not-a-problem").ended).toBeNull();
    expect(incident()).toMatchObject({ status: "open" });
    const drifting = await withIncident();
    reportProblem(drifting.ground, { ...seen, urgent: true }, { way: "page", repeatKey: null });
    const done = settleReport(drifting.ground, {
      report: 1,
      as: "not-a-problem",
      who: "Marta Quill",
      why: "fine",
    });
    expect(done.ended).toBeNull();
    expect(drifting.ground.store.incidents.get(drifting.id)?.status).toBe("open");
    expect(drifting.events().at(-1)).toBe("report-settled");
  });

  it("as confirmed says in which incident it is, and that one is closed by a person", () => {
    const { report, settle, findings, incident } = bench();
    report({ urgent: true });
    expect(settle(1, "confirmed").report.settled?.wentTo).toBe(1);
    expect(incident()?.status).toBe("open");
    expect(findings()).toHaveLength(1);
  });

  it("as confirmed without an incident is a near miss on record", () => {
    const { report, settle, findings } = bench();
    report();
    expect(settle(1, "confirmed").report.settled).toMatchObject({ as: "confirmed", wentTo: null });
    expect(findings()).toEqual([]);
  });

  it("waits until the last report of it is settled", () => {
    const { report, settle, findings } = bench();
    report({ output: "7" });
    report({ output: "7" });
    settle(1, "not-a-problem");
    expect(findings()).toHaveLength(1);
    settle(2, "not-a-problem");
    expect(findings()).toEqual([]);
  });

  it("is settled once", () => {
    const { report, settle } = bench();
    report();
    settle(1, "confirmed");
    expect(() => settle(1, "not-a-problem")).toThrow(
      "Report 1 was settled as confirmed by Marta Quill: looked at the invoice",
    );
    expect(() => settle(9, "confirmed")).toThrow("No report 9; evenkeel reports lists them.");
  });

  it.each([
    ["resolve", "confirmed", 1],
    ["false-alarm", "not-a-problem", null],
    ["accept-change", "not-a-problem", null],
  ] as const)("with the incident it is in: %s means %s", (event, as, wentTo) => {
    const { report, ground } = bench();
    report({ urgent: true });
    moveIncident(ground, { incident: 1, event, who: "Marta Quill", why: "seen to", cause: "prompt" });
    expect(ground.store.reports.get(1)?.settled).toMatchObject({ as, by: "Marta Quill", wentTo });
  });
});

describe("what is kept of a report", () => {
  it("is redacted like outputs, but for the name of whoever saw it", () => {
    const { report, ground } = bench({ change: { storeMode: "redacted" } });
    report({
      what: "Mail to ada.holt@example.com shows card 4111 1111 1111 1111",
      by: "nora.pell@example.com",
      link: "https://crm.example.com/?mail=ada.holt@example.com",
    });
    expect(ground.store.reports.get(1)).toMatchObject({
      what: "Mail to [e-mail] shows card [card]",
      who: "nora.pell@example.com",
    });
    expect(JSON.stringify(ground.store.findings.active("invoices"))).not.toContain("ada.holt");
  });

  it("names a person of the configuration by their name", () => {
    const { report } = bench();
    expect(report({ by: "MARTA.QUILL@example.com" }).report.who).toBe("Marta Quill");
  });

  it.each([
    ["2026-03-02T08:30:00+01:00", 7.5],
    ["2026-03-02 07:30", 7.5],
    ["08:59", 8 + 59 / 60],
    ["23:30", -0.5],
    [null, 9],
  ])("dates %s", (seenAt, hours) => {
    const { report } = bench();
    expect(report({ seenAt }).report.seenAt).toBe(monday + hours * hour);
  });
});

describe("a report that cannot be taken", () => {
  it.each([
    [{ what: "  " }, "what: is empty; say in a sentence what was odd"],
    [{ what: "x".repeat(2_001) }, "what: has 2001 characters, at most 2000 are taken"],
    [{ by: "" }, "by: is empty; say who saw it, so that someone can ask"],
    [{ link: "javascript:alert(1)" }, "link: javascript:alert(1): is no address"],
    [{ seenAt: "yesterday-ish" }, 'seenAt: "yesterday-ish": is no time'],
    [{ seenAt: "2026-03-03T00:00:00Z" }, 'seenAt: "2026-03-03T00:00:00Z": lies in the future'],
    [{ seenAt: "2024-03-03" }, 'seenAt: "2024-03-03": is more than 400 days ago'],
    [{ automation: "invoises" }, 'automation: no "invoises"; did you mean "invoices"?'],
  ])("%j", (change, message) => {
    const { report, ground } = bench();
    expect(() => report(change)).toThrow(message);
    expect(ground.store.reports.newest(10)).toEqual([]);
  });

  it("is not taken twice under one key, and not as another one", () => {
    const { report, ground } = bench();
    report({}, "k-1");
    expect(report({}, "k-1")).toMatchObject({ outcome: "repeated", report: { id: 1 } });
    expect(() => report({ what: "else" }, "k-1")).toThrow("report 1 was sent under this key before");
    expect(ground.store.reports.newest(10)).toHaveLength(1);
  });
});
