import type { Json } from "../domain/json.js";

/** A request as it came, to be proven. */
export interface SignedRequest {
  /** The header's text, epoch seconds. */
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Buffer;
}

/** Whether a request is the channel's own. */
export interface Proof {
  readonly holds: boolean;
  /** Why a secret could not be tried: for the log, never for whoever asks. */
  readonly faults: readonly string[];
}

/** What is sent after a press was answered. */
export type FollowUp =
  /** Says something to the presser alone. */
  | { readonly do: "say"; readonly url: string; readonly body: Json }
  /** Opens a window that asks for more. */
  | { readonly do: "ask"; readonly trigger: string; readonly view: Json };

/** Who hears presses that come over a connection of ours. */
export interface PressListener {
  /** Takes one press; what it returns is the answer, due within three seconds. */
  readonly take: (payload: unknown) => Json;
  /** Told of a press that was recorded and whose answer was lost. */
  readonly failed: (reason: string) => void;
  /** Told when the connection stands, and why it does not. */
  readonly state: (state: { readonly connected: boolean; readonly reason: string | null }) => void;
}

/** Presses of buttons in a channel's messages: how they reach us and how they are answered. */
export interface Interaction {
  /** Whether a request is of the channel's own making; null: presses do not come over HTTP. Never throws. */
  readonly verify: ((request: SignedRequest) => Proof) | null;
  /** Opens a connection over which presses come, until the signal ends it; null: there is none to open. Never rejects. */
  readonly connect: ((listener: PressListener, signal: AbortSignal) => Promise<void>) | null;
  /** Sends what follows a press. Returns why it could not be sent; null: it was. */
  readonly follow: (step: FollowUp, signal: AbortSignal) => Promise<string | null>;
}
