/**
 * What an API says about the ends of its models: `GET /v1/models`, whose entries may carry `shutdown_date`
 * (developers.openai.com, "Deprecations": `YYYY-MM-DD`, or null where none is announced).
 */
import { z } from "zod";
import type { HttpRequest } from "../domain/ports.js";
import { parseJson } from "../text/parse-json.js";
import type { ModelPorts } from "./model.js";
import type { ProviderRequest } from "./provider.js";
import { refusal } from "./refusal.js";

const longestWaitMs = 30_000;
const maxBytes = 4_194_304;

/** The ends of an API's models: the address that was asked, and the day by the name of the model. */
export interface ListedEnds {
  readonly url: string;
  readonly ends: ReadonlyMap<string, string>;
}

/** Asks an API for the ends of its models. Rejects with SourceError, and with what the missing key says. */
export type ModelListing = (signal: AbortSignal) => Promise<ListedEnds>;

const list = z.object({
  data: z.array(z.looseObject({ id: z.string().min(1), shutdown_date: z.unknown().optional() })),
});

/** The list of an API, asked once each time it is read: a day later it is asked again anyway. */
export function createListing(
  place: () => Omit<ProviderRequest, "body">,
  { http }: Pick<ModelPorts, "http">,
  timeoutMs: number,
): ModelListing {
  return async (signal) => {
    // here and not before: its key may be missing
    const request = place();
    const sent: HttpRequest = {
      method: "GET",
      url: request.url,
      headers: request.headers,
      timeoutMs: Math.min(timeoutMs, longestWaitMs),
      maxBytes,
      signal,
    };
    const response = await http.request(sent);
    if (response.status !== 200) throw refusal("the list of models", { ...request, body: null }, response);
    return { url: request.url, ends: endsIn(response.body) };
  };
}

/** Entries without a day that exists say nothing; a server without the field has an empty map. */
function endsIn(body: string): ReadonlyMap<string, string> {
  const parsed = parseJson(body);
  const { data } = list.safeParse(parsed.ok ? parsed.value : null);
  const entries = data?.data ?? [];
  return new Map(
    entries.flatMap(({ id, shutdown_date }) => {
      const day = z.iso.date().safeParse(shutdown_date);
      return day.success ? [[id, day.data] as const] : [];
    }),
  );
}
