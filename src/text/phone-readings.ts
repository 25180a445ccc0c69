/** A telephone number in the ways it may be written elsewhere. */
export interface PhoneReading {
  /** Digits as another text may have them: `06641234567` for `+43 664 1234567`. */
  readonly alike: readonly string[];
  /** Without the 0 in front, where no country code was written; another text may have one before it. */
  readonly national: string | null;
  /** Without its country code, for countries that write no 0: another text may have no code before it. */
  readonly local: readonly string[];
}

/** Fewer digits behind the country code or the 0 are no telephone number. */
const fewest = 7;
const fewestLocal = 9;
const most = 15;

/**
 * How else the number may be written: with country code or with the 0 of its country, `(0)` or not. Null: no country
 * code and no 0 in front, or no telephone number at all. Countries are not compared: the code is what is added or left
 * out.
 */
export function phoneReading(written: string): PhoneReading | null {
  const plain = written.trim().replace("(0)", "").replace(/^00/, "+");
  const digits = plain.replace(/\D/g, "");
  if (digits.length < fewest + 1 || digits.length > most) return null;
  if (plain.startsWith("+")) {
    const alike = [1, 2, 3].flatMap((length) => {
      const [code, rest] = [digits.slice(0, length), digits.slice(length)];
      if (rest.length < fewest) return [];
      return [`0${rest}`, `${code}0${rest}`];
    });
    // as in North America, ten digits and no 0
    const local = [1, 2, 3]
      .map((length) => digits.slice(length))
      .filter((rest) => rest.length >= fewestLocal);
    return { alike: [digits, `00${digits}`, ...alike], national: null, local };
  }
  if (!plain.startsWith("0")) return null;
  return { alike: [], national: digits.slice(1), local: [] };
}

const international = /(?<![\p{L}\p{N}])(?:\+|00)[ ]?[1-9](?:[ \u00a0()./-]{0,3}\d){7,18}/gu;

/** The digits of every number of a text that has its country code. */
export function internationalPhonesIn(text: string): readonly string[] {
  return [...text.matchAll(international)].map(([written]) =>
    written.replace("(0)", "").replace(/\D/g, "").replace(/^00/, ""),
  );
}

/** True when a number with country code is the national one: up to three digits stand before it. */
export function isNationalPartOf(national: string, whole: string): boolean {
  const at = whole.indexOf(national);
  return at >= 1 && at <= 3;
}
