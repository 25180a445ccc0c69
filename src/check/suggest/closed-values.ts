import { foldText } from "../../text/fold.js";
import { redactText } from "../../text/redact.js";

/** Most values that an enumeration may have. */
const mostValues = 20;
/** How often each value must have been seen. */
const leastOften = 3;
/** Largest share of values that may still be unseen: what a suggestion may fail of newer outputs. */
const mostUnseen = 0.02;
/** A value with more words is a sentence that came again, and no term. */
const mostWords = 6;
/** Names of fields that hold people or what belongs to them; folded, in en, de, fr, es, it and nl. */
const personal =
  /(?:^|_)(?:(?:first|last|full|user)?names?|forename|surname|customer|client|person|people|user|author|contact|owner|agent|assigned|assignee|employee|handler|reviewer|approver|manager|clerk|caller|signer|signatory|attendees?|participants?|speaker|patient|tenant|guest|applicant|candidate|driver|technician|representative|rep|who|responsible|sender|recipient|e_?mail|mail|phone|mobile|address|street|iban|birth\w*|by|(?:vor|nach)name|kunde|kundin|(?:sach)?bearbeiter(?:in)?|ansprechpartner(?:in)?|kontakt|mitarbeiter(?:in)?|absender|empfanger|pre?nom|responsable|destinataire|nombre|apellido|cliente|contacto|nome|cognome|contatto|(?:voor|achter)?naam|klant)(?:$|_)/;
/** Last words of the names of fields whose values are terms: "Technical Support" is nobody there. */
const label =
  /(?:^|_)(?:(?:sub)?categor(?:y|ie|ia)|kategorie|urgency|dringlichkeit|urgence|priority|prioritat|priorite|severity|status|statut|stage|type|typ|tipo|intent|topic|sentiment|language|sprache|langue|idioma|lingua|taal|country|land|pays|department|abteilung|industry|branche|sector)$/;
/** Two or more capitalised words: a name of a person, as far as code can tell. */
const likeName = /^\p{Lu}[\p{Ll}'’-]{1,40}(?:\s+(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]{1,40})){1,3}$/u;

/** A set of values that looks complete. */
export interface ClosedValues {
  readonly values: readonly string[];
  /** How often the rarest was seen. */
  readonly rarest: number;
}

/**
 * The values of a field when the set of them looks closed, otherwise null: at most 20, each seen 3 times or more, and
 * the estimated share of values not yet seen under 2 %: (singletons + 1) / (n + 1), which needs 50 values at least.
 * Source: I. J. Good, 1953, "The population frequencies of species and the estimation of population parameters",
 * Biometrika 40; the added 1 keeps the estimate above zero where nothing was seen once. Personal data is never listed:
 * a field of terms, such as a category, is known by its name, and two capitalised words elsewhere are someone's name.
 */
export function closedValues(name: string, texts: readonly string[]): ClosedValues | null {
  const counts = new Map<string, number>();
  for (const text of texts) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.size > mostValues) return null;
  }
  const often = [...counts.values()];
  const singletons = often.filter((count) => count === 1).length;
  const rarest = Math.min(...often);
  if (counts.size === 0 || rarest < leastOften) return null;
  if ((singletons + 1) / (texts.length + 1) >= mostUnseen) return null;
  const values = [...counts.keys()].sort();
  if (values.some((value) => value.trim().split(/\s+/).length > mostWords)) return null;
  return isPersonal(name, values) ? null : { values, rarest };
}

/** True when a field may hold personal data, by its name or its values. */
export function isPersonal(name: string, values: readonly string[]): boolean {
  const apart = foldText(name.slice(0, 300).replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
  const plain = apart
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join("_");
  if (label.test(plain)) return values.some(isPrivate);
  return personal.test(plain) || values.some(isPersonalValue);
}

/** True for a text that names a person or what belongs to one, as far as code can tell. */
export function isPersonalValue(value: string): boolean {
  return isPrivate(value) || likeName.test(value.trim());
}

function isPrivate(value: string): boolean {
  return value.length > 60 || redactText(value) !== value;
}
