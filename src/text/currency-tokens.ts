/** A currency in a text, as a sign, a code or a word. */
export interface CurrencyToken {
  readonly at: number;
  readonly text: string;
  /** ISO 4217; several where the sign does not say which. */
  readonly codes: readonly string[];
}

/** Codes that are hardly ever anything else: they count wherever they stand. */
const plainCodes = listed(
  "EUR USD GBP CHF PLN CZK SEK NOK DKK HUF RON BGN ISK CAD AUD NZD JPY CNY INR BRL MXN ZAR SGD HKD AED ILS KRW",
);
/** What is a unit of weight far more often. */
const units = listed("KGS");
/** Every other code of ISO 4217 that money is counted in: it counts beside a number, or alone on its line. */
const otherCodes = new Set(
  Intl.supportedValuesOf("currency").filter((code) => !plainCodes.has(code) && !units.has(code)),
);
/** Those that are words or abbreviations as well: only an amount of money beside them makes them a currency. */
const wordCodes = listed(
  "ALL AMD ANG AWG BAM BOB BSD COP CRC CUP CVE GEL GHS MAD MNT MOP NAD PEN PHP RUB SAR SDG SOS TOP",
);
const dollars = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"];
const words: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:€|euros?)$/, ["EUR"]],
  [/^(?:us\$)$/, ["USD"]],
  [/^(?:\$|dollars?|dólares|dollari|dollaro)$/, dollars],
  [/^(?:£|pounds?|pfund|livres)$/, ["GBP"]],
  [/^(?:¥|yen)$/, ["JPY", "CNY"]],
  [/^(?:sfr|franken|rappen)$/, ["CHF"]],
  [/^(?:zł|złoty)$/, ["PLN"]],
  [/^(?:₹|rupees?)$/, ["INR"]],
];
const pattern =
  /US\$|[€$£¥₹]|(?<!\p{L})(?:[A-Z]{3}|[Ee]uros?|EURO|[Dd]ollars?|[Dd]ollar[io]|[Dd]ólares|[Pp]ounds?|Pfund|livres|[Yy]en|SFr|Franken|Rappen|zł|złoty|[Rr]upees?)(?!\p{L})/gu;

/** Characters beside a code that are looked at. */
const beside = 24;
const blank = "[ \\u00a0\\u2009\\u202f]?";
const number = "\\d+(?:[.,'’ \\u00a0\\u2009\\u202f]\\d+)*";
const before = new RegExp(`(?<![\\p{L}\\p{N}.,])(${number})${blank}$`, "u");
const after = new RegExp(`^${blank}[-−+]?(${number})(?![\\p{L}\\p{N}])`, "u");
/** With cents, in groups of three, or three figures and more: `TOP 10` and `PHP 8.2` are none. */
const money = /^(?:\d+[.,]\d\d|\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d\d)?|\d{3,})$/u;

/** The currencies that a text names. */
export function currenciesIn(text: string): readonly CurrencyToken[] {
  return [...text.matchAll(pattern)].flatMap((found) => {
    const [written] = found;
    const at = found.index;
    const named = words.find(([word]) => word.test(written.toLowerCase()))?.[1];
    if (named !== undefined) return [{ at, text: written, codes: named }];
    return isCurrency(text, at, written) ? [{ at, text: written, codes: [written] }] : [];
  });
}

function isCurrency(text: string, at: number, code: string): boolean {
  if (plainCodes.has(code)) return true;
  if (!otherCodes.has(code)) return false;
  const left = text.slice(Math.max(0, at - beside), at);
  const right = text.slice(at + code.length, at + code.length + beside);
  if (/[\p{L}\p{N}][-_]$/u.test(left) || /^[-_]\p{L}/u.test(right)) return false;
  const amounts = [before.exec(left)?.[1], after.exec(right)?.[1]].flatMap((one) => one ?? []);
  if (wordCodes.has(code)) return amounts.some((amount) => money.test(amount));
  return amounts.length > 0 || (/(?:^|\n)[^\S\n]*$/.test(left) && /^[^\S\n]*(?:\n|$)/.test(right));
}

function listed(codes: string): ReadonlySet<string> {
  return new Set(codes.split(" "));
}
