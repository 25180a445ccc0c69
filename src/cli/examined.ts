/** One thing the doctor looked at. */
export interface Examined {
  readonly level: "broken" | "at risk" | "fine";
  readonly about: string;
  readonly text: string;
  /** What to do about it; null where nothing is to be done. */
  readonly fix: string | null;
}

/** Something that does its work. */
export function fine(about: string, text: string): Examined {
  return { level: "fine", about, text, fix: null };
}

/** Something that will fail people sooner or later. */
export function atRisk(about: string, text: string, fix: string | null): Examined {
  return { level: "at risk", about, text, fix };
}

/** Something that fails people now. */
export function broken(about: string, text: string, fix: string | null): Examined {
  return { level: "broken", about, text, fix };
}
