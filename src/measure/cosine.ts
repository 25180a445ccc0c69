/**
 * Cosine of the angle between two vectors: the dot product over both lengths, -1 to 1 (Salton and McGill,
 * "Introduction to Modern Information Retrieval", 1983). Each is scaled by its largest number first, so that nothing
 * overflows. null: of different length, empty, all zero, or with numbers that are not finite.
 */
export function cosine(left: readonly number[], right: readonly number[]): number | null {
  if (left.length !== right.length) return null;
  const [a, b] = [unit(left), unit(right)];
  if (a === null || b === null) return null;
  const dot = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return Math.max(-1, Math.min(1, dot));
}

function unit(vector: readonly number[]): readonly number[] | null {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest) || largest === 0) return null;
  const scaled = vector.map((value) => value / largest);
  const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / length);
}
