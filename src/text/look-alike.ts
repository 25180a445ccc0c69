/** Cyrillic, Greek and Latin letters that look like a Latin one: the common rows of Unicode's confusables (UTS 39). */
const doubles: Readonly<Record<string, string>> = {
  а: "a",
  ɑ: "a",
  α: "a",
  Ь: "b",
  с: "c",
  ϲ: "c",
  ԁ: "d",
  е: "e",
  ҽ: "e",
  ε: "e",
  ɡ: "g",
  һ: "h",
  і: "i",
  ı: "i",
  ι: "i",
  ј: "j",
  κ: "k",
  к: "k",
  ӏ: "l",
  м: "m",
  п: "n",
  ո: "n",
  ν: "v",
  о: "o",
  ο: "o",
  օ: "o",
  р: "p",
  ρ: "p",
  ԛ: "q",
  г: "r",
  ѕ: "s",
  т: "t",
  τ: "t",
  υ: "u",
  ս: "u",
  ѵ: "v",
  ѡ: "w",
  ԝ: "w",
  х: "x",
  χ: "x",
  у: "y",
  γ: "y",
};

/** A host with look-alike letters and accents replaced by plain ones. */
export function plainLook(host: string): string {
  const letters = [...host.toLowerCase()].map((letter) =>
    Object.hasOwn(doubles, letter) ? doubles[letter] : letter,
  );
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
