const lanczosG = 7;
const lanczosCoefficients = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;
const halfLnTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Natural logarithm of the gamma function, for x > 0.
 *
 * Formula: Lanczos' approximation with g = 7 and nine terms; below 0.5 the reflection
 * lnGamma(x) = ln(pi / sin(pi x)) - lnGamma(1 - x). Relative error about 1e-15.
 * Source: C. Lanczos, 1964, "A precision approximation of the gamma function", SIAM J. Numer. Anal. B 1;
 * coefficients by P. Godfrey, 2001.
 */
export function lnGamma(x: number): number {
  if (x < 0.5) {
    return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  }
  const shifted = x - 1;
  let series = 0.9999999999998099;
  let term = 0;
  for (const coefficient of lanczosCoefficients) {
    term += 1;
    series += coefficient / (shifted + term);
  }
  const base = shifted + lanczosG + 0.5;
  return halfLnTwoPi + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/** Natural logarithm of the beta function, for a, b > 0. */
export function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b);
}
