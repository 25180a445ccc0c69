/** A text without the code fence that enclosed the whole of it. */
export interface Unfenced {
  readonly body: string;
  readonly fenced: boolean;
}

/** Takes off one code fence, if it encloses the whole text; white space and a byte order mark around it go too. */
export function unfence(written: string): Unfenced {
  const text = written.replace(/^\uFEFF/, "").trim();
  const firstLineEnd = text.indexOf("\n");
  const closed = text.length > 6 && text.startsWith("```") && text.endsWith("```") && firstLineEnd > 0;
  if (!closed || text.slice(3, firstLineEnd).includes("`")) return { body: text, fenced: false };
  return { body: text.slice(firstLineEnd + 1, -3).trim(), fenced: true };
}

/** True when one code fence encloses the whole text; quick where none does. */
export function isFenced(written: string): boolean {
  return /^[\uFEFF\s]*```/.test(written) && unfence(written).fenced;
}
