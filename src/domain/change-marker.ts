/** What can change around an automation. */
export const changeKinds = [
  "model",
  "fingerprint",
  "prompt",
  "workflow",
  "config",
  "golden-set",
  "pushed",
] as const;

/** What changed. */
export type ChangeKind = (typeof changeKinds)[number];

/** What the outputs themselves tell of: each can be followed from output to output. */
export type SeenKind = "model" | "fingerprint" | "prompt" | "workflow";

/** Something that was changed around an automation, wrong or not. */
export interface ChangeMarker {
  readonly id: number;
  readonly automation: string;
  /** When it was changed, or first seen in the outputs: epoch ms UTC. */
  readonly at: number;
  readonly kind: ChangeKind;
  /** null where one side has no name. */
  readonly from: string | null;
  readonly to: string | null;
  /** A person's name, or `evenkeel` where it was noticed. */
  readonly who: string;
  readonly note: string | null;
}

/** Values of an output that say with what it was made, beside the model. */
export type Versions = Readonly<Record<Exclude<SeenKind, "model">, string | null>>;
