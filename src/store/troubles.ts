/** Something that keeps Evenkeel itself from storing what it should. */
export interface Trouble {
  /** What it is about, in a word people see: "disk", "backup", "database". */
  readonly about: string;
  readonly level: "broken" | "at risk";
  /** One sentence. */
  readonly text: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Troubles of the running process; kept in memory, for a full disk takes no note of itself. */
export interface Troubles {
  /** Notes a trouble; true: it is new or has become another. */
  put(trouble: Trouble): boolean;
  /** True: there was one. */
  clear(about: string): boolean;
  list(): readonly Trouble[];
}

/** An empty list; at most one trouble for each thing it may be about. */
export function createTroubles(): Troubles {
  const known = new Map<string, Trouble>();
  return {
    put: (trouble) => {
      const before = known.get(trouble.about);
      known.set(trouble.about, trouble);
      return before?.level !== trouble.level;
    },
    clear: (about) => known.delete(about),
    list: () => [...known.values()],
  };
}
