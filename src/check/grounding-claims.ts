import { currenciesIn } from "../text/currency-tokens.js";
import { type DateToken, datesIn } from "../text/date-readings.js";
import { promisesIn } from "../text/deadlines.js";
import { type IdToken, idsIn, squash } from "../text/id-tokens.js";
import {
  isFieldLike,
  type NameToken,
  namesInField,
  namesInText,
  plainNamesInField,
} from "../text/name-tokens.js";
import { decimalOf, type NumberToken, numbersIn } from "../text/number-readings.js";
import { numberWordsIn } from "../text/number-words.js";
import { phoneReading } from "../text/phone-readings.js";
import { type Span, spansOf } from "../text/span.js";
import { timesIn } from "../text/time-readings.js";
import { dayFact, type Fact } from "./grounding-facts.js";

/** What can be looked for; dates include times of day, numbers include currencies. */
export const claimKinds = [
  "numbers",
  "dates",
  "ids",
  "names",
  "names-in-fields",
  "names-in-text",
  "number-words",
] as const;

/** One of the kinds. */
export type ClaimKind = (typeof claimKinds)[number];

/** A value that a text states; it is grounded when the input has every fact of one of `anyOf`. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly at: number;
  readonly text: string;
  readonly anyOf: readonly (readonly Fact[])[];
}

/** How claims are found. */
export interface ClaimOptions {
  readonly kinds: ReadonlySet<ClaimKind>;
  /** False: the numbers of a numbered list are none. */
  readonly listNumbers: boolean;
  /** False: `within 24 hours` in running text is a phrase, and states nothing. */
  readonly promises: boolean;
  /** Where it stands: in running text, or in a field, which says by its name what it holds. */
  readonly place: ClaimPlace;
}

/**
 * `names`: a field that holds a name; `plain`: any other, where a name shows by title or legal form; `prose`: a field
 * of sentences; `text`: no field.
 */
export type ClaimPlace = "names" | "plain" | "prose" | "text";

const numbering = /^[ \t>]*(?:\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]|#{1,6} \d{1,3}\.?)(?=\s)/gm;

/** The claim of a number in a JSON document. */
export function claimOfNumber(value: number): Claim {
  return { kind: "numbers", at: 0, text: String(value), anyOf: [[`number ${decimalOf(value)}`]] };
}

/** Everything that a text states, in order; what belongs to a date or identifier is no number of its own. */
export function claimsIn(text: string, options: ClaimOptions): readonly Claim[] {
  const claims: Claim[] = [];
  let rest = options.listNumbers || options.place !== "text" ? text : text.replace(numbering, blanked);
  const running = options.place === "text" || options.place === "prose" || !isFieldLike(text);
  if (running) rest = withoutSpans(rest, everydayPhrases(rest, options));
  const take = (found: readonly Claim[]) => {
    claims.push(...found.filter(({ kind }) => options.kinds.has(kind)));
    rest = withoutClaims(rest, found);
  };
  const ids = idsIn(rest);
  const addresses = ids.filter(({ kind }) => kind === "address");
  // where a link leads is what the type `links` looks at
  rest = withoutClaims(rest, addresses);
  take(addresses.filter(({ text: written }) => written.includes("@") && !link.test(written)).map(idClaim));
  take(datesIn(rest).map(dateClaim));
  take(
    timesIn(rest).map((time) =>
      claim("dates", time, [...time.readings.map((one): Fact[] => [`time ${one}`]), [literal(time)]]),
    ),
  );
  const untouched = ids.filter(
    ({ at, text: written, kind }) => kind !== "address" && rest.startsWith(written, at),
  );
  take(untouched.map(idClaim));
  // a code shows itself as a currency by the number beside it
  const currencies = currenciesIn(rest);
  take(numbersIn(rest).map((token) => numberClaim(token, rest[token.at - 1] === "+" ? "+" : "")));
  take(
    currencies.map((token) =>
      claim(
        "numbers",
        token,
        token.codes.map((code): Fact[] => [`currency ${code}`]),
      ),
    ),
  );
  const words = numberWordsIn(rest).filter(({ certain }) => certain);
  take(words.map((token) => claim("number-words", token, [[`number ${token.value}`]])));
  take(namesOf(rest, options));
  return claims.sort((left, right) => left.at - right.at);
}

const link = /^(?:https?:|www\.)/i;
const roundTheClock = /(?<![\d.,/])24\/7(?![\d/])/g;

function everydayPhrases(text: string, { promises }: ClaimOptions): readonly Span[] {
  return [...(promises ? [] : promisesIn(text)), ...spansOf(text, roundTheClock)];
}

function namesOf(text: string, { place, kinds }: ClaimOptions): readonly Claim[] {
  const [kind, tokens] = nameTokens(text, place, kinds);
  return tokens.map((token) => claim(kind, token, [[`name ${token.words.join(" ")}`]]));
}

function nameTokens(
  text: string,
  place: ClaimPlace,
  kinds: ReadonlySet<ClaimKind>,
): readonly [ClaimKind, readonly NameToken[]] {
  if (place === "text" || !isFieldLike(text)) return ["names-in-text", namesInText(text)];
  if (kinds.has("names-in-fields")) return ["names-in-fields", namesInField(text)];
  if (place === "prose") return ["names-in-text", namesInText(text)];
  return ["names", place === "names" ? namesInField(text) : plainNamesInField(text)];
}

interface Token {
  readonly at: number;
  readonly text: string;
}

function claim(kind: ClaimKind, { at, text }: Token, anyOf: readonly (readonly Fact[])[]): Claim {
  return { kind, at, text, anyOf };
}

function dateClaim(token: DateToken): Claim {
  const numbers = token.doubtful ? numberFacts(token) : [];
  return claim("dates", token, [
    ...token.readings.map((one) => [dayFact(one)]),
    ...numbers,
    [literal(token)],
  ]);
}

function idClaim(token: IdToken): Claim {
  const id: Fact[] = [`id ${squash(token.text)}`];
  return token.kind === "digits"
    ? claim("numbers", token, [id, ...phoneFacts(token.text), ...numberFacts(token)])
    : claim("ids", token, [id]);
}

function numberClaim(token: NumberToken, sign: string): Claim {
  return claim("numbers", token, [...token.readings.map(asFacts), ...phoneFacts(sign + token.text)]);
}

/** The same telephone number, written with or without its country code. */
function phoneFacts(written: string): readonly (readonly Fact[])[] {
  const reading = phoneReading(written);
  if (reading === null) return [];
  const alike = [
    ...reading.alike.map((digits): readonly Fact[] => [`id ${digits}`]),
    ...reading.local.map((digits): readonly Fact[] => [`local ${digits}`]),
  ];
  return reading.national === null ? alike : [...alike, [`phone ${reading.national}`]];
}

/** Its numbers one by one, as an alternative to the whole. */
function numberFacts({ text }: Token): readonly (readonly Fact[])[] {
  const numbers = numbersIn(text).flatMap(({ readings }) => readings[0] ?? []);
  return numbers.length === 0 ? [] : [asFacts(numbers)];
}

function asFacts(numbers: readonly string[]): readonly Fact[] {
  return numbers.map((number): Fact => `number ${number}`);
}

function literal({ text }: Token): Fact {
  return `literal ${text.trim()}`;
}

function withoutClaims(text: string, claims: readonly Token[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { at, text: written } of [...claims].sort((left, right) => left.at - right.at)) {
    if (at < from) continue;
    kept.push(text.slice(from, at), blanked(written));
    from = at + written.length;
  }
  return kept.join("") + text.slice(from);
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  return withoutClaims(
    text,
    spans.map(({ start, end }) => ({ at: start, text: text.slice(start, end) })),
  );
}

function blanked(written: string): string {
  return "\u0000".repeat(written.length);
}
