import type { MessageTrend } from "../../notify/message.js";

type Bar = MessageTrend["bars"][number];

/** How often the check passed before the change and since, a row for each day or hour; nothing where hardly anything was judged. */
export function BeforeAndAfter({ trend }: { trend: MessageTrend | null }) {
  if (trend === null) return null;
  return (
    <section>
      <h2>Before and after</h2>
      <div class="body">
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
      </div>
    </section>
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
