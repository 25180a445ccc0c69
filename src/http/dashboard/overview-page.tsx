import { dayMs } from "../../domain/time.js";
import { alarmPrices } from "../../flow/alarm-levels.js";
import type { Ground } from "../../flow/ground.js";
import { qualityWeeks } from "../../flow/human-quality.js";
import { itselfId } from "../../flow/itself.js";
import { type AutomationState, overview } from "../../flow/overview.js";
import { offlineBanner } from "../../flow/own-outage.js";
import { unregisteredActivity } from "../../flow/register/unregistered.js";
import { dueReviews } from "../../flow/reviews/due-reviews.js";
import { sayDueCounts } from "../../flow/reviews/say-due.js";
import { sayOwed } from "../../flow/rework.js";
import { sayAlarmPrice } from "../../flow/say-alarm-price.js";
import { sayCovered, sayMatch, saySilence } from "../../flow/silences.js";
import { sayCount } from "../../wording/numbers.js";
import { sayList, upperFirst } from "../../wording/sentences.js";
import { sayState } from "../../wording/states.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { Layout, State } from "./layout.js";

/** Every automation with its state, why, last run and open incidents; worst first. */
export function overviewPage(ground: Ground) {
  const states = overview(ground);
  const { register, clock } = ground;
  const now = clock.now();
  const say = (at: number | null) => (at === null ? "none yet" : sayInstant(at, register.timeZone, now));
  const messages = ground.store.outbox.tally();
  const own = ground.store.incidents.openOf(itselfId, "outputs");
  const offline = offlineBanner(ground);
  const owed = ground.store.rework.owing().reduce((sum, { outputs }) => sum + outputs, 0);
  return (
    <Layout
      title={`${headline(states, owed)} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. It does not refresh by itself; reload for the present state. Times are ${sayZone(register.timeZone)}.`}
    >
      {offline === null ? null : (
        <aside class="hand">
          <p>{offline}</p>
        </aside>
      )}
      {noneWorks(ground) ? (
        <p role="alert">
          <b>No message gets out: every channel is broken. Run evenkeel doctor; it says why.</b>
        </p>
      ) : null}
      <h1>{headline(states, owed)}</h1>
      {ground.store.state.troubles.list().map((each) => (
        <p class="warning" role="alert">
          <strong>{`Evenkeel itself, ${each.about}: `}</strong>
          {`${each.text}. ${upperFirst(each.fix)}.`}
        </p>
      ))}
      {own === null ? null : (
        <p role="alert">
          <a href={`/i/${own.id}`}>{`Incident ${own.id}`}</a>
          {`, about Evenkeel itself: ${own.title}`}
        </p>
      )}
      {leftToCheck(ground)}
      {rest(states) === null ? null : <p class="soft">{rest(states)}</p>}
      <section class="full">
        <h2>Automations</h2>
        <table class="fold">
          <thead>
            <tr>
              <th>Automation</th>
              <th>State</th>
              <th>Open incidents</th>
              <th>Last looked at</th>
              <th>Last output</th>
            </tr>
          </thead>
          <tbody>{states.map((each) => row(each, say))}</tbody>
        </table>
      </section>
      <section>
        <h2>The watch itself</h2>
        <dl class="facts body">
          <dt>Messages</dt>
          <dd>
            <a href="/messages">{`${messages.waiting} waiting, ${messages.undeliverable} undeliverable`}</a>
          </dd>
          {registerLink(ground)}
          <dt>Reviews</dt>
          <dd>
            <a href="/reviews">{upperFirst(sayDueCounts(dueReviews(ground)))}</a>
          </dd>
          {spotChecks(ground)}
          {silenced(ground)}
          <dt>False alarms</dt>
          <dd>
            {alarmPrices(ground).map((price) => (
              <p>{`${upperFirst(sayAlarmPrice(price))}.`}</p>
            ))}
          </dd>
        </dl>
      </section>
    </Layout>
  );
}

function registerLink(ground: Ground) {
  const { length } = unregisteredActivity(ground).names;
  const unasked = length === 0 ? "" : `, and ${sayCount(length, "name")} nobody registered`;
  return (
    <>
      <dt>Register</dt>
      <dd>
        <a href="/register">{`${sayCount(ground.register.automations.length, "entry", "entries")}${unasked}`}</a>
      </dd>
    </>
  );
}

function spotChecks({ store, register, clock }: Ground) {
  const since = clock.now() - qualityWeeks * 7 * dayMs;
  const waiting = register.automations.reduce(
    (total, { entry }) => total + store.spotChecks.waitingCount(entry.id, since),
    0,
  );
  if (waiting === 0) return null;
  return (
    <>
      <dt>Spot checks</dt>
      <dd>
        <a href="/spot-checks">{`${sayCount(waiting, "output")} to look at`}</a>
      </dd>
    </>
  );
}

function noneWorks({ register, store }: Ground): boolean {
  const { channels } = register;
  return channels.length > 0 && channels.every(({ id }) => store.channels.get(id).brokenSince !== null);
}

function row(each: AutomationState, say: (at: number | null) => string) {
  return (
    <tr>
      <td>
        <a href={`/a/${each.id}`}>{each.title}</a>
        <small>{`${each.owner} · ${each.risk} risk`}</small>
      </td>
      <td>
        <State state={each.state} />
        <small>{each.reason}</small>
        {each.openReports === 0 ? null : (
          <small>
            <a
              href={`/a/${each.id}#reports`}
            >{`${sayCount(each.openReports, "report")} from people to settle`}</a>
          </small>
        )}
      </td>
      <td data-h="Incidents">
        {each.openIncidents.length === 0
          ? "none"
          : each.openIncidents.map((incident, index) => (
              <>
                {index === 0 ? "" : ", "}
                <a href={`/i/${incident.id}`}>{`Incident ${incident.id}`}</a>
                {incident.silenced ? " (silenced)" : ""}
              </>
            ))}
      </td>
      <td data-h="Looked at" class="nb">
        {say(each.lastRunAt)}
      </td>
      <td data-h="Last output" class="nb">
        {say(each.lastOutputAt)}
      </td>
    </tr>
  );
}

/** What earlier incidents left to do: they are over, what went out meanwhile is not put right yet. */
function leftToCheck({ store }: Ground) {
  return store.rework.owing().map((each) => (
    <p>
      <a href={`/i/${each.incident}#out`}>{`Incident ${each.incident}`}</a>
      {`, over: ${sayOwed(each.outputs)} (${each.title})`}
    </p>
  ));
}

/** What is recorded and shown but not sent now, until when, and who answers for it. */
function silenced(ground: Ground) {
  const now = ground.clock.now();
  const inForce = ground.store.silences.inForce(now);
  if (inForce.length === 0) return null;
  return (
    <>
      <dt>Silenced</dt>
      <dd>
        {inForce.map((each) => (
          <p>
            {`${upperFirst(sayMatch(each.match))}: ${saySilence(ground, each, now)}. Holds back ${sayCovered(ground, each, now)}.`}
          </p>
        ))}
      </dd>
    </>
  );
}

/** The sentence that could be the only thing read. */
export function headline(states: readonly AutomationState[], owed = 0): string {
  const open = states.flatMap((each) => each.openIncidents);
  const titles = needing(states).map((each) => each.title);
  if (open.length > 0) return `${sayCount(open.length, "incident")} open: ${sayList(titles)}`;
  if (titles.length > 0) return `${sayList(titles)} cannot be checked`;
  const reports = states.reduce((sum, each) => sum + each.openReports, 0);
  const left = [
    ...(owed > 0 ? [sayOwed(owed)] : []),
    ...(reports > 0 ? [`${sayCount(reports, "report")} from people to settle`] : []),
  ];
  return left.length === 0 ? "Nothing needs anyone" : `Nothing is wrong now; ${left.join(", ")}`;
}

/** The automations the headline names. */
function needing(states: readonly AutomationState[]): readonly AutomationState[] {
  const withIncident = states.filter((each) => each.openIncidents.length > 0);
  return withIncident.length > 0 ? withIncident : states.filter((each) => each.state === "blind");
}

/** How many automations stand how, of those the headline does not name; null: it names them all. */
export function rest(states: readonly AutomationState[]): string | null {
  const named = needing(states);
  const counts = new Map<string, number>();
  for (const { state } of states.filter((each) => !named.includes(each))) {
    const word = sayState(state).word.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const others = sayList([...counts].map(([word, count]) => `${count} ${word}`));
  return named.length === 0 ? `${others}.` : `The others: ${others}.`;
}
