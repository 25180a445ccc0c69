import fc from "fast-check";

const words =
  "please the parcel left on Friday and reached customers in Köln with a delay we sent invoices about chairs São façade crème für Straße prêt señal delivered weekly today green lamps terms größer déjà niño".split(
    " ",
  );
const endings = [" ", ", ", ". ", "; ", "\n", " – ", "! "];

const word = fc.constantFrom(...words);
/** Words of a back office in several languages, with what stands between them. */
export const sentence = fc
  .array(fc.tuple(word, fc.constantFrom(...endings)), { maxLength: 12 })
  .map((list) => list.flat().join(""));

const two = (value: number) => String(value).padStart(2, "0");
const figures = (count: number) => fc.integer({ min: 10 ** (count - 1), max: 10 ** count - 1 }).map(String);

const amount = fc
  .tuple(
    fc.integer({ min: 0, max: 9_999_999 }),
    fc.nat(99),
    fc.constantFrom(".", ",", "'", " "),
    fc.constantFrom("EUR ", "€", "$", "CHF ", ""),
  )
  .map(([whole, cents, mark, currency]) => {
    const grouped = String(whole).replace(/\B(?=(?:\d{3})+$)/g, mark);
    return `${currency}${grouped}${mark === "." || mark === " " ? "," : "."}${two(cents)}`;
  });

const day = fc
  .tuple(
    fc.integer({ min: 1990, max: 2040 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .chain(([year, month, date]) =>
    fc.constantFrom(
      `${year}-${two(month)}-${two(date)}`,
      `${two(date)}.${two(month)}.${year}`,
      `${two(month)}/${two(date)}/${year}`,
      `${date} March ${year}`,
      `${year}-${two(month)}-${two(date)}T08:15:00Z`,
    ),
  );

const figure = fc.oneof(
  amount,
  day,
  fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `at ${two(hour)}:${two(minute)}`),
  figures(6).map((digits) => `order ${digits}`),
  figures(8).map((digits) => `invoice no. RE-${digits}`),
  fc.integer({ min: 1, max: 99 }).map((share) => `${share}.5 %`),
  fc.integer({ min: 1, max: 99 }).map((count) => `version 2.${count}.1`),
);

/** Sentences with the amounts, days, times and numbers of things that a business writes. */
export const businessText = fc
  .array(fc.tuple(sentence, figure), { minLength: 1, maxLength: 4 })
  .map((list) => list.map((pair) => pair.join(" ")).join(" "));

/** A text in one of its normal forms. */
export const normalForm = fc.constantFrom("NFC" as const, "NFD" as const);
