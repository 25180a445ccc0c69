import { findSecrets } from "../../text/secrets.js";
import { type Span, spansBehind } from "../../text/span.js";
import { maskedEnd, type Sighting } from "./sighting.js";

/** Secretlint's patterns run natively: 64 kB took at most 0.15 s on hostile text, 1 MB at once would hold the event loop. */
const windowSize = 65_536;
/** A key that lies across the edge of one window lies whole in the next; PEM blocks are at most so long. */
const overlap = 12_288;

/** Passwords behind a word that says so. */
const passwords =
  /((?:passwor[dt]|passwd|pwd|passphrase|kennwort|mot de passe|contrase(?:ñ|n\u0303)a|wachtwoord|hasło|senha)["']?\s{0,3}(?:[:=]|\bis\b|\bist\b|\blautet\b|\best\b|\bes\b)\s{0,3}["']?)[^\s"'<>{},;]{8,64}/giu;
/** Values behind the name of a secret. */
const assigned =
  /((?:secret|token|(?:api|access|signing|private|encryption|auth)[_-]?key|credential)["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9+/_=-]{24,200}/gi;
/** Least bits a character; English words have about 2.5, random base64 of this length above 4. */
const leastBits = 3.7;

/** What beside marked keys is looked for. */
export interface SecretSearch {
  readonly passwords: boolean;
  readonly entropy: boolean;
  readonly isAllowed: (value: string) => boolean;
}

/** Looks for keys, tokens and passwords: own patterns first, then secretlint's. */
export async function findSecretsIn(text: string, search: SecretSearch): Promise<readonly Sighting[]> {
  const own = ownSightings(text, search);
  const found = own.length > 0 ? own : await ofSecretlint(text, search.isAllowed);
  return [...found].sort((left, right) => left.start - right.start);
}

function ownSightings(text: string, search: SecretSearch): readonly Sighting[] {
  const found: Sighting[] = findSecrets(text)
    .filter(
      ({ kind, start }) =>
        kind !== "private key" ||
        /^-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/.test(text.slice(start, start + 60)),
    )
    .filter(({ start, end }) => !isPlaceholder(text.slice(start, end)))
    .map((span) => sighting(text, span, span.kind, articleFor(span.kind)));
  const spans: readonly (readonly [Span, string])[] = [
    ...(search.passwords
      ? spansBehind(text, passwords).filter((span) => isPassword(text.slice(span.start, span.end)))
      : []
    ).map((span) => [span, "password"] as const),
    ...(search.entropy
      ? spansBehind(text, assigned).filter((span) => isRandom(text.slice(span.start, span.end)))
      : []
    ).map((span) => [span, "random value"] as const),
  ];
  for (const [span, kind] of spans) {
    if (found.some((other) => other.start <= span.start && span.end <= other.end)) continue;
    found.push(sighting(text, span, kind, articleFor(kind)));
  }
  return found.filter(({ start, end }) => !search.isAllowed(text.slice(start, end)));
}

/** Loaded with the first text: rules and engine take 10 MB. */
async function ofSecretlint(
  text: string,
  isAllowed: SecretSearch["isAllowed"],
): Promise<readonly Sighting[]> {
  const { lintSource } = await import("@secretlint/core");
  const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
  const rules = [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }];
  // a comment of the text must not switch its examination off
  const examined = text.replace(/secretlint-/gi, "secretlint_");
  for (let from = 0; from < examined.length; from += windowSize - overlap) {
    const content = examined.slice(from, from + windowSize);
    const result = await lintSource({
      source: { filePath: "output.txt", content, contentType: "text", ext: ".txt" },
      options: { config: { rules }, noPhysicFilePath: true },
    });
    const found = result.messages
      .map(({ range, ruleId }) => {
        const span = { start: range[0] + from, end: range[1] + from };
        const kind = ruleId.replace(/^@secretlint\/secretlint-rule-/, "");
        return sighting(text, span, kind, `a secret (${kind})`);
      })
      .filter(({ start, end }) => {
        const value = text.slice(start, end);
        return !isPlaceholder(value) && !isAllowed(value);
      });
    // thousands of keys are slow to report: one window of them is enough
    if (found.length > 0) return found;
    if (from + windowSize >= examined.length) break;
  }
  return [];
}

function sighting(text: string, { start, end }: Span, kind: string, name: string): Sighting {
  const value = text.slice(start, end);
  // the end of a block is its last line, which says nothing
  const end4 = kind === "private key" ? "" : ` (${maskedEnd(value)})`;
  return { start, end, kind, says: `${name}${end4}` };
}

function articleFor(kind: string): string {
  return /^[aeiou]/i.test(kind) ? `an ${kind}` : `a ${kind}`;
}

/** What documents write where a secret would stand. */
const placeholders =
  /^(?:[*•x.…_-]+|<.*|\[.*|\$.*|\{.*|%.*|(?:your|my|the|some|example|changeme|redacted|null|none|undefined)(?:[^a-z].*)?)$/i;

function isPlaceholder(value: string): boolean {
  const bare = value.replace(/^(?:bearer|basic|token|digest|apikey)\s+/i, "").replace(/["',;]+$/, "");
  return placeholders.test(bare) || /^(?:bearer|basic|token|digest|apikey)\s+[a-z]{1,15}[.,]?$/i.test(value);
}

/** Three kinds of signs out of lower case, capitals, digits, others: words in a sentence have one or two. */
function isPassword(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9.,:;/\\_-]/].filter((kind) => kind.test(value)).length;
  return kinds >= 3 && !isPlaceholder(value) && !value.includes("://");
}

/** Shannon's entropy over the signs of the value, in bits a sign (Shannon 1948). */
function isRandom(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || isPlaceholder(value)) return false;
  const counts = new Map<string, number>();
  for (const sign of value) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits >= leastBits;
}
