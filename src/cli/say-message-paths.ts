import type { Ground, Watched } from "../flow/ground.js";
import { type MessagePath, whereMessagesGo } from "../flow/where-messages-go.js";
import { sayList } from "../wording/sentences.js";
import { atRisk, type Examined, fine } from "./examined.js";

/** Where messages about an automation go by day and night, one line for each stretch of the week. */
export function sayMessagePaths(ground: Ground, paths: readonly MessagePath[]): readonly string[] {
  return paths.map(({ kind, hours, channels }) => {
    const when =
      hours ?? (paths.some((each) => each.kind === kind && each.hours !== null) ? "otherwise" : null);
    const about = { both: null, outputs: "about its outputs", blind: "when it cannot be looked at" }[kind];
    const lead = [about, when].filter((part) => part !== null).join(", ");
    const to = channels.length === 0 ? "nowhere" : sayList(channels.map((id) => withFallback(ground, id)));
    return lead === "" ? `always: ${to}` : `${lead}: ${to}`;
  });
}

function withFallback({ register }: Ground, id: string): string {
  const fallback = register.channels.find((each) => each.id === id)?.fallback ?? null;
  return fallback === null ? id : `${id} (if it fails, ${fallback})`;
}

/** Which messages go where; automations that are told the same way share a line. */
export function examineRoutes(ground: Ground): readonly Examined[] {
  const now = ground.clock.now();
  const same = new Map<string, Watched[]>();
  const silent: Examined[] = [];
  for (const watched of ground.register.automations) {
    const paths = whereMessagesGo(ground, watched, now);
    const text = sayMessagePaths(ground, paths).join("; ");
    const { id } = watched.entry;
    if (paths.some(({ channels }) => channels.length === 0))
      silent.push(
        atRisk(`messages of ${id}`, text, 'end "routes" with one without "when", or name a channel'),
      );
    else same.set(text, [...(same.get(text) ?? []), watched]);
  }
  const shared = [...same].map(([text, watched]) => {
    const names = watched.map(({ entry }) => entry.id);
    return fine("messages go", same.size === 1 && silent.length === 0 ? text : `${sayList(names)}: ${text}`);
  });
  return [...silent, ...shared];
}
