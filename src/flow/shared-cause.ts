/**
 * What automations share that can go wrong for all of them at once: a model, a source, something they depend on, a vendor.
 * In: the register, and the models that the newest outputs name. Out: the narrowest thing in common. Never says that it is the
 * cause: it is likely.
 */
import type { CauseKind } from "../store/incident-group.js";
import type { Ground, Watched } from "./ground.js";
import { modelsInUse } from "./model-use.js";

/** Something that several automations share. */
export interface Cause {
  readonly kind: CauseKind;
  readonly name: string;
}

/** What an automation rests on, the narrowest first. */
export function causesOf(ground: Ground, watched: Watched, now: number): readonly Cause[] {
  const { entry, sourceHost } = watched;
  const models = new Set([
    ...(entry.model === null ? [] : [entry.model]),
    ...(modelsInUse(ground, watched, now) ?? []).map(({ model }) => model),
  ]);
  const named = (kind: CauseKind, name: string | null): readonly Cause[] =>
    name === null ? [] : [{ kind, name }];
  return [
    ...[...models].flatMap((model) => named("model", model)),
    ...named("source", sourceHost),
    ...entry.dependsOn.flatMap((each) => named("dependsOn", each)),
    ...named("vendor", entry.vendor),
  ];
}

/** The narrowest thing that all of them rest on; null: nothing. */
export function sharedCause(all: readonly (readonly Cause[])[]): Cause | null {
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return null;
  return first.find((cause) => others.every((each) => each.some((other) => isSame(cause, other)))) ?? null;
}

/** A vendor of one may be what another depends on: the name counts. */
function isSame(one: Cause, other: Cause): boolean {
  const hosts = (one.kind === "source") === (other.kind === "source");
  return hosts && one.name.toLowerCase() === other.name.toLowerCase();
}

/** "that use gpt-5-mini", "that read from billing.example.com". */
export function sayCause({ kind, name }: Cause): string {
  switch (kind) {
    case "model":
    case "vendor":
      return `that use ${name}`;
    case "dependsOn":
      return `that depend on ${name}`;
    case "source":
    case "source-down":
      return `that read from ${name}`;
  }
}
