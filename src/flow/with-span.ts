import type { Watched } from "./ground.js";

/** The same automation, with only the outputs of a time span in its source. Outputs without a time stay. */
export function withSpan(watched: Watched, span: { from: number | null; to: number | null }): Watched {
  const { source } = watched;
  if (source === null || (span.from === null && span.to === null)) return watched;
  const from = span.from ?? Number.NEGATIVE_INFINITY;
  const to = span.to ?? Number.POSITIVE_INFINITY;
  return {
    ...watched,
    source: {
      read: async (request) => {
        const read = await source.read(request);
        return {
          ...read,
          outputs: read.outputs.filter((each) => each.at === null || (each.at >= from && each.at < to)),
        };
      },
    },
  };
}
