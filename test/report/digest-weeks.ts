import type { DigestFacts } from "../../src/report/digest-facts.js";

/** Mon 23 Nov 2026, 08:00 in Vienna. */
export const mondayMorning = Date.UTC(2026, 10, 23, 7);
const hour = 3_600_000;

/** A week in which nothing happened. */
export const quietWeek: DigestFacts = {
  instance: "Harbour & Lane",
  reader: { name: "Tom Ashby", weekday: 0, minute: 480 },
  timeZone: "Europe/Vienna",
  now: mondayMorning,
  automations: [
    {
      title: "Support triage",
      state: "steady",
      reason: "At its usual level; 1,040 outputs seen",
      quality: null,
      passed: null,
      url: null,
    },
    {
      title: "Meeting notes",
      state: "no-data",
      reason: "Nothing was pushed yet",
      quality: null,
      passed: null,
      url: null,
    },
  ],
  toJudge: [],
  waitingForOthers: 0,
  incidents: [],
  openIncidents: 0,
  findings: [],
  reviewsDue: [],
  changes: [],
  costs: [],
  probation: [],
  contradicted: [],
  gaps: [],
  unjudged: [],
  unregistered: [],
  undeliverable: 0,
  url: null,
  stopUrl: null,
  linksUntil: null,
  judgeBy: "command",
};

const page = "https://evenkeel.example.com";

/** A week with something of everything, as one reader is told of it. */
export const fullWeek: DigestFacts = {
  ...quietWeek,
  automations: [
    {
      title: "Support triage",
      state: "steady",
      reason: "At its usual level; 1,040 outputs seen",
      quality: null,
      passed: { check: "Right queue", now: { hits: 977, n: 1_040 }, before: { hits: 940, n: 1_000 } },
      url: `${page}/a/triage`,
    },
    {
      title: "Reply drafting",
      state: "incident",
      reason: "promises of a day rose from 2% to about 9% since Fri 15:00",
      quality: "about 90% right, probably 60% to 98% (10 outputs picked by chance and judged)",
      passed: { check: "Promises nothing", now: { hits: 130, n: 143 }, before: { hits: 139, n: 142 } },
      url: `${page}/a/replies`,
    },
    {
      title: "Contract search",
      state: "blind",
      reason: "Cannot be read since Sat 22:15. Quality unknown, not bad",
      quality: null,
      passed: null,
      url: `${page}/a/contracts`,
    },
  ],
  toJudge: [
    {
      title: "Reply drafting",
      question: "Could a colleague send this reply as it is?",
      outputs: [
        {
          spotCheck: 41,
          at: mondayMorning - 50 * hour,
          input: "I sent back the blue enamel kettle nine days ago. When do I get my money back?",
          text: "Hello A. L•••,\n\nyour kettle has arrived with us. The refund goes to your original means of payment within 30 days.\n\nKind regards",
          link: `${page}/act/judge/token-of-41`,
        },
        {
          spotCheck: 42,
          at: mondayMorning - 90 * hour,
          input: null,
          text: '<script>alert("x")</script> Hello, yes, we ship to Norway.',
          link: `${page}/act/judge/token-of-42`,
        },
      ],
    },
  ],
  waitingForOthers: 3,
  incidents: [
    {
      id: 27,
      automation: "Reply drafting",
      status: "acknowledged",
      title: "Promises of a day rose",
      openedAt: mondayMorning - 64 * hour,
    },
  ],
  openIncidents: 1,
  findings: [
    {
      at: mondayMorning - 30 * hour,
      automation: "Support triage",
      words: "the model ridge-small shuts down on 12 Dec 2026, in 19 days",
    },
  ],
  reviewsDue: [{ title: "Product translation", words: "11 days overdue, Marta Quill" }],
  changes: [
    {
      at: mondayMorning - 70 * hour,
      automation: "Reply drafting",
      words: "model ridge-small → ridge-small-2, noticed by Evenkeel",
    },
    {
      at: mondayMorning - 100 * hour,
      automation: "Support triage",
      words: "accepted by Marta Quill: a queue was added",
    },
  ],
  costs: [
    {
      automation: "Reply drafting",
      words:
        "spent 41.20 of 50.00 EUR by the 23rd; at this pace 53.70 (51.10 to 56.30) by the end of the month",
    },
  ],
  contradicted: [],
  probation: [{ automation: "Support triage", checks: ["Names a queue", "Short"] }],
  gaps: [
    { kind: "missed", automation: "Contract search", slots: 72, why: "the machine was off" },
    {
      kind: "unread",
      automation: "Support triage",
      times: 1,
      lastedMs: 5 * hour,
      last: {
        from: mondayMorning - 60 * hour,
        to: mondayMorning - 55 * hour,
        why: "desk.example.com: HTTP 503",
      },
    },
    {
      kind: "unread",
      automation: "Reply drafting",
      times: 3,
      lastedMs: 2 * hour,
      last: { from: mondayMorning - 20 * hour, to: mondayMorning - 19 * hour, why: "the token was refused." },
    },
  ],
  unjudged: [{ automation: "invoice extraction", weeks: 4 }],
  undeliverable: 2,
  url: `${page}/`,
  stopUrl: `${page}/act/stop/token-of-tom`,
  judgeBy: "link",
  linksUntil: mondayMorning + 8 * 24 * hour,
};
