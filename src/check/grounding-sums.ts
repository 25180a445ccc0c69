/** More numbers than this have too many sums: nearly anything would be one. */
const mostInRuns = 400;
const mostInPairs = 60;

/**
 * What can be worked out from the numbers of a document in one step: the sum of neighbours among all of its numbers or
 * among those written with decimals (the lines of an invoice, among quantities), and sums and differences of any two.
 */
export function sumsOf(numbers: readonly string[], priced: readonly string[]): ReadonlySet<string> {
  const sums = new Set<string>();
  for (const list of [numbers, priced]) {
    if (list.length > mostInRuns) continue;
    for (const from of list.keys()) addRun(list.slice(from), sums);
  }
  const few = [...new Set(numbers)];
  if (few.length > mostInPairs) return sums;
  for (const left of few) {
    for (const right of few) {
      sums.add(plain(Number(left) + Number(right)));
      sums.add(plain(Math.abs(Number(left) - Number(right))));
    }
  }
  return sums;
}

function addRun(list: readonly string[], sums: Set<string>): void {
  let sum = 0;
  for (const one of list) {
    sum += Number(one);
    sums.add(plain(sum));
  }
}

/** Without the noise of binary fractions. */
function plain(value: number): string {
  return String(Number(value.toFixed(6)));
}
