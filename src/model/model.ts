/**
 * Models that may be asked: a question enters, an answer leaves with what it cost and who gave it. One file a provider.
 * Nothing here is kept, counted or capped, and no answer is judged: the journey that asks does all of that.
 */
import type { ModelQuestion } from "../domain/asking.js";
import type { SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Clock, HttpClient, Pause, SecretReader } from "../domain/ports.js";
import type { ModelListing } from "./listed-models.js";

/** What an exchange came to, whatever was said. */
export interface Exchange {
  /** The model as its provider names it; null: it does not say. */
  readonly answeredBy: string | null;
  /** In millionths of a US dollar; 0 where the model has no price. */
  readonly costMicros: number;
}

/** What a model said: an answer that can be read, or why there is none; it may have cost money either way. */
export interface Completion extends Exchange {
  readonly said:
    | { readonly ok: true; readonly value: Json }
    | { readonly ok: false; readonly failure: SourceError };
}

/** Vectors, one a text, in the order of the texts. */
export interface Embedding extends Exchange {
  readonly vectors: readonly (readonly number[])[];
}

/** Texts of one embedding request: a vector of 4,096 numbers is about 90 kB of JSON. */
export const textsAtOnce = 64;

/** A configured model. */
export interface Model {
  readonly id: string;
  /** The pinned name. */
  readonly name: string;
  /** Everything that changes its answers: provider, address, name, temperature, token budget. */
  readonly fingerprint: string;
  /** Where its API says when models end; null where it does not. */
  readonly listing: ModelListing | null;
  /** Rejects with SourceError when no answer came, and with what `reserve` throws. */
  complete(question: ModelQuestion, terms: Terms): Promise<Completion>;
  /** At most `textsAtOnce` of them. Rejects with SourceError when no vectors came, or when it is no model for that; and with what `reserve` throws. */
  embed(texts: readonly string[], terms: Terms): Promise<Embedding>;
}

/** Under which terms a model is asked. One question may take several requests: other forms, and further tries. */
export interface Terms {
  readonly signal: AbortSignal;
  /**
   * Called before each request with the most it may cost, in millionths of a US dollar; throws KnownError when there
   * is no room for that. What it returns is called once, with what the request did cost.
   */
  readonly reserve: (mostMicros: number) => (costMicros: number) => void;
}

/** What models may use of the outside. */
export interface ModelPorts {
  readonly http: HttpClient;
  readonly secret: SecretReader;
  readonly clock: Pick<Clock, "now">;
  readonly pause: Pause;
}
