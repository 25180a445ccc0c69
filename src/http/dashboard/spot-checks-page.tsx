import { dayMs } from "../../domain/time.js";
import type { Ground } from "../../flow/ground.js";
import { qualityWeeks } from "../../flow/human-quality.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayDayAndTime, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";

/** How much of what came in stands in the list, to tell one from another; a longer list does without, to stay a small page. */
const openings = { length: 60, mostOutputs: 100 };

/** The outputs that wait for someone to look at them, automation by automation. */
export function spotChecksPage(ground: Ground) {
  const { store, register, clock } = ground;
  const now = clock.now();
  const since = now - qualityWeeks * 7 * dayMs;
  const queues = register.automations
    .map(({ entry }) => ({ entry, rows: store.spotChecks.waiting(entry.id, since) }))
    .filter(({ rows }) => rows.length > 0);
  const total = queues.reduce((sum, { rows }) => sum + rows.length, 0);
  const headline =
    total === 0 ? "No output waits to be looked at" : `${sayCount(total, "output")} to look at`;
  return (
    <Layout
      title={`${headline} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayDayAndTime(now, register.timeZone, now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <h1>{headline}</h1>
      {queues.map(({ entry, rows }) => (
        <section class="full">
          <h2>{entry.title}</h2>
          <ul>
            {rows.map((row) => (
              <li>
                <a href={`/spot-checks/${row.id}`}>
                  {`Output of ${sayDayAndTime(row.at, entry.timeZone, now)}`}
                  {total > openings.mostOutputs ? "" : opening(ground, row.output)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Layout>
  );
}

/** How what came in begins; never the output, which is judged whole. */
function opening({ store }: Ground, output: number): string {
  const input = store.spotChecks.outputOf(output)?.input ?? "";
  return input === "" ? "" : `: ${excerpt(input, openings.length)}`;
}
