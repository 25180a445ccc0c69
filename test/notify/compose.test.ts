import { describe, expect, it } from "vitest";
import type { IncidentMove } from "../../src/domain/incident.js";
import { compose } from "../../src/notify/compose.js";
import type { Story } from "../../src/notify/story.js";
import { messageNamed, opened, wednesday } from "./stories.js";

const hour = 3_600_000;

function withIncident(changes: Partial<Story["incident"]>): Story {
  return { ...opened, incident: { ...opened.incident, ...changes } };
}

describe("an opening", () => {
  it("says what, since when, how sure, until when and who", () => {
    const message = messageNamed("opened-drift");
    expect(message).toMatchObject({
      headline: "Invoice extraction: totals that match the invoice fell from 96% to about 71%",
      since: ["Tue 17 Nov, about 15:00 (16 h ago), just after the model changed"],
      howSure: [
        "A fall this strong happens by chance about once in 14 years",
        "12 of 41 wrong; before, 13 of 323",
      ],
      until: ["acknowledge by 08:02 or Marta Quill (owner) is called", "working again by 15:02"],
      mention: { name: "Jonas Feld", slackId: "U0JONAS" },
      commands: ["evenkeel incidents ack 27"],
    });
  });

  it("reads well for a category", () => {
    const message = messageNamed("opened-category");
    expect(message.headline).toBe('Support triage: tickets filed as "general" rose from 14% to about 71%');
    expect(message.howSure[1]).toBe("57 of 80 outputs; before, 42 of 300");
  });

  it("makes no claim about quality when the source cannot be read", () => {
    const message = messageNamed("opened-blind");
    expect(message.headline).toBe("Contract search cannot be checked");
    expect(message.howSure.join(" ")).toContain("unknown, not bad");
    expect(message.alert).toContain("Quality unknown, not bad");
    expect(JSON.stringify(message)).not.toContain("by chance");
  });

  it("names nobody further when the last person is called", () => {
    const message = compose({ kind: "opened" }, { ...opened, next: null }, wednesday);
    expect(message.until[0]).toBe("acknowledge by 08:02");
  });

  it("does not state a deadline that has passed", () => {
    const late = compose({ kind: "opened" }, opened, wednesday + 3 * hour);
    expect(late.until[0]).toBe("please acknowledge at once");
    expect(late.alert).not.toContain("Acknowledge by");
  });

  it("says whom to ask where nothing is written down", () => {
    const story = { ...opened, automation: { ...opened.automation, fallback: null } };
    expect(compose({ kind: "opened" }, story, wednesday).byHand?.steps).toEqual([
      "Nothing is written down. Ask Marta Quill (owner) what people do meanwhile.",
    ]);
  });

  it("puts stopping the automation first, once", () => {
    const steps = (pause: string) => {
      const fallback = opened.automation.fallback && { ...opened.automation.fallback, pause };
      return compose(
        { kind: "opened" },
        { ...opened, automation: { ...opened.automation, fallback } },
        wednesday,
      ).byHand?.steps;
    };
    expect(steps("switch Auto-post off")?.[0]).toBe("Switch Auto-post off.");
    expect(steps("in Mailroom, open Invoices, Settings and switch Auto-post off")).toHaveLength(3);
  });

  it("is for the person called and the one who does it by hand", () => {
    expect(messageNamed("opened-drift").recipients.map(({ email }) => email)).toEqual([
      "jonas.feld@example.com",
      "priya.raman@example.com",
    ]);
  });

  it("names the other findings but no improvement", () => {
    const [drift] = opened.incident.findings;
    if (drift === undefined) throw new Error("no finding");
    const findings = [
      drift,
      { ...drift, sentence: "B fell." },
      { ...drift, sentence: "C rose.", improvement: true },
    ];
    expect(compose({ kind: "opened" }, withIncident({ findings }), wednesday).facts).toEqual(["B fell"]);
  });
});

describe("moves", () => {
  it.each([
    ["acknowledged", "Jonas Feld acknowledged at 07:14 (12 min). Next: working again by 15:02."],
    ["by-hand", "Done by hand since 07:31, says Priya Raman. Next: working again by 15:02."],
    ["also", "Also: every number occurs in the invoice text fell from 97% to about 73% since Tue 15:00."],
    ["escalated", "Incident 27 is yours now: nobody acknowledged by 08:02"],
    ["recovered", "Invoice extraction is back at its usual level"],
    ["ended", "Incident 27 ended 15:02: working again, says Marta Quill"],
  ])("%s: %s", (name, line) => {
    expect(messageNamed(name).news?.line).toBe(line);
  });

  it("leaves names as they are written", () => {
    expect(messageNamed("acknowledged").alert).toMatch(
      /^Invoice extraction, incident 27: Jonas Feld acknowledged/,
    );
  });

  it.each([
    ["outputs", "back at its usual level"],
    ["blind", "can be read again"],
  ] as const)("says of a recovery once what it is (%s)", (kind, why) => {
    const story = withIncident({ kind, status: "resolved", endedAt: wednesday });
    const move = {
      at: wednesday,
      event: "recover",
      from: "open",
      to: "resolved",
      who: "evenkeel",
      why,
    } as const;
    const { details = [] } = compose({ kind: "recovered", move }, story, wednesday).news ?? {};
    expect(details.join(" ")).not.toContain(why);
  });

  it("says since when people work by hand, whatever joined meanwhile", () => {
    const byHand = {
      at: wednesday,
      event: "fallback-on",
      from: "open",
      to: "fallback",
      who: "Priya Raman",
      why: null,
    } as const;
    const also = {
      ...byHand,
      at: wednesday + hour,
      event: "also",
      from: "fallback",
      who: "evenkeel",
      why: "B fell",
    } as const;
    const story = { ...withIncident({ status: "fallback" }), moves: [byHand, also] };
    const { state } = compose({ kind: "opened" }, story, wednesday);
    expect(state).toBe("By hand since 07:02 (Priya Raman) · working again by 15:02");
  });

  it("asks for the switch back on recovery", () => {
    expect(messageNamed("recovered").news?.details).toContain(
      "Still to do: Priya Raman, switch back what was switched off.",
    );
  });

  it("shows where the incident stands", () => {
    expect(messageNamed("opened-drift").state).toBeNull();
    expect(messageNamed("by-hand").state).toBe(
      "By hand since 07:31 (Priya Raman) · acknowledged by Jonas Feld 07:14 · working again by 15:02",
    );
  });

  it("calls the next person on escalation", () => {
    const message = messageNamed("escalated");
    expect(message.mention?.name).toBe("Marta Quill");
    expect(message.alert).toBe(
      "Marta Quill: nobody acknowledged incident 27 (Invoice extraction) by 08:02. It is yours now, by 09:02.",
    );
  });

  it("asks nothing of anybody once it has ended", () => {
    expect(messageNamed("ended")).toMatchObject({ until: [], byHand: null, facts: [] });
  });
});

describe("a deadline that was missed", () => {
  it("is overdue, no more to come", () => {
    const late = compose({ kind: "opened" }, opened, wednesday + 9 * hour);
    expect(late.until).toContain("working again is overdue since 15:02");
    expect(late.until.join()).not.toContain("working again by");
  });
});

describe("what is still there after a silence", () => {
  it("is named", () => {
    const message = messageNamed("still");
    expect(message.news?.line).toBe("Invoice extraction, incident 27: still there after the silence");
    expect(message.alert).toBe(message.news?.line);
  });
});

describe("a move back to work by hand, or away from it", () => {
  const said = (change: { from: IncidentMove["from"]; to: IncidentMove["to"]; event: string; who: string }) =>
    compose(
      { kind: "moved", move: { at: wednesday + 5 * hour, why: null, ...change } },
      { ...withIncident({ status: change.to, restoreBy: null }), moves: [] },
      wednesday + 5 * hour,
    );

  it("says that it is bad again, which nobody should sleep through", () => {
    const message = said({ from: "recovering", to: "fallback", event: "worsen", who: "evenkeel" });
    expect(message.news?.line).toBe("It is bad again since 12:02; keep doing it by hand.");
    expect(message.worse).toBe(true);
  });

  it("says who does it by hand no longer", () => {
    const message = said({ from: "fallback", to: "acknowledged", event: "fallback-off", who: "Priya Raman" });
    expect(message.news?.line).toBe("Priya Raman: no longer done by hand since 12:02.");
    expect(message.worse).toBeUndefined();
  });
});
