/** One thing wrong with the configuration: where, what was found, what is expected. */
export interface Fault {
  /** The file as it was named. */
  readonly file: string;
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  readonly column: number;
  /** `automations[2].schedule`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** Lines that help: the nearest known name, something to paste. */
  readonly hints: readonly string[];
}

/** A way into settings: keys and list positions. */
export type SettingPath = readonly (string | number)[];

/** `automations[2].schedule` of a path. */
export function formatPath(path: SettingPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\p{L}\p{N}_$-]+$/u.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** A fault as people read it: one line, and its hints indented under it. */
export function formatFault(fault: Fault): string {
  const where = fault.line === 0 ? fault.file : `${fault.file}:${fault.line}:${fault.column}`;
  const first = fault.path === "" ? `${where}: ${fault.message}` : `${where} ${fault.path}: ${fault.message}`;
  return [first, ...fault.hints.map((hint) => `    ${hint}`)].join("\n");
}

/** All faults of a configuration: a heading that says what came of it, then each with an empty line before it. */
export function formatFaults(
  file: string,
  faults: readonly Fault[],
  outcome = "nothing was started",
): string {
  const heading = `${file}: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}, ${outcome}`;
  return [heading, ...faults.map(formatFault)].join("\n\n");
}

/** Faults in the order of files as they were read, then of positions; of several about one setting the first. */
export function sortFaults(faults: readonly Fault[], files: readonly string[]): readonly Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) {
    const place = `${fault.file}:${fault.line}:${fault.column} ${fault.path}`;
    if (!first.has(place)) first.set(place, fault);
  }
  const order = [...new Set([...files, ...faults.map(({ file }) => file)])];
  return [...first.values()].sort(
    (a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
