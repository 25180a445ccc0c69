import { dayMs, hourMs } from "../domain/time.js";

const units = [
  { ms: dayMs, name: (count: number) => (count === 1 ? "day" : "days") },
  { ms: hourMs, name: () => "h" },
  { ms: 60_000, name: () => "min" },
  { ms: 1_000, name: () => "s" },
] as const;

/** From ten minutes on nobody counts seconds. */
const secondsMatterUntilMs = 600_000;

/** "45 s", "52 min", "1 h 5 min", "1 day 8 h": at most two units, the second left out when it is nothing. */
export function sayDuration(ms: number): string {
  return said(ms, 2);
}

/** "16 h ago", "3 days ago", "just now": one unit. */
export function sayAge(ms: number): string {
  return ms < 1_000 ? "just now" : `${said(ms, 1)} ago`;
}

/** "5 h", "9 days", "4 weeks": one unit, for nobody plans by the second part of an estimate; weeks from three on. */
export function sayWait(ms: number): string {
  const weeks = Math.round(ms / (7 * dayMs));
  return weeks >= 3 && Number.isFinite(ms) ? `${weeks} weeks` : said(ms, 1);
}

function said(ms: number, parts: 1 | 2): string {
  if (!Number.isFinite(ms)) return "without end";
  if (ms < 1_000) return "under 1 s";
  const first = units.findIndex((unit) => unit.ms <= ms);
  const fine = parts === 2 && !(ms >= secondsMatterUntilMs && ms < hourMs);
  const smallest = units[Math.min(first + (fine ? 1 : 0), units.length - 1)];
  if (smallest === undefined) return "under 1 s";
  const rounded = Math.round(ms / smallest.ms) * smallest.ms;
  const words: string[] = [];
  let rest = rounded;
  for (const unit of units) {
    const count = Math.floor(rest / unit.ms);
    if (count > 0) words.push(`${count} ${unit.name(count)}`);
    rest -= count * unit.ms;
  }
  return words.join(" ");
}
