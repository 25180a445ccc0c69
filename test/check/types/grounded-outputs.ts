/** An input, and what was made of it: fields, or a text. */
export type Pair = readonly [input: string, output: string | object];

/** Ordinary outputs, none of which says anything that its input does not. */
export const groundedOutputs: readonly Pair[] = [
  // triage
  [
    "I was charged twice for order 4711, please help!",
    { category: "Billing", urgency: "High", order: "4711" },
  ],
  [
    "My lamp is broken, order 55",
    { category: "Returns", queue: "First line", language: "English", order: "55" },
  ],
  ["Wo ist mein Paket 99?", { category: "Delivery", language: "German", confidence: 0.93, parcel: 99 }],
  ["It does not work", { intent: "Technical Support", sentiment: "Very Negative", priority: 2, score: 0.4 }],
  [
    "Ich brauche eine Kopie der Rechnung RE-2041",
    { kategorie: "Rechnung", dringlichkeit: "Niedrig", invoice: "RE-2041" },
  ],
  [
    "cancel my subscription",
    { type: "Cancellation", status: "Open", team: "Customer Care", tags: ["Churn", "Retention 2"] },
  ],
  ["The app crashes on page 3", { category: { name: "Bug Report", confidence: 87 }, page: 3 }],
  ["Wrong size delivered", { labels: ["Exchange", "Size"], scores: { exchange: 0.81, size: 0.19 } }],
  ["Où est ma commande 8812 ?", { langue: "Français", pays: "France", priorité: "P1", commande: 8812 }],
  [
    "Please call me back: 0664 1234567",
    { action: "Call Back", phone: "+43 664 1234567", summary: "Wants a Call" },
  ],
  ["when do you open?", { category: "General Inquiry", answerable: true, nextStep: "Send Opening Hours" }],
  // invoices
  ["Beleg über 12,50 €", { category: "Travel", currency: "EUR", total: 12.5 }],
  [
    "Rechnung von Alder in Wien, 99,- EUR",
    { supplier: "Alder", city: "Wien", country: "Austria", type: "Invoice", total: 99 },
  ],
  ["Datum 03.03.2026, bezahlt, 1.234,56 EUR", { date: "2026-03-03", status: "Paid", amount: 1234.56 }],
  [
    "ALDER GMBH · UID ATU12345675 · Betrag EUR 1.000",
    { supplier: "Alder GmbH", vat: "ATU12345675", total: 1000 },
  ],
  [
    "Facture du 1er avril 2026, 12 000,00 € TTC, Berger SARL",
    { fournisseur: "Berger SARL", date: "2026-04-01", montant: 12000 },
  ],
  ["Zahlbar bis 15.12.", { due: "2026-12-15" }],
  ["Zahlbar bis 3. Jänner", { due: "2027-01-03" }],
  ["IBAN DE89 3704 0044 0532 0130 00", { iban: "DE89370400440532013000", document_type: "Credit Note" }],
  [
    "Receipt: 2 x coffee 7.00",
    { expense_category: "Food and Drinks", lines: [{ quantity: 2, amount: 7, unit: "Piece" }] },
  ],
  ["Totale 1'299.90 CHF", { totale: 1299.9, paymentMethod: "Bank Transfer", confidence: { totale: 0.98 } }],
  ["Supplier: Alder Inc. Total 1.2k USD", { supplier: { name: "Alder Inc.", type: "Company" }, total: 1200 }],
  ["1½ hours at 80 EUR", { hours: 1.5, rate: 80 }],
  // e-mail
  [
    "Hi, where is my parcel 99?",
    "Dear customer, thank you. Parcel 99 is on its way. Kind regards, Harbour Team",
  ],
  [
    "Order 4711 has not arrived",
    "I am sorry that order 4711 is late. We will get back to you within 24 hours.",
  ],
  [
    "Bestellung 4711 fehlt",
    "Wir melden uns innerhalb von 2 Werktagen zu Bestellung 4711. Unser Dienst hat 24/7 offen.",
  ],
  [
    "Commande 88213 du 12 octobre",
    "Votre commande 88213 du 12/10 part sous 48 heures. Cordialement, le service client",
  ],
  [
    "How do I return it?",
    "Please print the label at https://shop.example.com/returns/2026 and send it back.",
  ],
  ["Call me at +43 664 1234567", "We will call you at 0664 1234567."],
  ["Call me at +436641234567", "Wir rufen Sie unter 0664/1234567 an."],
  ["Termin am 24. Dezember um 14 Uhr 30", { reply: "See you on 24 December at 2:30 pm.", time: "14:30" }],
  ["Can we meet at 14:00?", "Gerne, um 14 Uhr."],
  [
    "Is it in stock?",
    { subject: "Your Question About Stock", reply: "Yes. It ships within two days.", tone: "Friendly" },
  ],
  ["I need 3 chairs", "1. We have 3 chairs.\n2. They are ready.\n3. Come any time."],
  // leads
  [
    "Maria Alder, Berger AG, Zürich",
    { name: "Maria Alder", company: "Berger AG", score: 72, industry: "Manufacturing" },
  ],
  [
    "müller & söhne kg, Zürich",
    { name: "Müller & Söhne KG", city: "Zürich", country: "CH", segment: "Mid Market" },
  ],
  [
    "Head of Sales at Alder Ltd, 250 people",
    { company: "Alder Ltd", size: 250, fit: "Strong Match", fit_score: 0.8 },
  ],
  [
    "see https://alder.example.com",
    { website: "https://www.alder.example.com/about", stage: "New Lead", tier: "A1" },
  ],
  [
    "Herr Huber, Tel. 01 2345678",
    { contact: "Huber", phone: "+43 1 2345678", salutation: "Mr", next: "Book Demo" },
  ],
  ["Met Smith, Bob at the fair on May 5", { person: "Bob Smith", date: "05-05", source: "Trade Fair" }],
  ["Anna called", { first_name: "Anna", company_name: "Not Provided", contact: "Unknown" }],
  // summaries
  ["Revenue rose 12.5 % to 1.2 Mio. Euro", "Revenue grew by 12.5% to 1,200,000 euros."],
  [
    "We agreed on 3 March 2026, 10 am",
    { title: "Weekly Meeting Notes", decision: "Meet on 03.03.2026 at 10:00" },
  ],
  [
    "Alder wants ten boxes on 5/6/2026",
    { summary: "Alder orders 10 boxes for 5 June 2026.", topics: ["New Order"] },
  ],
  ["The bid of Berger was lower", { headline: "Berger Wins", keyPoints: ["Lower Bid", "Faster Delivery"] }],
  [
    "zwei Stunden Ausfall am 1. Mai",
    { summary: "Outage of 2 hours on May 1.", severity: "Major", impact: "Level 2" },
  ],
];

/** Outputs that say something else than their input. */
export const inventedOutputs: readonly Pair[] = [
  // triage
  ["charged twice for order 4711", { category: "Billing", order: "4712" }],
  ["My lamp is broken", { category: "Returns", customer: "Berger" }],
  ["order 55 is late", { urgency: "High", summary: "Order 56 is late." }],
  ["refund 20 EUR", { type: "Refund", amount: 25, confidence: 0.9 }],
  ["call me", { phone: "+43 664 1234567", category: "Callback" }],
  // invoices
  ["Alder GmbH, total 1249.00", { supplier: "Alder GmbH", total: 1294 }],
  ["Supplier Alder GmbH", { supplier: "Adler GmbH" }],
  ["from Alder GmbH", { issuedTo: "Berger GmbH" }],
  ["Facture du 12/10/2026", { date: "2026-10-13" }],
  ["Zahlbar bis 15.12.", { due: "2026-12-16" }],
  ["Zahlbar bis 15.12.", { due: "2024-12-15" }],
  ["100 USD", { amount: 100, currency: "EUR" }],
  ["INV-2041", { invoice: "INV-2014" }],
  ["IBAN DE89370400440532013000", { iban: "DE89370400440532013001" }],
  ["1½ hours", { hours: 2.5 }],
  ["lines 1 and 2", { lines: [{ amount: 1 }, { amount: 3 }] }],
  ["UID ATU12345675", { vat: "ATU12345657" }],
  // e-mail
  ["payable within 30 days", "Please pay within 14 days."],
  ["Call me at +43 664 1234567", "We will call you at 0664 1234568."],
  ["Call me at +49 664 1234567", "We will call you at +43 664 1234567."],
  ["Termin um 14 Uhr 30", { time: "15:30" }],
  ["Is it in stock?", "Yes, it costs 49 EUR."],
  ["write to anna@example.com", { email: "hanna@example.com" }],
  ["Parcel 99", "Your parcel 98 leaves today."],
  // leads
  ["Maria Alder, Berger AG", { name: "Maria Bergmann", company: "Berger AG" }],
  ["Alder Ltd, 250 people", { company: "Alder Ltd", size: 2500, score: 0.7 }],
  ["Credit check of Alder", { score: 720, company: "Alder" }],
  ["from Alder in Wien", { company: "Alder", city: "Graz" }],
  ["spoke to Huber", { note: "ok", attendees: ["Huber", "Frau Berger"] }],
  // summaries
  ["Revenue rose 12.5 %", "Revenue rose by 15.2%."],
  ["We meet on 3 March 2026", { summary: "The meeting is on 4 March 2026." }],
  ["2.5 million users", "They have 2.5 billion users."],
];
