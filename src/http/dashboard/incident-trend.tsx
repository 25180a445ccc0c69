import { DotChart } from "../../chart/dot-chart.js";
import { type ChartLevel, solidFrom } from "../../chart/dot-chart-words.js";
import type { RunShare, RunTrend } from "../../flow/run-trend.js";
import type { MessageTrend } from "../../notify/message.js";
import { sayCount, sayOf, sayReckoned, sayShare } from "../../wording/numbers.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayInstant } from "../../wording/times.js";

type Bar = MessageTrend["bars"][number];

/** The share an incident is about, before the change and since: a dot for each run, a row for each day or hour; nothing where hardly anything was judged. */
export function BeforeAndAfter(props: {
  trend: MessageTrend | null;
  runs: RunTrend | null;
  zone: string;
  now: number;
}) {
  const { trend, runs, zone, now } = props;
  // one run is a number and no picture
  const drawn = runs !== null && runs.runs.length > 1 ? runs : null;
  if (trend === null && drawn === null) return null;
  return (
    <section>
      <h2>Before and after</h2>
      <div class="body">
        {drawn === null ? null : <ByRun trend={drawn} say={(at) => sayInstant(at, zone, now)} />}
        {trend === null ? null : <Table trend={trend} />}
      </div>
    </section>
  );
}

function ByRun({ trend, say }: { trend: RunTrend; say: (at: number) => string }) {
  const { title, runs, before, since } = trend;
  const began = `since ${say(trend.changedAt)}`;
  const words = [
    ...(before === null ? [] : [`Before: ${sayPart(before)}.`]),
    ...(since === null ? [] : [`${upperFirst(began)}: ${sayPart(since)}.`]),
  ].join(" ");
  return (
    <>
      <p>{`${upperFirst(title)}, by run`}</p>
      <DotChart
        id="by-run"
        title={`${upperFirst(title)}, by run`}
        description={words}
        dots={runs.map(({ hits, n, changed }) => ({ share: hits / n, n, changed }))}
        before={before === null ? null : levelOf(before, `usually ${sayShare(before)}`)}
        since={since === null ? null : levelOf(since, `${began}: ${sayShare(since)}`)}
        mark={began}
        ends={[say(runs[0]?.at ?? trend.changedAt), say(runs.at(-1)?.at ?? trend.changedAt)]}
      />
      <p class="small">
        {`${words} `}
        <span class="soft">
          {`Each dot is a run, hollow with fewer than ${solidFrom} outputs; the bar under it says how many it had. The shade is where the true share probably lies.`}
        </span>
      </p>
    </>
  );
}

/** "310 of 323 in 40 runs, 96% (probably 93% to 98%)". */
function sayPart({ hits, n, runs, interval }: RunShare): string {
  const share = sayShare({ hits, n });
  return `${sayOf({ hits, n })} in ${sayCount(runs, "run")}, ${share} (probably ${sayReckoned(interval.low)} to ${sayReckoned(interval.high)})`;
}

function levelOf(part: RunShare, label: string): ChartLevel {
  return { share: part.hits / part.n, ...part.interval, label };
}

function Table({ trend }: { trend: MessageTrend }) {
  return (
    <table class="trend">
      <caption>{trend.title}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Passed</th>
          <th scope="col" class="num">
            Share of outputs
          </th>
        </tr>
      </thead>
      {part(
        "Before",
        trend.bars.filter(({ changed }) => !changed),
      )}
      {part(
        "Since it changed",
        trend.bars.filter(({ changed }) => changed),
      )}
    </table>
  );
}

function part(title: string, bars: readonly Bar[]) {
  if (bars.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colspan={3}>
          {title}
        </th>
      </tr>
      {bars.map(({ label, share, words, changed }) => (
        <tr>
          <td class="nb">{label}</td>
          <td>{bar(share, changed)}</td>
          <td class="num">{words}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** From nothing to all; the words beside it say the same. */
function bar(share: number, changed: boolean) {
  return (
    <svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bandf" width="100" height="10" />
      <rect class={changed ? "dot now" : "dot"} width={String(Math.round(share * 100))} height="10" />
    </svg>
  );
}
