import { cut } from "./cut.js";
import { visible } from "./table.js";

/** A title cut shorter than this says less than the id alone. */
const shortestTitle = 8;

/** The title of a check in a column; an id that tells it from others of that title is not cut. */
export function checkTitle({ id, title }: { id: string; title: string }, columns: number): string {
  const whole = visible(title);
  const behind = ` (${id})`;
  if (!whole.endsWith(behind) || whole.length <= columns) return cut(whole, columns);
  const room = columns - behind.length;
  return room < shortestTitle ? id : `${cut(whole.slice(0, -behind.length), room)}${behind}`;
}
