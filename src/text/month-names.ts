/** Names and short forms of the months in en, de, fr, es, it and nl, with and without accents. */
const names: readonly string[] = [
  "january januar jänner janvier enero gennaio januari jan ene gen janv",
  "february februar février fevrier febrero febbraio februari feb févr fevr fév",
  "march märz maerz mars marzo maart mar mär mrt",
  "april avril abril aprile apr avr abr",
  "may mai mayo maggio mei mag",
  "june juni juin junio giugno jun giu",
  "july juli juillet julio luglio jul juil lug",
  "august août aout agosto augustus aug ago",
  "september septembre septiembre setiembre settembre sept sep set",
  "october oktober octobre octubre ottobre oct okt ott",
  "november novembre noviembre nov",
  "december dezember décembre decembre diciembre dicembre dec dez déc dic",
];

const numbers = new Map(
  names.flatMap((line, index) => line.split(" ").map((name) => [name, index + 1] as const)),
);

/** Every name, longest first, for use inside a pattern. */
export const monthPattern: string = [...numbers.keys()].sort((a, b) => b.length - a.length).join("|");

/** The month that a name means, 1 to 12; null: none. */
export function monthNamed(name: string): number | null {
  return numbers.get(name.normalize("NFC").toLowerCase()) ?? null;
}
