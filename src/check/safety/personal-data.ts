import { isIPv6 } from "node:net";
import type { CountryCode } from "libphonenumber-js/min";
import { findCardNumbers } from "../../text/card-numbers.js";
import { findEmails, findPhones } from "../../text/contacts.js";
import { findIbans } from "../../text/ibans.js";
import { joined, type Span, spansOf } from "../../text/span.js";
import type { Looked } from "./looked.js";
import { type NationalId, nationalIds } from "./national-ids.js";
import { maskedEnd, type Sighting, Unsure } from "./sighting.js";

/** Kinds of personal data, the surest first: what one has found is not looked at by the next. */
export const personalKinds = ["iban", "national-id", "card", "e-mail", "ip", "phone"] as const;

/** A kind of personal data. */
export type PersonalKind = (typeof personalKinds)[number];

/** A country whose national numbers are known. */
export type IdCountry = keyof typeof nationalIds;

/** What is looked for. */
export interface PersonalSearch {
  readonly kinds: readonly PersonalKind[];
  readonly countries: readonly IdCountry[];
  /** Where numbers without a country code are dialled; undefined: only those that tell their country are found. */
  readonly phoneCountry: CountryCode | undefined;
}

/** Words in front of a number that make it the number of a thing. */
const ofAThing =
  /\b(?:order|invoice|article|part|item|product|batch|lot|serial|ticket|case|ref|reference|tracking|shipment|parcel|sku|voucher|version|model|form|contract|customer|member|account|bestell(?:ung|nummer)|auftrag|rechnung|artikel|charge|commande|facture|purchase order|p\.?o\.?|pedido|factura|ordine|fattura)s?(?: ?(?:no|nr|number|code|id|nummer|num))?[\s.:#-]{0,3}$/iu;

/** Words in front of dotted numbers that make them a version or a section. */
const ofAVersion =
  /\b(?:version|ver|v|firmware|release|build|driver|runtime|section|sec|chapter|paragraph|clause|table|figure|rule|article|step|point|abschnitt|kapitel|absatz|ziffer|punkt|nr|oid)s?[\s.:#§]{0,3}(?:\p{L}{1,12} )?$/iu;

/** Looks for personal data of the wanted kinds in one text. */
export async function findPersonalData(looked: Looked, search: PersonalSearch): Promise<readonly Sighting[]> {
  const found: Sighting[] = [];
  for (const kind of personalKinds) {
    if (!search.kinds.includes(kind)) continue;
    const fresh = await ofKind(kind, looked, search, found.length > 0);
    found.push(
      ...fresh.filter((one) => !found.some((other) => one.start < other.end && other.start < one.end)),
    );
  }
  return found.sort((left, right) => left.start - right.start);
}

async function ofKind(
  kind: PersonalKind,
  looked: Looked,
  search: PersonalSearch,
  already: boolean,
): Promise<readonly Sighting[]> {
  const { text } = looked;
  const sightings = (spans: readonly Span[], name: string): readonly Sighting[] =>
    spans.map((span) => ({
      ...span,
      kind,
      says: `${name} (${maskedEnd(text.slice(span.start, span.end))})`,
    }));
  switch (kind) {
    case "iban":
      return sightings(findIbans(text), "an IBAN");
    case "card":
      return sightings(findCardNumbers(text), "a payment card number");
    case "e-mail":
      return sightings(findEmails(text), "an e-mail address");
    case "national-id":
      return search.countries.flatMap((country) => {
        const id: NationalId = nationalIds[country];
        return sightings(nationalSpans(looked, id), id.name);
      });
    case "ip":
      return sightings(ipSpans(text), "an IP address");
    case "phone":
      return sightings(await phoneSpans(looked, search.phoneCountry, already), "a telephone number");
  }
}

function nationalSpans({ text, label }: Looked, id: NationalId): readonly Span[] {
  return spansOf(text, id.pattern).filter(({ start, end }) => {
    const written = text.slice(start, end);
    if (!id.isValid(written.replace(/[ .+-]/g, "").toUpperCase(), written)) return false;
    const before = text.slice(Math.max(0, start - 60), start);
    if (id.named === null) return !ofAThing.test(before);
    const said = `${label.replace(/_/g, " ")} ${before}${written}${text.slice(end, end + 30)}`;
    return id.named.test(said.normalize("NFC"));
  });
}

const ipv4 = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g;
const ipv6 = /(?<![\w:.])[0-9a-f:]{3,39}(?![\w:])/gi;
/** Private, loopback, link-local and unspecified addresses (RFC 1918, 6890): they lead to nobody outside. */
const ofNobody =
  /^(?:0|10|127|255)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^(?:::1?|f[cde].*)$/i;

function ipSpans(text: string): readonly Span[] {
  const four = spansOf(text, ipv4).filter(({ start, end }) => {
    const parts = text.slice(start, end).split(".");
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith("0")))) return false;
    // four single digits are a version or a name server, and .0 is a network: nobody sits behind them
    if (parts.every((part) => part.length === 1) || parts[3] === "0") return false;
    return !ofAVersion.test(text.slice(Math.max(0, start - 40), start));
  });
  const six = spansOf(text, ipv6).filter(({ start, end }) => {
    const written = text.slice(start, end);
    return /\d/.test(written) && isIPv6(written);
  });
  return [...four, ...six].filter(({ start, end }) => !ofNobody.test(text.slice(start, end)));
}

/** Digits as telephone numbers are grouped; bounded. The library looks at these alone: on whole texts it gives up early. */
const dialled = /(?<![\p{L}\p{N}.,-])[+(]{0,2}\d[\d ()\u00a0./-]{5,28}\d(?![\p{L}\p{N}])/gu;
const maxDialled = 4_000;
/** Where numbering is open, as in Germany, almost any digits are valid: without a word for it a number shows its zero. */
const ofACall =
  /tele?f|\btele?\b|phone|mobile?\b|handy|\bfax|whatsapp|\bcall|\bring\b|ruf(?:t|e|en)?\b|appel|llam|chiam|\bbel(?:len)?\b|hotline/iu;
const withTrunkZero = /^\(?0[1-9]\d{0,5}\)?[ \u00a0/-]{1,2}\d[\d \u00a0/-]{3,}$/;

async function phoneSpans(
  { text, label }: Looked,
  country: CountryCode | undefined,
  already: boolean,
): Promise<readonly Span[]> {
  const candidates = spansOf(text, dialled);
  if (candidates.length > maxDialled && !already) {
    throw new Unsure(
      `there are ${candidates.length} groups of digits, ${maxDialled} are looked at for telephone numbers`,
    );
  }
  const { searchPhoneNumbersInText } = await import("libphonenumber-js/min");
  const found: Span[] = [...findPhones(text)];
  for (const { start, end } of candidates.slice(0, maxDialled)) {
    const written = text.slice(start, end);
    const international = written.includes("+");
    const said = ofACall.test(`${label} ${text.slice(Math.max(0, start - 40), start)}`);
    if (!international && (country === undefined || !(said || withTrunkZero.test(written)))) continue;
    const options = country === undefined ? {} : { defaultCountry: country };
    for (const { startsAt, endsAt } of searchPhoneNumbersInText(written, options)) {
      found.push({ start: start + startsAt, end: start + endsAt });
    }
  }
  return joined(found).filter(({ start }) => !ofAThing.test(text.slice(Math.max(0, start - 60), start)));
}
