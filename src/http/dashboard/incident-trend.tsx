import { type ChartLevel, DotChart } from "../../chart/dot-chart.js";
import type { RunShare, RunTrend } from "../../flow/run-trend.js";
import type { MessageTrend } from "../../notify/message.js";
import { sayCount, sayOf, sayReckoned, sayShare } from "../../wording/numbers.js";

type Bar = MessageTrend["bars"][number];

/** How often the check passed before the change and since: a dot for each run, a row for each day or hour; nothing where hardly anything was judged. */
export function BeforeAndAfter(props: {
  trend: MessageTrend | null;
  runs: RunTrend | null;
  /** When the change began, as it is said: "Tue 14:52". */
  since: string;
}) {
  const { trend, runs, since } = props;
  // one run is a number and no picture
  const drawn = runs !== null && runs.runs.length > 1 ? runs : null;
  if (trend === null && drawn === null) return null;
  return (
    <section>
      <h2>Before and after</h2>
      <div class="body">
        {drawn === null ? null : <ByRun runs={drawn} since={since} />}
        {trend === null ? null : <Table trend={trend} />}
      </div>
    </section>
  );
}

function ByRun({ runs, since }: { runs: RunTrend; since: string }) {
  const words = [
    ...(runs.before === null ? [] : [`Before: ${sayPart(runs.before)}.`]),
    ...(runs.since === null ? [] : [`Since ${since}: ${sayPart(runs.since)}.`]),
  ].join(" ");
  return (
    <>
      <DotChart
        id="by-run"
        title={`${runs.title}: passed, by run`}
        description={words}
        dots={runs.runs.map(({ hits, n, changed }) => ({ share: hits / n, changed }))}
        before={levelOf(runs.before)}
        since={levelOf(runs.since)}
        mark={`since ${since}`}
      />
      <p class="small">
        {`${words} `}
        <span class="soft">Each dot is a run; the shade is where the true share probably lies.</span>
      </p>
    </>
  );
}

/** "310 of 323 passed in 40 runs, 96% (probably 93% to 98%)". */
function sayPart({ hits, n, runs, interval }: RunShare): string {
  const share = sayShare({ hits, n });
  return `${sayOf({ hits, n })} passed in ${sayCount(runs, "run")}, ${share} (probably ${sayReckoned(interval.low)} to ${sayReckoned(interval.high)})`;
}

function levelOf(part: RunShare | null): ChartLevel | null {
  return part === null ? null : { share: part.hits / part.n, ...part.interval };
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
