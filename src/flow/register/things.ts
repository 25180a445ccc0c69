import type { Ground, Watched } from "../ground.js";
import { causesOf } from "../shared-cause.js";

/** How an automation rests on something. */
export type Tie = "model" | "source" | "dependsOn" | "vendor" | "tool";

/** Something automations rest on, by the name most of them give it. */
export interface Thing {
  readonly name: string;
  readonly ties: readonly Tie[];
  /** Ids of the automations that rest on it directly. */
  readonly users: readonly string[];
}

/** What one automation rests on: its model, its source, what it depends on, its vendor and its tool. */
export function tiesOf(
  ground: Ground,
  watched: Watched,
): readonly { readonly tie: Tie; readonly name: string }[] {
  const { tool } = watched.entry;
  const causes = causesOf(ground, watched, ground.clock.now()).flatMap(({ kind, name }) =>
    kind === "source-down" ? [] : [{ tie: kind, name }],
  );
  return [...causes, ...(tool === null ? [] : [{ tie: "tool" as const, name: tool }])];
}

/** Names are the same whatever their case and the blanks around them. */
export function thingKey(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}

/** Everything the register rests on; what most automations use comes first. */
export function thingsOf(ground: Ground): readonly Thing[] {
  const things = new Map<string, { name: string; ties: Set<Tie>; users: Set<string> }>();
  for (const watched of ground.register.automations) {
    for (const { tie, name } of tiesOf(ground, watched)) {
      const known = things.get(thingKey(name)) ?? { name, ties: new Set(), users: new Set() };
      known.ties.add(tie);
      known.users.add(watched.entry.id);
      things.set(thingKey(name), known);
    }
  }
  return [...things.values()]
    .map(({ name, ties, users }) => ({ name, ties: [...ties], users: [...users] }))
    .sort(
      (left, right) => right.users.length - left.users.length || left.name.localeCompare(right.name, "en"),
    );
}
