import { numberWordsIn } from "./number-words.js";
import { joined, type Span } from "./span.js";

const unit =
  "(?:hours?|hrs?|minutes?|mins?|(?:business |working |calendar )?days?|weeks?|Stunden?|Minuten?|(?:Arbeits|Werk)?tage?n?|Wochen?|heures?|minutes?|jours?(?: ouvrés| ouvrables)?|semaines?|horas?|minutos?|días?(?: hábiles| laborables)?|semanas?|ore|ora|minuti|giorni(?: lavorativi)?|settimane?|uur|uren|minuten|(?:werk)?dag(?:en)?|we(?:ek|ken))(?!\\p{L})";
const before =
  "(?:within|in the next|over the next|innerhalb(?: von| der nächsten)?|binnen|in den nächsten|sous|d[’']ici|dans les|en un plazo de|dentro de|en las próximas|en los próximos|entro|nelle prossime|nei prossimi|binnen)";
const amount = "(?:\\d{1,3}|\\p{L}{3,8})(?: ?(?:-|–|to|bis|à|a|or|oder) ?\\d{1,3})?";
const promise = new RegExp(`(?<!\\p{L})${before}[ \\u00a0]${amount}[ \\u00a0-]${unit}`, "giu");

const term = new RegExp(
  `(?<!\\p{L})(?:${before}|in|net|netto|nach|after|bis|zahlbar|payable|dans|en|in)[ \\u00a0]${amount}[ \\u00a0-]${unit}` +
    `|(?<![\\d.,])\\d{1,3}[ \\u00a0-]${unit}[’']? (?:net|netto|notice|from|after|nach|ab|à compter)(?!\\p{L})`,
  "iu",
);

/** Where a text promises a time: `within 24 hours`, `innerhalb von 3 Tagen`, `sous 48 heures`. */
export function promisesIn(text: string): readonly Span[] {
  const found = [...text.matchAll(promise)].filter(
    ({ 0: written }) => /\d/.test(written) || numberWordsIn(written).length > 0,
  );
  return joined(found.map(({ index, 0: written }) => ({ start: index, end: index + written.length })));
}

/** True when a text sets a time limit itself: `payable within 30 days`, `14 Tage netto`. */
export function setsTimeLimit(text: string): boolean {
  return term.test(text);
}
