/** The text as part of a name for machines: lower-case letters, digits and hyphens. */
export function idPart(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 64) || "evenkeel"
  );
}
