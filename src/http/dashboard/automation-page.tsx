import { alarmPrices, withLevels } from "../../flow/alarm-levels.js";
import { type BlindSpot, blindSpots } from "../../flow/blind-spots.js";
import { type Confusion, confusionsOf } from "../../flow/confusion.js";
import { sayDrawnRate } from "../../flow/drawn-rate.js";
import { type Ground, watchedOf } from "../../flow/ground.js";
import { overview } from "../../flow/overview.js";
import { dueReview } from "../../flow/reviews/due-reviews.js";
import { sayDue } from "../../flow/reviews/say-due.js";
import { sayAlarmPrice } from "../../flow/say-alarm-price.js";
import type { Counts } from "../../measure/counts.js";
import { wilsonInterval } from "../../measure/wilson-interval.js";
import { excerpt } from "../../text/excerpt.js";
import { sayOf, sayReckoned } from "../../wording/numbers.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { Layout, State } from "./layout.js";
import { Learned } from "./learned.js";
import { OpenReports } from "./open-reports.js";

/** Longest title shown of a measure; those of fields come from outputs. */
const titleLength = 200;

/** One automation: how it stands, what it does, and what cannot be seen of it yet. null: it is not registered. */
export function automationPage(ground: Ground, id: string) {
  const { register, clock } = ground;
  const watched = watchedOf(register, id);
  const state = overview(ground).find((each) => each.id === id);
  if (watched === null || state === undefined) return null;
  const now = clock.now();
  const levelled = withLevels(ground);
  const { rate, metrics } = blindSpots(ground, watched, levelled.levels);
  return (
    <Layout
      title={`${state.title} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. It does not refresh by itself; reload for the present state. Times are ${sayZone(register.timeZone)}.`}
    >
      <p class="line">
        <State state={state.state} />
        <span class="soft">{state.reason}</span>
        {state.openIncidents.map((incident) => (
          <a href={`/i/${incident.id}`}>{`Incident ${incident.id}`}</a>
        ))}
      </p>
      <h1>{state.title}</h1>
      <p class="say">{watched.entry.does}</p>
      <section>
        <h2>Register</h2>
        <dl class="facts body">
          <dt>Owner</dt>
          <dd>{`${state.owner}${watched.entry.deputy === null ? "" : `; deputy ${watched.entry.deputy}`}`}</dd>
          <dt>Risk</dt>
          <dd>{upperFirst(state.risk)}</dd>
          <dt>Review</dt>
          <dd>
            <a href={`/review/${id}`}>{upperFirst(sayDue(dueReview(ground, watched)))}</a>
          </dd>
          <dt>Arriving</dt>
          <dd>{upperFirst(sayDrawnRate(rate))}</dd>
        </dl>
      </section>
      <OpenReports ground={ground} watched={watched} />
      <Learned ground={ground} watched={watched} now={now} />
      <section class="full">
        <h2>What we cannot see yet</h2>
        {metrics.length === 0 ? (
          <p class="soft">Nothing is followed yet, so nothing can be seen.</p>
        ) : (
          spots(metrics)
        )}
      </section>
      {confusionsOf(ground, watched).map((confusion) => (
        <section class="full">
          <h2>
            {confusion.of === null
              ? "Known labels, and what was said"
              : `Known ${excerpt(confusion.of, 60)}, and what was said`}
          </h2>
          {matrix(confusion)}
        </section>
      ))}
      <section>
        <h2>False alarms</h2>
        <div class="body">
          {alarmPrices(levelled).map((price) => (
            <p>{`${upperFirst(sayAlarmPrice(price))}.`}</p>
          ))}
        </div>
      </section>
    </Layout>
  );
}

function matrix({ labels, rows }: Confusion) {
  return (
    <table>
      <caption>
        Each row: the newest outputs whose right label is known, and what they said. Recall: how many of them
        said it, with its 95% interval.
      </caption>
      <thead>
        <tr>
          <th scope="col">Known</th>
          {labels.map((label) => (
            <th scope="col">{excerpt(label, 40)}</th>
          ))}
          <th scope="col">Other or none</th>
          <th scope="col">Recall</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ known, said, other, recall }) => (
          <tr>
            <th scope="row">{excerpt(known, 40)}</th>
            {said.map((count) => (
              <td>{String(count)}</td>
            ))}
            <td>{String(other)}</td>
            <td>{sayRecall(recall)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sayRecall(recall: Counts): string {
  const { low, high } = wilsonInterval(recall);
  return `${sayOf(recall)} (${sayReckoned(low)} to ${sayReckoned(high)})`;
}

function spots(metrics: readonly BlindSpot[]) {
  return (
    <table class="fold">
      <caption>
        How long a change takes to show at the present pace, on average and with outputs as they usually come.
        The smallest change is the one that what is known of the usual level allows for; it gets smaller with
        every output.
      </caption>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">If it changes</th>
          <th scope="col">What shows, and when</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map(({ title, level, text, advice }) => (
          <tr>
            <td>{excerpt(title, titleLength)}</td>
            <td class="soft" data-h="If it changes">
              {level}
            </td>
            <td data-h="What shows">
              {`${excerpt(text, 1_000)}.`}
              {advice === null ? null : <small>{`${upperFirst(advice)}.`}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
