import { z } from "zod";
import type { Asking, ModelQuestion, ServiceQuestion } from "../../src/domain/asking.js";
import type { Json } from "../../src/domain/json.js";

/** What was asked of someone scripted. */
export interface Asked {
  readonly questions: readonly ModelQuestion[];
  readonly embedded: readonly { readonly model: string; readonly texts: readonly string[] }[];
  readonly posted: readonly ServiceQuestion[];
}

/** Someone outside who gives these answers in turn; an Error among them is thrown. */
export function scripted(...answers: readonly (Json | Error)[]): Asking & Asked {
  const left = [...answers];
  const questions: ModelQuestion[] = [];
  const embedded: { model: string; texts: readonly string[] }[] = [];
  const posted: ServiceQuestion[] = [];
  const next = (): Json => {
    const answer = left.shift();
    if (answer === undefined) throw new Error("asked once more than scripted");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    questions,
    embedded,
    posted,
    ask: async (question) => {
      questions.push(question);
      return { value: next(), answeredBy: "scripted" };
    },
    embed: async (model, texts) => {
      embedded.push({ model, texts });
      return z.array(z.array(z.any())).parse(next());
    },
    post: async (question) => {
      posted.push(question);
      return next();
    },
  };
}
