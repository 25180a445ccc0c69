/** Beginnings that a spreadsheet takes for a formula (OWASP, CSV Injection). */
const formula = /^[=+\-@＝＋－＠\t\r]/;
/** The same behind a semicolon, where half the world's spreadsheets begin the next cell whatever the quotes. */
const formulaBehind = /;(\s*)(?=[=+\-@＝＋－＠])/g;

/** Makes a spreadsheet read a file as UTF-8. */
export const byteOrderMark = "\uFEFF";

/** Lines of CSV as a file for a spreadsheet. */
export function csvFile(lines: readonly string[]): string {
  return `${byteOrderMark}${lines.join("\r\n")}\r\n`;
}

/**
 * Rows as CSV (RFC 4180), a line each. A cell that a spreadsheet would run as a formula gets an apostrophe in front, and
 * control characters become blanks: the texts come from outputs.
 */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): readonly string[] {
  return rows.map((row) => row.map(cellOf).join(","));
}

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const guarded = formula.test(value.trimStart()) || formula.test(value) ? `'${value}` : value;
  const text = guarded.replace(formulaBehind, ";$1'").replace(/\p{Cc}/gu, " ");
  return /[",;]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
