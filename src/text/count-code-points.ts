/** The length of a text as people count it: a character beyond the basic plane is one, not two. */
export function countCodePoints(text: string): number {
  if (!/[\ud800-\udfff]/.test(text)) return text.length;
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}
