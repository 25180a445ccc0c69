/**
 * How the checks of one run ask models and services. In: the automation, the check and the run. Out: the port they
 * ask through. An answer that is stored already is read back; any other is paid for under the day's caps, stored as it
 * arrives with its cost, in a transaction of its own, and redacted as the automation's outputs are.
 */
import type { Asking, ModelQuestion, ServiceQuestion } from "../domain/asking.js";
import { KnownError, SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Exchange, Model, Terms } from "../model/model.js";
import type { StoredAnswer } from "../store/answer.js";
import { redactJson } from "../text/redact.js";
import { askService } from "./ask-service.js";
import { embedKept } from "./embed-kept.js";
import type { Ground } from "./ground.js";
import { type Asker, answerKey, paid } from "./paid-question.js";

/** One question, ready to be put. */
interface Question {
  readonly key: string;
  /** Model id or host. */
  readonly asked: string;
  /** Sends it; an answer that cannot be used may have cost money. Rejects with SourceError when none came. */
  readonly send: (terms: Terms) => Promise<Exchange & { readonly answer: Json | SourceError }>;
}

/** The port through which one check asks during one run. */
export function askingFor(ground: Ground, asker: Asker): Asking {
  return {
    ask: async (question) => {
      const model = modelOf(ground, question.model);
      const kept = await answered(ground, asker, modelQuestion(asker, model, question));
      asker.onAnswer(kept.answeredBy ?? model.name);
      return { value: kept.answer, answeredBy: kept.answeredBy };
    },
    embed: async (id, texts) => {
      const model = modelOf(ground, id);
      asker.onAnswer(model.name);
      return embedKept(ground, asker, model, texts);
    },
    post: async (question) => {
      const kept = await answered(ground, asker, serviceQuestion(ground, asker, question));
      asker.onAnswer(kept.asked);
      return kept.answer;
    },
  };
}

function modelOf({ register }: Ground, id: string): Model {
  const model = register.asking.models.get(id);
  if (model !== undefined) return model;
  const known = [...register.asking.models.keys()].join(", ");
  throw new KnownError(
    "model-unknown",
    `no model "${id}"; ${known === "" ? "the configuration has none" : `known: ${known}`}`,
  );
}

function modelQuestion(asker: Asker, model: Model, question: ModelQuestion): Question {
  const { instructions, content, answer, maxTokens, vote } = question;
  return {
    key: answerKey(asker, model.id, [model.fingerprint, instructions, content, answer, maxTokens, vote]),
    asked: model.id,
    send: async (terms) => {
      const { said, ...exchange } = await model.complete(question, terms);
      return { ...exchange, answer: said.ok ? said.value : said.failure };
    },
  };
}

function serviceQuestion(ground: Ground, asker: Asker, question: ServiceQuestion): Question {
  const { host } = new URL(question.url);
  const key = answerKey(asker, host, [question.url, question.body]);
  return {
    key,
    asked: host,
    send: async (terms) => ({
      answer: await askService(ground, question, key, terms),
      answeredBy: null,
      costMicros: 0,
    }),
  };
}

/** The stored answer, the one on its way, or a new one. */
function answered(ground: Ground, asker: Asker, question: Question): Promise<StoredAnswer> {
  const known = ground.store.answers.get(question.key);
  if (known !== null) return Promise.resolve(known);
  const running = ground.inFlight.answers.get(question.key);
  if (running !== undefined) return running;
  const work = ground.inFlight
    .turn(question.asked, () => put(ground, asker, question))
    .finally(() => ground.inFlight.answers.delete(question.key));
  ground.inFlight.answers.set(question.key, work);
  return work;
}

async function put(ground: Ground, asker: Asker, question: Question): Promise<StoredAnswer> {
  const { watched, check } = asker;
  const { answer: said, ...exchange } = await paid(ground, asker, question.asked, question.send);
  if (said instanceof SourceError) {
    asker.onNoAnswer();
    throw said;
  }
  const answer: StoredAnswer = {
    key: question.key,
    automation: watched.entry.id,
    check,
    asked: question.asked,
    ...exchange,
    answer: watched.storeMode === "full" ? said : redactJson(said),
    at: ground.clock.now(),
  };
  ground.store.transaction(() => ground.store.answers.add(answer));
  return answer;
}
