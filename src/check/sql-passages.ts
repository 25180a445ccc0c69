/** A stretch of a text that may be SQL. */
export interface SqlPassage {
  readonly text: string;
  /** True where a code fence says that it is SQL. */
  readonly labelled: boolean;
}

const label = /^(?:[a-z]*sql|sqlite\d?|bigquery|snowflake|redshift|trino|athena|db2)\b/i;
/** How a statement begins that prose may hold, at the start of a line or after a colon. */
const beginning =
  /(?:^|:)\s*((?:select|with|insert|update|delete|replace|merge|create|alter|drop|truncate|grant|revoke|call|exec)\s.*)$/i;

/**
 * Where SQL may stand inside other text: code fences that say so or say nothing; where there are none, stretches that
 * begin as a statement does and go on to a line that ends with a semicolon, or to an empty one.
 */
export function sqlPassages(text: string): readonly SqlPassage[] {
  const lines = text.split(/\r?\n/);
  const fenced = inFences(lines);
  return (fenced.length > 0 ? fenced : inProse(lines)).filter((passage) => passage.text !== "");
}

function inFences(lines: readonly string[]): readonly SqlPassage[] {
  const found: SqlPassage[] = [];
  let open: { readonly mark: string; readonly said: string; readonly body: string[] } | null = null;
  const close = () => {
    if (open === null) return;
    const labelled = label.test(open.said);
    if (labelled || open.said === "") found.push({ text: open.body.join("\n").trim(), labelled });
    open = null;
  };
  for (const line of lines) {
    const [, mark, said = ""] = /^\s*(```|~~~)[`~]*([^`]*)$/.exec(line) ?? [];
    if (open !== null && mark === open.mark && said.trim() === "") close();
    else if (open !== null) open.body.push(line);
    else if (mark !== undefined) open = { mark, said: said.trim(), body: [] };
  }
  // an answer that was cut leaves its fence open
  close();
  return found;
}

function inProse(lines: readonly string[]): readonly SqlPassage[] {
  const found: SqlPassage[] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const begun: string | undefined = open === null ? beginning.exec(line)?.[1] : line;
    if (begun === undefined) continue;
    open ??= [];
    open.push(begun);
    if (begun.trim() !== "" && !begun.trimEnd().endsWith(";")) continue;
    found.push({ text: open.join("\n").trim(), labelled: false });
    open = null;
  }
  if (open !== null) found.push({ text: open.join("\n").trim(), labelled: false });
  return found;
}
