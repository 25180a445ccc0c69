/** "a", "a and b", "a, b and c". */
export function sayList(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return "nothing";
  return items.length === 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** "a, b, c and 5 more": at most `most` by name. */
export function sayListUpTo(items: readonly string[], most: number): string {
  if (items.length <= most) return sayList(items);
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** "Totals match" becomes "totals match" after a colon; IBAN stays IBAN, "A reply" becomes "a reply". */
export function lowerFirst(text: string): string {
  return /^\p{Lu}(?:\p{Ll}|\s|$)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** "a fall" becomes "A fall"; the name of a host, file or program at the beginning stays as it is. */
export function upperFirst(text: string): string {
  if (/^\S+[./]\S/.test(text) || /^[^\s:“"]+: /.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The text without full stops at its end, so that it can go on. */
export function withoutStop(text: string): string {
  return text.trimEnd().replace(/\.+$/, "");
}
