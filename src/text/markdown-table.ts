import { excerpt } from "./excerpt.js";

/** Longest text of a cell. */
const longestCell = 400;

/**
 * A table in Markdown (GitHub's): a heading, a rule, a line per row. A cell is text and stays text: marks that would
 * become markup, links, HTML or the end of the cell are escaped, line ends become blanks.
 */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(" | ")} |`;
  return [line(heads), `|${heads.map(() => " --- ").join("|")}|`, ...rows.map(line)];
}

function cellOf(text: string): string {
  return (
    excerpt(text, longestCell)
      .replace(/[\\`*_{}[\]<>|~!#&]/g, (mark) => `\\${mark}`)
      // an address would become a link by itself
      .replace(/(https?|ftp|mailto|www)([:.])/gi, "$1\\$2")
  );
}
