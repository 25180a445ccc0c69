import { excerpt } from "../text/excerpt.js";

/** A kebab-case name of words; at most about 50 characters, cut between words. */
export function kebab(words: string, otherwise: string): string {
  const parts = words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
  let name = "";
  for (const part of parts) {
    const longer = name === "" ? part.slice(0, 50) : `${name}-${part}`;
    if (longer.length > 50) break;
    name = longer;
  }
  return name === "" ? otherwise : name;
}

/** Hands each name out once: the second `late` becomes `late-2`. */
export function createNames(): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; used.has(free); number += 1) free = `${name}-${number}`;
    used.add(free);
    return free;
  };
}

/** A text on one line for a comment. */
export function oneLine(text: string, max = 100): string {
  return excerpt(text, max);
}
