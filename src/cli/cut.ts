/** The text, cut to a width with three dots. */
export function cut(text: string, width: number): string {
  const points = [...text];
  if (points.length <= width) return text;
  return `${points
    .slice(0, Math.max(0, width - 3))
    .join("")
    .trimEnd()}...`;
}
