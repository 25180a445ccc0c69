import { wrap } from "../notify/trim-text.js";
import type { Examined } from "./examined.js";
import { isWide, pad, visible, widest, widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Columns of "at risk" and the space after it. */
const levelColumn = 9;
/** Columns of what was found, where the fix has its own column. */
const textColumn = 56;

/** Groups of findings with an empty line between them; on a narrow screen the fix stands under what was found. */
export function examinedLines(
  terminal: Terminal,
  groups: readonly (readonly Examined[])[],
): readonly string[] {
  const aboutColumn = widest(groups.flat().map((each) => visible(each.about))) + 2;
  const textWidth = Math.min(textColumn, widest(groups.flat().map((each) => visible(each.text))));
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => [
      ...(index === 0 ? [] : [""]),
      ...group.flatMap((each) => linesOf(terminal, each, { aboutColumn, textWidth })),
    ]);
}

function linesOf(
  terminal: Terminal,
  each: Examined,
  { aboutColumn, textWidth }: { aboutColumn: number; textWidth: number },
): readonly string[] {
  const head = `${pad(each.level, levelColumn)}${pad(visible(each.about), aboutColumn)}`;
  const body = bodyOf(terminal, each, { room: widthOf(terminal) - head.length, textWidth });
  return body.map((line, index) => {
    if (index > 0) return `${" ".repeat(head.length)}${line}`.trimEnd();
    return colorLevel(terminal, each, `${head}${line}`.trimEnd());
  });
}

function bodyOf(
  terminal: Terminal,
  { text, fix }: Examined,
  { room, textWidth }: { room: number; textWidth: number },
): readonly string[] {
  const found = visible(text);
  if (!isWide(terminal)) return [...wrap(found, room), ...(fix === null ? [] : wrap(visible(fix), room))];
  if (!terminal.isTty) return [fix === null ? found : `${pad(found, textWidth)}  ${visible(fix)}`];
  const left = wrap(found, textWidth);
  const right = fix === null ? [] : wrap(visible(fix), room - textWidth - 2);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `${pad(left[index] ?? "", textWidth)}  ${right[index] ?? ""}`.trimEnd(),
  );
}

function colorLevel({ colors }: Terminal, { level }: Examined, line: string): string {
  const paint = level === "broken" ? colors.red : level === "at risk" ? colors.yellow : colors.green;
  return line.replace(level, paint(level));
}
