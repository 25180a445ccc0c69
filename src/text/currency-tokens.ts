/** A currency in a text, as a sign, a code or a word. */
export interface CurrencyToken {
  readonly at: number;
  readonly text: string;
  /** ISO 4217; several where the sign does not say which. */
  readonly codes: readonly string[];
}

const codes =
  "EUR|USD|GBP|CHF|PLN|CZK|SEK|NOK|DKK|HUF|RON|BGN|ISK|TRY|CAD|AUD|NZD|JPY|CNY|INR|BRL|MXN|ZAR|SGD|HKD|AED|ILS|KRW";
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
const pattern = new RegExp(
  `US\\$|[€$£¥₹]|(?<!\\p{L})(?:${codes}|[Ee]uros?|EURO|[Dd]ollars?|[Dd]ollar[io]|[Dd]ólares|[Pp]ounds?|Pfund|livres|[Yy]en|SFr|Franken|Rappen|zł|złoty|[Rr]upees?)(?!\\p{L})`,
  "gu",
);

/** The currencies that a text names. */
export function currenciesIn(text: string): readonly CurrencyToken[] {
  return [...text.matchAll(pattern)].map((found) => ({
    at: found.index,
    text: found[0],
    codes: words.find(([word]) => word.test(found[0].toLowerCase()))?.[1] ?? [found[0]],
  }));
}
