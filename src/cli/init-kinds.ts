import type { RiskTier } from "../domain/automation.js";

/** A kind of automation that there is a pack of checks for. */
export interface AutomationKind {
  /** Name of its pack, and the id its automation gets. */
  readonly id: string;
  readonly title: string;
  readonly does: string;
  readonly risk: RiskTier;
  readonly steps: readonly string[];
  readonly minutesPerItem: number;
  /** Fields worth following over time; none where the output is a text. */
  readonly follow: { readonly categories: readonly string[]; readonly numbers: readonly string[] };
}

const nothing = { categories: [], numbers: [] } as const;

/** Every kind, in the order they are offered. */
export const automationKinds: readonly AutomationKind[] = [
  {
    id: "support-triage",
    title: "Support triage",
    does: "Reads new customer messages and sets category and urgency",
    risk: "high",
    steps: ["Set category and urgency of each new message by hand, oldest first."],
    minutesPerItem: 2,
    follow: { categories: ["category", "urgency", "language"], numbers: ["confidence"] },
  },
  {
    id: "invoice-extraction",
    title: "Invoice extraction",
    does: "Reads invoices and fills in supplier, dates, lines and amounts",
    risk: "high",
    steps: ["Compare each waiting invoice with its picture and type in what differs."],
    minutesPerItem: 4,
    follow: { categories: ["currency"], numbers: ["total"] },
  },
  {
    id: "email-drafting",
    title: "E-mail drafting",
    does: "Drafts replies that a person reads and sends",
    risk: "medium",
    steps: ["Answer from the reply templates, longest waiting first."],
    minutesPerItem: 10,
    follow: nothing,
  },
  {
    id: "lead-enrichment",
    title: "Lead enrichment",
    does: "Adds industry, size and a summary to sales leads",
    risk: "low",
    steps: ["Look the company up on its own website and fill in the fields."],
    minutesPerItem: 5,
    follow: { categories: ["industry", "country"], numbers: ["employees", "confidence"] },
  },
  {
    id: "summarising",
    title: "Summaries",
    does: "Summarises meetings, calls and long threads",
    risk: "low",
    steps: ["Write down decisions and next steps during the meeting."],
    minutesPerItem: 15,
    follow: nothing,
  },
  {
    id: "internal-search",
    title: "Internal search",
    does: "Answers questions of staff from our documents, with sources",
    risk: "medium",
    steps: ["Tell staff to search the documents themselves, and whom to ask."],
    minutesPerItem: 5,
    follow: nothing,
  },
  {
    id: "chat",
    title: "Customer chat",
    does: "Answers customers in the chat by itself",
    risk: "high",
    steps: ["Answer the chat by hand, or show the form for messages instead."],
    minutesPerItem: 6,
    follow: nothing,
  },
];
