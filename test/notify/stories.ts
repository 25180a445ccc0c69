import type { Automation } from "../../src/domain/automation.js";
import type { Finding } from "../../src/domain/finding.js";
import type { Incident, IncidentMove } from "../../src/domain/incident.js";
import type { Person } from "../../src/domain/person.js";
import { legalEvents } from "../../src/incident/transitions.js";
import { compose } from "../../src/notify/compose.js";
import { composeGroup } from "../../src/notify/compose-group.js";
import { composeReviewNotice } from "../../src/notify/compose-review-notice.js";
import { composeSelf } from "../../src/notify/compose-self.js";
import { composeTest } from "../../src/notify/compose-test-message.js";
import { composeSummary } from "../../src/notify/compose-together.js";
import { composeUnreached } from "../../src/notify/compose-unreached.js";
import { composeVendorNotice } from "../../src/notify/compose-vendor-notice.js";
import type { IncidentMessage } from "../../src/notify/message.js";
import type { Announcement, Story } from "../../src/notify/story.js";

/** Wed 18 Nov 2026, 07:02 in Vienna. */
export const wednesday = Date.UTC(2026, 10, 18, 6, 2);
const minute = 60_000;
const hour = 60 * minute;
/** Tue 17 Nov 2026, 15:00 in Vienna. */
const tuesday = Date.UTC(2026, 10, 17, 14, 0);

function person(name: string, slackId: string | null): Person {
  const hours = { fromMinute: 540, toMinute: 1020 };
  return {
    name,
    email: `${name.toLowerCase().replace(" ", ".")}@example.com`,
    slackId,
    timeZone: "Europe/Vienna",
    workingHours: [hours, hours, hours, hours, hours, null, null],
    holidays: [],
  };
}

export const people = [
  person("Jonas Feld", "U0JONAS"),
  person("Marta Quill", "U0MARTA"),
  person("Priya Raman", null),
  person("Tom Ashby", "U0TOM"),
  person("Lena Voss", "U0LENA"),
  person("Ines Calder", "U0INES"),
];

export const invoices: Automation = {
  id: "invoice-extraction",
  title: "Invoice extraction",
  does: "Reads supplier invoices and posts them",
  processes: ["accounts payable"],
  owner: "Marta Quill",
  deputy: "Ines Calder",
  onCall: { kind: "person", name: "Jonas Feld" },
  vendor: "Docread",
  tool: "Mailroom",
  model: "docread-2026-05",
  risk: "high",
  dataClasses: ["invoices"],
  tags: [],
  approval: { status: "approved", by: "Ines Calder", on: "2026-01-12" },
  cost: { perMonth: 240, currency: "EUR" },
  budget: null,
  seats: null,
  expectedReturn: null,
  dependsOn: ["Docread"],
  fallback: {
    by: "Priya Raman",
    steps: [
      "In Mailroom, open Invoices, Settings and switch Auto-post off.",
      "Check the total of each new invoice against its PDF.",
      "Correct the 9 posted invoices: evenkeel incidents show 27 --list",
    ],
    minutesPerItem: 4,
    inputsAt: null,
    pause: null,
  },
  sla: {
    acknowledgeMs: hour,
    containMs: 2 * hour,
    restoreMs: 8 * hour,
    acknowledgementExpiresMs: 8 * hour,
    remindMs: hour / 2,
    clock: "round-the-clock",
    hoursOf: null,
  },
  slaStated: true,
  review: { everyMonths: 1, last: null },
  spotCheck: { perWeek: 5, question: null },
  timeZone: "Europe/Vienna",
  schedule: "0 */2 * * *",
  driftLevel: "page",
};

const triage: Automation = {
  ...invoices,
  id: "support-triage",
  title: "Support triage",
  owner: "Tom Ashby",
  deputy: null,
  risk: "medium",
  fallback: {
    by: "Lena Voss",
    steps: ["Open the queue “general” and sort each new ticket by hand.", "Tell the night shift."],
    minutesPerItem: 2,
    inputsAt: "the help desk, view “Unsorted”",
    pause: "In the help desk, switch the rule “Sort with AI” off",
  },
};

const replies: Automation = { ...triage, id: "reply-drafting", title: "Reply drafting", risk: "high" };

const search: Automation = {
  ...triage,
  id: "contract-search",
  title: "Contract search",
  risk: "low",
  fallback: null,
};

const drift: Finding = {
  rule: "drift",
  metric: "check:total-match",
  check: "total-match",
  level: "page",
  baseline: { share: 310 / 323, n: 323 },
  current: { share: 29 / 41, n: 41 },
  evidence: 90_166,
  changedAt: tuesday,
  foundAt: wednesday,
  chanceMonths: 168,
  sentence: "Totals that match the invoice fell from 96% to about 71% since Tue 15:00",
  improvement: false,
};

const numbersToo: Finding = {
  ...drift,
  metric: "check:numbers",
  check: "numbers",
  sentence: "Every number occurs in the invoice text fell from 97% to about 73% since Tue 15:00",
};

const incident: Incident = {
  id: 27,
  automation: "invoice-extraction",
  kind: "outputs",
  status: "open",
  title: "Totals that match the invoice fell from 96% to about 71%",
  openedAt: wednesday,
  announcedAt: wednesday,
  acknowledgeBy: wednesday + hour,
  restoreBy: wednesday + 8 * hour,
  acknowledgedBy: null,
  endedAt: null,
  revision: 1,
  findings: [drift],
};

export const opened: Story = {
  notificationId: "0193-3c5e-0001",
  instance: "Harbour & Lane",
  incident,
  automation: invoices,
  people,
  onCall: "Jonas Feld",
  next: "Marta Quill",
  moves: [],
  contain: null,
  examples: [
    {
      kind: "wrong",
      id: "F-20418",
      at: wednesday - 11 * minute,
      reason: "lines add up to 1249.00",
      excerpt: "total 1.249",
    },
    {
      kind: "wrong",
      id: "F-20411",
      at: wednesday - 622 * minute,
      reason: "lines add up to 2480.50",
      excerpt: "total 2.4805",
    },
    {
      kind: "wrong",
      id: "F-20402",
      at: wednesday - 655 * minute,
      reason: "lines add up to 318.90",
      excerpt: "total 3.189",
    },
    { kind: "right", id: "F-20297", at: tuesday - 288 * minute, reason: null, excerpt: "total 1185.40" },
  ],
  change: { what: "the model changed", beforeMs: 0 },
  remarks: [],
  exposure: null,
  possible: legalEvents("open"),
  trend: null,
  pageUrl: "http://127.0.0.1:4310/i/27",
  life: {
    queue: null,
    canPause: false,
    paused: null,
    unanswered: null,
    flapping: false,
    lesser: [],
    seen: { times: 1, lastAt: null },
    closing: null,
    lessons: [],
  },
};

const daily: readonly (readonly [number, number])[] = [
  [32, 33],
  [33, 34],
  [30, 33],
  [35, 35],
  [31, 32],
  [29, 30],
  [33, 35],
  [30, 31],
  [34, 34],
  [32, 33],
  [28, 29],
  [33, 34],
  [27, 35],
  [14, 20],
];

const explained: Story = {
  ...opened,
  trend: {
    title: "Totals that match the invoice",
    by: "day",
    points: daily.map(([pass, judged], index) => ({
      at: wednesday - (daily.length - 1 - index) * 24 * hour - 7 * hour,
      pass,
      judged,
      changed: index >= daily.length - 2,
    })),
  },
  remarks: [
    "Moved at the same time: usual length fell from 420 characters to about 180 characters",
    "Mostly in segment “de”: 11 of 14; elsewhere, 1 of 27",
  ],
};

const json = (category: string) =>
  `{"category":"${category}","priority":"normal","language":"de","summary":"Kunde fragt nach der zweiten Rate und der Rechnung"}`;

const category: Story = {
  ...opened,
  notificationId: "0193-3c5e-0002",
  automation: triage,
  next: "Tom Ashby",
  change: null,
  pageUrl: null,
  remarks: ["At the same time “billing” fell from 31% to about 6%"],
  incident: {
    ...incident,
    id: 3,
    automation: "support-triage",
    title: 'tickets filed as "general" rose from 14% to about 71%',
    findings: [
      {
        ...drift,
        metric: "category:category",
        check: null,
        baseline: { share: 0.14, n: 300 },
        current: { share: 57 / 80, n: 80 },
        chanceMonths: 400,
        sentence:
          'Tickets filed as "general" rose from 14% to about 71% since Tue 15:00; “billing” fell from 31% to about 6%',
      },
    ],
  },
  examples: [
    {
      kind: "changed",
      id: "T-88121",
      at: wednesday - 9 * minute,
      reason: "category: general",
      excerpt: json("general"),
    },
    {
      kind: "changed",
      id: "T-88117",
      at: wednesday - 14 * minute,
      reason: "category: general",
      excerpt: json("general"),
    },
    {
      kind: "changed",
      id: "T-88102",
      at: wednesday - 31 * minute,
      reason: "category: general",
      excerpt: json("general"),
    },
    {
      kind: "usual",
      id: "T-87940",
      at: tuesday - 30 * minute,
      reason: "category: billing",
      excerpt: json("billing"),
    },
  ],
};

const iban: Story = {
  ...opened,
  automation: replies,
  next: "Tom Ashby",
  change: null,
  pageUrl: "https://evenkeel.example.com/i/28",
  incident: {
    ...incident,
    id: 28,
    title: "A bank account number in a reply to a customer",
    findings: [
      {
        ...drift,
        rule: "zero-tolerance",
        metric: null,
        check: "no-iban",
        baseline: { share: 1, n: 1204 },
        current: { share: 19 / 20, n: 20 },
        chanceMonths: null,
        changedAt: wednesday - 3 * minute,
        sentence: "A bank account number in a reply to a customer",
      },
    ],
  },
  examples: [
    {
      kind: "wrong",
      id: "T-5512",
      at: wednesday - 3 * minute,
      reason: "found a bank account number",
      excerpt: "… please transfer to AT•• •••• •••• 4471 and we will\nsend the kettle at once.",
    },
  ],
};

function about(story: Story, finding: Partial<Finding>, changes: Partial<Incident>): Story {
  return {
    ...story,
    examples: [],
    change: null,
    incident: { ...story.incident, ...changes, findings: [{ ...drift, ...finding }] },
  };
}

const floor = about(
  opened,
  {
    rule: "floor",
    chanceMonths: null,
    sentence: "Totals that match the invoice: about 71% since Tue 15:00, at least 90% wanted",
  },
  { id: 29, title: "Totals that match the invoice are about 71%, at least 90% wanted" },
);

const golden = about(
  opened,
  {
    rule: "golden",
    metric: "golden:agreement",
    check: null,
    baseline: { share: 288 / 300, n: 300 },
    current: { share: 48 / 60, n: 60 },
    chanceMonths: null,
    sentence:
      "known answers that agree fell from 96% to about 80%: “late-delivery” and “refund-over-100” (not steady before: 8 of 10) turned since Tue 15:00",
  },
  {
    id: 30,
    title:
      "known answers that agree fell from 96% to about 80%: “late-delivery” and “refund-over-100” (not steady before: 8 of 10) turned",
  },
);

const silence = about(
  opened,
  {
    rule: "silence",
    metric: null,
    check: null,
    baseline: null,
    current: null,
    chanceMonths: null,
    sentence:
      "nothing received for 16 h: the last output came Tue 15:00, usually one comes at least every 2 h",
  },
  { id: 31, title: "nothing received for 16 h" },
);

const reportedSentence =
  "reported by Nora Pell, seen 18 Nov 2026 06:50: “The total on the Lindqvist invoice is that of another supplier” (output INV-2203)";

const reported: Story = {
  ...about(
    opened,
    {
      rule: "report",
      metric: "report:5b1d",
      check: null,
      baseline: null,
      current: null,
      evidence: null,
      chanceMonths: null,
      changedAt: wednesday - 12 * minute,
      sentence: reportedSentence,
    },
    {
      id: 34,
      title: "reported as odd by Nora Pell: “The total on the Lindqvist invoice is that of another supplier”",
    },
  ),
  examples: [
    {
      kind: "wrong",
      id: "INV-2203",
      at: wednesday - 20 * minute,
      reason: "Nora Pell: The total on the Lindqvist invoice is that of another supplier",
      excerpt: '{"supplier":"Lindqvist","total":418.20}',
    },
  ],
  change: null,
  remarks: [],
  exposure: null,
  trend: null,
};

const blind: Story = {
  ...about(
    opened,
    {
      rule: "blind",
      metric: null,
      check: null,
      baseline: null,
      current: null,
      chanceMonths: null,
      changedAt: Date.UTC(2026, 10, 17, 21, 15),
      sentence: "search.example.com answers “401 not authorised”",
    },
    {
      id: 26,
      kind: "blind",
      title: "cannot be read",
      acknowledgeBy: wednesday + 10 * hour,
      restoreBy: wednesday + 7 * 24 * hour,
    },
  ),
  automation: search,
  onCall: "Tom Ashby",
  next: null,
};

const median = about(
  opened,
  {
    metric: "number:latencyMs",
    check: null,
    baseline: { median: 4.2, n: 323 },
    current: { median: 9.6, n: 41 },
    sentence: "usual latency rose from 4.2 s to about 9.6 s since Tue 15:00",
  },
  { id: 32, title: "usual latency rose from 4.2 s to about 9.6 s" },
);

function move(to: IncidentMove["to"], at: number, who: string, why: string | null = null): IncidentMove {
  return { at, event: to, from: "open", to, who, why };
}

const acknowledged = move("acknowledged", wednesday + 12 * minute, "Jonas Feld");
const byHand = move("fallback", wednesday + 29 * minute, "Priya Raman");
const recovering = move(
  "recovering",
  wednesday + 26 * hour,
  "evenkeel",
  "Marta Quill set the old model again",
);
const resolved = move(
  "resolved",
  wednesday + 32 * hour,
  "Marta Quill",
  "old model pinned until the known answers agree",
);

function later(moves: readonly IncidentMove[]): Story {
  const status = moves.at(-1)?.to ?? "open";
  const ended = status === "resolved" ? { endedAt: moves.at(-1)?.at ?? null } : {};
  return {
    ...opened,
    moves,
    life: { ...opened.life, ...lifeAfter(status) },
    possible: legalEvents(status),
    incident: {
      ...incident,
      ...ended,
      status,
      revision: moves.length + 1,
      acknowledgedBy: moves.length > 0 ? "Jonas Feld" : null,
    },
  };
}

/** People work by hand, then say what it was. */
function lifeAfter(status: string): Partial<Story["life"]> {
  const at = wednesday + 32 * hour;
  if (status === "recovering") return { queue: { waiting: 43, forOneMs: 43 * 4 * minute } };
  if (status !== "resolved") return {};
  const lesson = "pin the model's version in Mailroom";
  return { closing: { cause: "model", lesson, who: "Marta Quill", at } };
}

const longOutage: readonly IncidentMove[] = [acknowledged, byHand, recovering, resolved];

function at(announcement: Announcement, story: Story, now: number): IncidentMessage {
  return compose(announcement, story, now);
}

/** Text that tries everything a channel could fall for. */
export const hostile =
  "<!channel> <https://evil.example|ok> @here *b* `c` ``` & <script>alert(1)</script> ![x](https://evil.example/p.png) \u001b[31mred \u202egnp \ud800 \u0000";

const attack: Story = {
  ...category,
  instance: `Harbour\r\nBcc: x@example.com ${hostile}`,
  pageUrl: "https://evenkeel.example.com/i/3",
  remarks: [hostile],
  incident: { ...category.incident, title: `tickets filed as "${hostile}" rose from 14% to about 71%` },
  examples: [
    {
      kind: "wrong",
      id: hostile,
      at: wednesday,
      reason: hostile,
      excerpt: `${hostile}\n\n\n\n\n\n\n\n${hostile}\n`.repeat(40),
    },
  ],
};

/** Every kind of message, by the name of its files in fixtures/messages. */
const sunsetFinding: Finding = {
  ...drift,
  rule: "model-sunset",
  metric: "model:docread-2026-05",
  check: null,
  baseline: null,
  current: { share: 188 / 200, n: 200 },
  evidence: null,
  changedAt: null,
  chanceMonths: null,
  sentence:
    "docread-2026-05 shuts down on 25 Nov 2026 (in 7 days), says Docread; this automation used it in 94% of its last 200 outputs; docread-2026-11 is named as its replacement; try the new model on known inputs before you switch",
};

const sunset: Story = {
  ...opened,
  examples: [],
  change: null,
  remarks: [],
  exposure: null,
  incident: { ...incident, title: "docread-2026-05 shuts down on 25 Nov 2026", findings: [sunsetFinding] },
};

const unreachable: Story = {
  ...blind,
  incident: {
    ...blind.incident,
    findings: blind.incident.findings.map((finding) => ({
      ...finding,
      sentence: "search.example.com: cannot be reached (ECONNREFUSED)",
    })),
  },
};

export const messages: Readonly<Record<string, IncidentMessage>> = {
  "opened-drift": at({ kind: "opened" }, explained, wednesday),
  "opened-category": at({ kind: "opened" }, category, wednesday),
  "opened-number": at({ kind: "opened" }, median, wednesday),
  "opened-zero-tolerance": at({ kind: "opened" }, iban, wednesday),
  "opened-floor": at({ kind: "opened" }, floor, wednesday),
  "opened-golden": at({ kind: "opened" }, golden, wednesday),
  "opened-silence": at({ kind: "opened" }, silence, wednesday),
  "opened-report": {
    ...at({ kind: "opened" }, reported, wednesday),
    reportUrl: "https://evenkeel.example.com/act/report/WyJpbnZvaWNlcyJd.c2lnbmVk",
  },
  "opened-sunset": at({ kind: "opened" }, sunset, wednesday),
  "opened-blind": at({ kind: "opened" }, blind, wednesday),
  acknowledged: at({ kind: "moved", move: acknowledged }, later([acknowledged]), acknowledged.at),
  "by-hand": at({ kind: "moved", move: byHand }, later([acknowledged, byHand]), byHand.at),
  also: at(
    { kind: "also", finding: numbersToo },
    { ...opened, incident: { ...incident, findings: [drift, numbersToo], revision: 2 } },
    wednesday + 20 * minute,
  ),
  group: composeGroup(at({ kind: "opened" }, { ...opened, notificationId: "0193-3c5e-0010" }, wednesday), {
    group: 5,
    cause: "Docread",
    that: "that use Docread",
    count: 2,
    lines: [
      {
        incident: 26,
        automation: "Support triage",
        what: "the right queue fell from 94% to about 61%",
        step: "Sort tickets by hand.",
        by: "Lena Voss",
        beganAt: wednesday - 12 * minute,
      },
      {
        incident: 27,
        automation: "Invoice extraction",
        what: incident.title,
        step: "In Mailroom, open Invoices, Settings and switch Auto-post off.",
        by: "Priya Raman",
        beganAt: wednesday,
      },
    ],
    newest: {
      incident: 27,
      automation: "Invoice extraction",
      what: incident.title,
      step: "In Mailroom, open Invoices, Settings and switch Auto-post off.",
      by: "Priya Raman",
      beganAt: wednesday,
    },
    opened: { first: wednesday - 12 * minute, last: wednesday },
    acknowledgeBy: wednesday + 48 * minute,
    isNew: true,
    joinsUntil: wednesday + hour,
    zone: "Europe/Vienna",
  }),
  "source-down": at(
    { kind: "opened" },
    {
      ...unreachable,
      sharedSource: { host: "search.example.com", others: ["Quote drafting", "Lead enrichment"] },
    },
    wednesday,
  ),
  still: at(
    {
      kind: "still",
      silence: "from Tue 22:00 to today 07:00 (maintenance “tue 22:00-07:00”, Marta Quill: “new Mailroom”)",
    },
    { ...opened, incident: { ...incident, revision: 2 } },
    wednesday,
  ),
  self: composeSelf(
    {
      notificationId: "0193-3c5e-0011",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      since: wednesday - 40 * minute,
      automations: 4,
      waiting: 2,
      recipients: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
    },
    wednesday,
  ),
  unreached: composeUnreached(
    {
      notificationId: "0193-3c5e-0018",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      silent: ["ops-slack"],
      hosts: ["mailroom.example.com", "search.example.com"],
      recipients: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
    },
    wednesday,
  ),
  summary: composeSummary(
    {
      notificationId: "0193-3c5e-0012",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      incidents: 3,
      opened: 3,
      withinMs: minute,
      messages: [
        at({ kind: "opened" }, opened, wednesday),
        at({ kind: "opened" }, category, wednesday),
        at({ kind: "opened" }, blind, wednesday),
      ],
      url: "https://evenkeel.example.com/messages",
    },
    wednesday,
  ),
  escalated: at(
    {
      kind: "escalated",
      missedAt: wednesday + hour,
      missed: [{ clock: "acknowledge", at: wednesday + hour }],
      told: ["Jonas Feld"],
      lateMs: 0,
    },
    {
      ...opened,
      onCall: "Marta Quill",
      next: "Ines Calder",
      incident: { ...incident, revision: 2, acknowledgeBy: wednesday + 2 * hour },
    },
    wednesday + hour,
  ),
  recovered: at(
    {
      kind: "recovered",
      move: recovering,
    },
    later(longOutage.slice(0, 3)),
    recovering.at,
  ),
  ended: at({ kind: "ended", move: resolved }, later(longOutage), resolved.at),
  reviews: composeReviewNotice(
    {
      notificationId: "0193-3c5e-0017",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      recipients: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
      reader: { name: "Ines Calder", slackId: "U01INES" },
      url: "https://evenkeel.example.com/reviews",
      reviews: [
        {
          title: "Lead <enrichment> & co",
          words: "overdue since 4 Nov 2026, and waits for Sven Okoro",
          overdue: true,
          command: "evenkeel review lead-enrichment",
        },
        {
          title: "The whole register",
          words: "due today",
          overdue: false,
          command: "evenkeel review --governance",
        },
      ],
    },
    wednesday,
  ),
  vendors: composeVendorNotice(
    {
      notificationId: "0193-3c5e-0018",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      recipients: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
      reader: { name: "Ines Calder", slackId: "U01INES" },
      url: "https://evenkeel.example.com/governance",
      dates: [
        {
          title: "Docread <Pro> & co: price",
          when: "changes on 18 Dec 2026, in 30 days",
          note: "by page instead of by invoice",
          touches: "touches Invoice extraction",
        },
        { title: "Flowdesk: terms", when: "change today", note: null, touches: null },
      ],
    },
    wednesday,
  ),
  test: composeTest(
    {
      notificationId: "0193-3c5e-0009",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      automations: [
        "Invoice extraction",
        "Support triage",
        "Reply drafting",
        "Quote drafting",
        "Lead enrichment",
      ],
      by: "Marta Quill",
      recipients: [{ name: "Marta Quill", email: "marta.quill@example.com" }],
    },
    wednesday,
  ),
  hostile: at({ kind: "opened" }, attack, wednesday),
};

/** The message of that name. */
export function messageNamed(name: string): IncidentMessage {
  const found = messages[name];
  if (found === undefined) throw new Error(`no message ${name}`);
  return found;
}
