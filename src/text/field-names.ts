import { foldText } from "./fold.js";

/**
 * What a field of a structured output holds, as far as its name says: a name of somebody or something, a label that
 * the automation gave, sentences of its own, a figure by which it judges; `other` where the name says none of it.
 */
export type FieldRole = "name" | "label" | "prose" | "judgement" | "other";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" ").map(foldText));

/** In en, de, fr, es, it and nl. */
const labels = words(
  "category subcategory type subtype kind class classification label tag status state stage phase urgency priority severity importance level tier risk queue team department division segment channel intent topic sentiment tone mood emotion language lang locale country nationality industry sector gender salutation unit " +
    "kategorie typ art klasse dringlichkeit priorität wichtigkeit stufe abteilung sprache land branche thema stimmung anrede einheit " +
    "catégorie statut urgence priorité langue pays service secteur étiquette " +
    "categoría tipo estado urgencia prioridad idioma país departamento etiqueta " +
    "categoria stato urgenza priorità lingua paese reparto " +
    "categorie soort urgentie prioriteit taal afdeling",
);
const names = words(
  "name firstname lastname forename surname fullname supplier vendor seller biller issuer payee payer creditor debtor customer client buyer purchaser contact person people company firm organisation organization employer manufacturer brand sender recipient author signer signatory attendee participant speaker patient tenant guest applicant candidate city town from by " +
    "vorname nachname lieferant kunde kundin firma unternehmen kontakt ansprechpartner ansprechpartnerin absender empfänger aussteller hersteller auftraggeber stadt ort " +
    "nom prénom fournisseur société entreprise expéditeur destinataire ville " +
    "nombre apellido proveedor cliente empresa remitente destinatario ciudad contacto " +
    "nome cognome fornitore azienda mittente città contatto " +
    "naam voornaam achternaam leverancier klant bedrijf afzender ontvanger stad",
);
const prose = words(
  "summary text body reply answer response draft message comment note reason reasoning rationale explanation description justification subject title headline heading content letter paragraph highlight bullet point takeaway question instruction step action recommendation advice greeting closing signature " +
    "zusammenfassung antwort nachricht kommentar notiz begründung erklärung beschreibung betreff titel frage empfehlung " +
    "résumé réponse commentaire motif objet titre texte resumen respuesta mensaje comentario motivo asunto título texto riassunto risposta messaggio oggetto samenvatting antwoord bericht opmerking reden onderwerp",
);
const judgements = words(
  "confidence score probability likelihood certainty relevance similarity konfidenz wahrscheinlichkeit sicherheit confiance probabilité confianza probabilidad confidenza",
);
/** Says nothing by itself: `category.value`, `queue_name`, `status_label`. */
const empty = words("name label value text title code key");

/** The role of the field at a path such as `lines[0].category` or `$.supplier.name`; its last word decides. */
export function roleOf(path: string): FieldRole {
  const parts = wordsOf(path);
  const last = parts.at(-1) ?? "";
  const before = parts.at(-2) ?? "";
  if (empty.has(last) && has(labels, before)) return "label";
  if (has(judgements, last)) return "judgement";
  if (has(labels, last)) return "label";
  if (has(names, last) || (empty.has(last) && has(names, before))) return "name";
  return has(prose, last) ? "prose" : "other";
}

/** True when any part of a path speaks of confidence: `confidence.supplier`, `supplierConfidence`. */
export function isUnderJudgement(path: string): boolean {
  return wordsOf(path).some((word) => has(judgements, word));
}

/** `$.orderLines[0].unit_price` becomes order, lines, unit, price. */
function wordsOf(path: string): readonly string[] {
  const apart = path.slice(-300).replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, "$1 ");
  return apart.match(/\p{L}[\p{L}\p{M}]*/gu)?.map(foldText) ?? [];
}

/** Also in the plural. */
function has(known: ReadonlySet<string>, word: string): boolean {
  return (
    known.has(word) ||
    known.has(word.replace(/s$/, "")) ||
    known.has(word.replace(/ies$/, "y")) ||
    known.has(word.replace(/es$/, ""))
  );
}
