/**
 * What every probe is: it puts one golden input to the automation and brings back what it answered. The
 * request is marked with the run, so that the automation can keep it out of its own records and sources
 * can leave it out. A probe never judges, and never asks twice for one answer.
 */
import type { z } from "zod";
import type { GoldenCase } from "../domain/golden-case.js";
import type { Json } from "../domain/json.js";
import { noDetails, type OutputDraft } from "../domain/output.js";
import type { Clock, CommandRunner, HttpClient, SecretReader } from "../domain/ports.js";
import { textOfJson } from "../text/json-value.js";
import { parseStructured } from "../text/parse-json.js";

/** The header that marks a probe's request; its value is the run. */
export const goldenHeader = "x-evenkeel-golden";

/** One question. */
export interface ProbeRequest {
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** A configured probe. */
export interface Probe {
  /**
   * Asks for one case. The output's id is the automation's own, where its answer names one: a source that
   * meets it again leaves it out. Rejects with SourceError when there is no answer.
   */
  ask(goldenCase: GoldenCase, request: ProbeRequest): Promise<OutputDraft>;
}

/** What probes may use of the outside. */
export interface ProbePorts {
  readonly http: HttpClient;
  readonly command: CommandRunner;
  readonly secret: SecretReader;
  readonly clock: Clock;
  /** Relative paths start here: the folder of the configuration file. */
  readonly baseDir: string;
}

/** A kind of probe, with its own settings hidden behind their schema. */
export interface ProbeType {
  readonly type: string;
  readonly settings: z.ZodObject;
  readonly prepare: (settings: unknown, ports: ProbePorts) => Probe;
}

/** Declares a kind of probe: one file in `probes/`, one line in `probes/all.ts`. */
export function defineProbeType<Shape extends z.core.$ZodLooseShape>(declared: {
  readonly type: string;
  readonly settings: z.ZodObject<Shape, z.core.$strict>;
  readonly prepare: (settings: z.output<z.ZodObject<Shape, z.core.$strict>>, ports: ProbePorts) => Probe;
}): ProbeType {
  return {
    type: declared.type,
    settings: declared.settings,
    prepare: (settings, ports) => declared.prepare(declared.settings.parse(settings), ports),
  };
}

/** What an answer told besides its output. */
export interface AnswerDetails {
  /** The automation's own id of it. */
  readonly id?: string | null;
  readonly model?: string | null;
  readonly latencyMs?: number | null;
  readonly tokens?: number | null;
  readonly finishReason?: string | null;
}

/** An answer as an output of the golden run. */
export function answerOf(
  goldenCase: GoldenCase,
  runId: string,
  output: Json,
  details: AnswerDetails,
): OutputDraft {
  const { expected } = goldenCase;
  const text = output === null ? "" : textOfJson(output);
  return {
    ...noDetails,
    id: details.id ?? `golden:${runId}:${goldenCase.id}`,
    at: null,
    text,
    fields: typeof output === "object" && output !== null ? output : parseStructured(text),
    input: textOfJson(goldenCase.input),
    reference: typeof expected === "string" ? (parseStructured(expected) ?? expected) : expected,
    model: details.model ?? null,
    latencyMs: details.latencyMs ?? null,
    tokens: details.tokens ?? null,
    finishReason: details.finishReason ?? null,
  };
}
