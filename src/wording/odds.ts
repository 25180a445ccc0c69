/** Longest price worth stating in years; beyond it the model behind it is less sure than the figure. */
const longestYears = 20;

/** "about once in 9 months", "about once in 14 years", "less than once in 20 years": how often chance alone does this. */
export function sayOdds(months: number): string {
  if (!(months >= 1)) return "more than once a month";
  if (months > longestYears * 12) return `less than once in ${longestYears} years`;
  const whole = Math.round(months);
  if (whole === 1) return "about once a month";
  return whole < 24 ? `about once in ${whole} months` : `about once in ${Math.round(months / 12)} years`;
}
