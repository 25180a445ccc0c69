/**
 * Cyrillic, Greek, Armenian and Latin letters that look like a Latin one, small or capital: the common rows of Unicode's
 * confusables (UTS 39). Each Latin letter, and what looks like it.
 */
const doubles: Readonly<Record<string, string>> = {
  a: "аɑα",
  b: "вь",
  c: "сϲ",
  d: "ԁ",
  e: "еҽε",
  g: "ɡ",
  h: "һн",
  i: "іıι",
  j: "ј",
  k: "κк",
  l: "ӏ",
  m: "м",
  n: "пո",
  o: "оοօ",
  p: "рρ",
  q: "ԛ",
  r: "г",
  s: "ѕ",
  t: "тτ",
  u: "υս",
  v: "νѵ",
  w: "ѡԝ",
  x: "хχ",
  y: "уγ",
};

const latinByDouble: ReadonlyMap<string, string> = new Map(
  Object.entries(doubles).flatMap(([latin, alike]) => [...alike].map((letter) => [letter, latin] as const)),
);

/** The Latin letter that a small letter looks like, or the letter itself. */
export function latinLook(letter: string): string {
  return latinByDouble.get(letter) ?? letter;
}

/** A host with look-alike letters and accents replaced by plain ones. */
export function plainLook(host: string): string {
  const letters = [...host.toLowerCase()].map(latinLook);
  return letters.join("").normalize("NFD").replace(/\p{M}/gu, "");
}

/** True when one label of a host mixes Latin with Cyrillic, Greek or Armenian letters, which no language does. */
export function mixesScripts(host: string): boolean {
  return host
    .split(".")
    .some(
      (label) =>
        /\p{Script=Latin}/u.test(label) &&
        /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(label),
    );
}
