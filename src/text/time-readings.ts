/** A time of day in a text, with everything it may mean: `2:30` is 02:30 or 14:30. */
export interface TimeToken {
  readonly at: number;
  readonly text: string;
  /** `14:30`; seconds are left out. */
  readonly readings: readonly string[];
}

const forms: readonly RegExp[] = [
  /(?<![\d:.,])(?<hour>\d{1,2})(?:[:.](?<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?)?[ \u00a0]?(?<half>[ap])\.?m(?!\p{L})\.?/giu,
  /(?<![\d:])(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?![\d:])/gu,
  /(?<![\d.,:])(?<hour>\d{1,2})[.h](?<minute>\d{2})(?= ?(?:Uhr|uur)(?!\p{L}))/giu,
  /(?<![\d.,:\p{L}])(?<hour>\d{1,2})h(?<minute>\d{2})(?![\d\p{L}])/giu,
  /(?<![\d.,:])(?<hour>\d{1,2})[ \u00a0]?(?:Uhr|uur|heures?|h)[ \u00a0](?<minute>\d{2})(?![\d\p{L}.,])/giu,
  /(?<![\d.,:])(?<hour>\d{1,2})[ \u00a0]?(?:Uhr|uur)(?!\p{L})/giu,
];

/** The times of day in a text: `14:30`, `2:30 pm`, `14.30 Uhr`, `14 Uhr 30`, `14h30`. Time zones are not converted. */
export function timesIn(text: string): readonly TimeToken[] {
  const taken = new Set<number>();
  return forms.flatMap((form) =>
    [...text.matchAll(form)].flatMap((found) => {
      const end = found.index + found[0].length;
      const readings = readingsOf(found.groups ?? {});
      if (readings.length === 0 || taken.has(found.index)) return [];
      for (let at = found.index; at < end; at += 1) taken.add(at);
      return [{ at: found.index, text: found[0], readings }];
    }),
  );
}

function readingsOf(groups: Readonly<Record<string, string | undefined>>): readonly string[] {
  const hour = Number(groups.hour);
  const minute = Number(groups.minute ?? "0");
  if (hour > 24 || minute > 59) return [];
  const half = groups.half?.toLowerCase();
  if (half !== undefined) {
    return hour < 1 || hour > 12 ? [] : [clock((hour % 12) + (half === "p" ? 12 : 0), minute)];
  }
  return hour >= 1 && hour <= 12
    ? [clock(hour, minute), clock((hour + 12) % 24, minute)]
    : [clock(hour % 24, minute)];
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
