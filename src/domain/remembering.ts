/** A pure function of a text that keeps what it gave: a register of many entries writes the same few schedules. */
export function remembering<T>(compute: (text: string) => T, atMost = 1_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const computed = compute(text);
    // what throws is asked again; what is full starts over
    if (known.size >= atMost) known.clear();
    known.set(text, computed);
    return computed;
  };
}
