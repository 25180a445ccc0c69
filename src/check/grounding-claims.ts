import { currenciesIn } from "../text/currency-tokens.js";
import { type DateToken, datesIn } from "../text/date-readings.js";
import { type IdToken, idsIn, squash } from "../text/id-tokens.js";
import { isFieldLike, namesInField, namesInText } from "../text/name-tokens.js";
import { decimalOf, numbersIn } from "../text/number-readings.js";
import { numberWordsIn } from "../text/number-words.js";
import { timesIn } from "../text/time-readings.js";
import { dayFact, type Fact } from "./grounding-facts.js";

/** What can be looked for; dates include times of day, numbers include currencies. */
export const claimKinds = ["numbers", "dates", "ids", "names", "names-in-text", "number-words"] as const;

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
  /** True for a field of a structured output. */
  readonly field: boolean;
}

const numbering = /^[ \t>]*(?:\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]|#{1,6} \d{1,3}\.?)(?=\s)/gm;

/** The claim of a number in a JSON document. */
export function claimOfNumber(value: number): Claim {
  return { kind: "numbers", at: 0, text: String(value), anyOf: [[`number ${decimalOf(value)}`]] };
}

/** Everything that a text states, in order; what belongs to a date or identifier is no number of its own. */
export function claimsIn(text: string, options: ClaimOptions): readonly Claim[] {
  const claims: Claim[] = [];
  let rest = options.listNumbers || options.field ? text : text.replace(numbering, blanked);
  const take = (found: readonly Claim[]) => {
    claims.push(...found.filter(({ kind }) => options.kinds.has(kind)));
    rest = withoutClaims(rest, found);
  };
  const ids = idsIn(rest);
  take(ids.filter(({ kind }) => kind === "address").map(idClaim));
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
  take(numbersIn(rest).map((token) => claim("numbers", token, token.readings.map(asFacts))));
  take(
    currenciesIn(rest).map((token) =>
      claim(
        "numbers",
        token,
        token.codes.map((code): Fact[] => [`currency ${code}`]),
      ),
    ),
  );
  const words = numberWordsIn(rest).filter(({ certain }) => certain);
  take(words.map((token) => claim("number-words", token, [[`number ${token.value}`]])));
  const nameKind = options.field ? "names" : "names-in-text";
  take(namesOf(rest, options).map((token) => claim(nameKind, token, [[`name ${token.words.join(" ")}`]])));
  return claims.sort((left, right) => left.at - right.at);
}

function namesOf(text: string, { field, kinds }: ClaimOptions) {
  if (!field || !isFieldLike(text)) return kinds.has("names-in-text") ? namesInText(text) : [];
  return kinds.has("names") ? namesInField(text) : [];
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
    ? claim("numbers", token, [id, ...numberFacts(token)])
    : claim("ids", token, [id]);
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

function withoutClaims(text: string, claims: readonly Claim[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { at, text: written } of [...claims].sort((left, right) => left.at - right.at)) {
    if (at < from) continue;
    kept.push(text.slice(from, at), blanked(written));
    from = at + written.length;
  }
  return kept.join("") + text.slice(from);
}

function blanked(written: string): string {
  return "\u0000".repeat(written.length);
}
