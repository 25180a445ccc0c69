import { KnownError } from "./errors.js";
import type { Json } from "./json.js";

/** A question to a model; every limit is stated. */
export interface ModelQuestion {
  /** Id of a model in the configuration. */
  readonly model: string;
  /** What the model is to do; ours. */
  readonly instructions: string;
  /** What it is about; other people's text stands fenced in it. */
  readonly content: string;
  /** JSON Schema of the answer, and a name for it. */
  readonly answer: { readonly name: string; readonly schema: { readonly [key: string]: Json } };
  readonly maxTokens: number;
  /** Keeps repeated votes on one question apart: 1 for the first. */
  readonly vote: number;
}

/** What a model said. */
export interface ModelAnswer {
  /** Parsed; it has the shape that was asked for as far as the provider can promise: parse it again. */
  readonly value: Json;
  /** The model that answered, as the provider names it; null: it does not say. */
  readonly answeredBy: string | null;
}

/** A signed request to a service of the user's. */
export interface ServiceQuestion {
  readonly url: string;
  readonly body: Json;
  /** The key to sign with; null: unsigned. */
  readonly key: { readonly env: string } | { readonly file: string } | null;
  readonly timeoutMs: number;
}

/**
 * How a check asks someone outside. Whoever provides it keeps answers by content, counts their cost and holds the
 * spend caps. All reject with KnownError: code `spend-cap` when the cap is reached, anything else when no usable
 * answer came.
 */
export interface Asking {
  ask(question: ModelQuestion): Promise<ModelAnswer>;
  /** One vector a text, in order, all of one length. */
  embed(model: string, texts: readonly string[]): Promise<readonly (readonly number[])[]>;
  /** The answer's body as JSON. */
  post(question: ServiceQuestion): Promise<Json>;
}

/** Where checks run that ask nobody. */
export const nobody: Asking = { ask: refuse, embed: refuse, post: refuse };

function refuse(): Promise<never> {
  return Promise.reject(new KnownError("nobody-to-ask", "there is nobody to ask here"));
}
