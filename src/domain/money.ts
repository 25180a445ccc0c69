const microsPerDollar = 1_000_000;

/** US dollars of an amount in millionths. */
export function dollarsOf(micros: number): number {
  return micros / microsPerDollar;
}

/** The nearest whole number of millionths of an amount in US dollars. */
export function microsOf(dollars: number): number {
  return Math.round(dollars * microsPerDollar);
}
