import type { ReworkCounts } from "../../domain/rework.js";
import { listedIn } from "../../flow/exposure.js";
import type { Ground } from "../../flow/ground.js";
import { shownGroup } from "../../flow/groups.js";
import { incidentStory } from "../../flow/incident-story.js";
import { runTrend } from "../../flow/run-trend.js";
import { sayLeftOut } from "../../flow/say-done.js";
import { saySilence, shownSilence } from "../../flow/silences.js";
import { whoWasTold } from "../../flow/who-was-told.js";
import { compose } from "../../notify/compose.js";
import { type IncidentMessage, labelsOf } from "../../notify/message.js";
import { zoneOf } from "../../notify/story.js";
import { visibleMessage } from "../../notify/visible-message.js";
import { sayMoveEvent } from "../../wording/move-events.js";
import { sayRework } from "../../wording/rework.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { QuickActions } from "./incident-actions.js";
import { ClosingForms, formsOf } from "./incident-closing.js";
import { SaidOf, type SentForm } from "./incident-forms.js";
import { lifeSections } from "./incident-life.js";
import { WentOut } from "./incident-outputs.js";
import { BeforeAndAfter } from "./incident-trend.js";
import { Layout, State } from "./layout.js";

/** One incident: what, since when, how sure, until when, by hand, examples, timeline, what can be done. null: there is none. */
export function incidentPage(
  ground: Ground,
  id: number,
  { sent = null, outputsPage = 1 }: { readonly sent?: SentForm | null; readonly outputsPage?: number } = {},
) {
  const now = ground.clock.now();
  const story = incidentStory(ground, id, now);
  const row = ground.store.incidents.get(id);
  if (story === null || row === null) return null;
  const message = visibleMessage(compose({ kind: "opened" }, story, now));
  const zone = zoneOf(story);
  const forms = formsOf(ground, row);
  const runs = runTrend(ground, id);
  const leftOut = sayLeftOut(ground, id, story.moves.length);
  const state =
    story.incident.endedAt !== null ? "steady" : story.incident.kind === "blind" ? "blind" : "incident";
  return (
    <Layout
      title={`${message.headline} · Evenkeel`}
      instance={message.instance}
      foot={`Page made ${sayInstant(now, zone, now)}. Times are ${sayZone(zone)}.`}
    >
      <SaidOf sent={sent} forms={forms} />
      <div class="ten">
        <div>
          <p class="line">
            <State state={state} word={`Incident ${id}, ${message.incident?.statusWord ?? ""}`} />
          </p>
          <h1>{message.headline}</h1>
          {message.state === null ? null : <p>{message.state}</p>}
          {silenced(ground, id)}
          {grouped(ground, id)}
          <dl class="facts">
            {fact("Since", message.since)}
            {fact(labelsOf(message).sure, message.howSure)}
          </dl>
        </div>
        {message.byHand === null ? null : (
          <aside class="hand">
            <h2>{labelsOf(message).hand}</h2>
            <ol>
              {message.byHand.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
            <p class="small soft">{message.byHand.intro}</p>
            {forms.includes("pause") ? (
              <p class="small">
                <a href="#do-pause">Pause it on this page</a>
              </p>
            ) : null}
          </aside>
        )}
        <dl class="facts">
          {fact(
            "Until",
            message.until.map((line) => `${message.mention?.name ?? ""}: ${line}`),
          )}
          {goneOut(story.rework ?? null)}
          {fact("Also", message.facts)}
        </dl>
        <QuickActions ground={ground} row={row} sent={sent} />
      </div>
      <BeforeAndAfter trend={message.trend} runs={runs} zone={zone} now={now} />
      {message.incident?.kind === "blind" ? null : examples(message)}
      <WentOut
        ground={ground}
        row={row}
        counts={story.rework ?? null}
        zone={zone}
        page={outputsPage}
        sent={sent}
      />
      {lifeSections(story, now, forms.includes("resume") ? "#do-resume" : null)}
      <section>
        <h2>Timeline</h2>
        {leftOut === null ? null : <p class="small soft">{leftOut}</p>}
        <ul class="log body">
          {story.moves.map((move) => (
            <li>
              <time datetime={new Date(move.at).toISOString()}>{sayInstant(move.at, zone, now)}</time>
              <span>{`${sayMoveEvent(move.event)}${move.who === "evenkeel" ? "" : `, ${move.who}`}${move.why === null ? "" : `: ${move.why}`}`}</span>
            </li>
          ))}
        </ul>
      </section>
      {told(ground, id, (at) => sayInstant(at, zone, now))}
      {forms.length > 1 || message.commands.length > 0 ? (
        <section id="close">
          <h2>What else you can do</h2>
          <div class="body">
            <ClosingForms ground={ground} row={row} sent={sent} left={story.rework?.["to-check"] ?? 0} />
            {message.commands.length === 0 ? null : (
              <p class="small soft">Or in a terminal on the computer that runs Evenkeel:</p>
            )}
            {message.commands.map((command) => (
              <pre>{command}</pre>
            ))}
          </div>
        </section>
      ) : null}
    </Layout>
  );
}

/** What went out meanwhile, in a word, and where it is listed. */
function goneOut(counts: ReworkCounts | null) {
  if (counts === null) return null;
  return (
    <>
      <dt>Gone out</dt>
      <dd>
        {`${upperFirst(sayRework(counts))} `}
        <small>
          <a href="#out">{`All ${listedIn(counts)} since the last good one`}</a>
        </small>
      </dd>
    </>
  );
}

/** The incidents that began with it. */
function grouped(ground: Ground, id: number) {
  const group = shownGroup(ground, id);
  if (group === null || group.others.length === 0) return null;
  return (
    <p>
      {`${group.sentence}. The others: `}
      {group.others.map((each, index) => (
        <>
          {index === 0 ? "" : ", "}
          <a href={`/i/${each.incident}`}>{`Incident ${each.incident}`}</a>
          {` (${each.title})`}
        </>
      ))}
      {group.more > 0 ? ` and ${group.more} more` : ""}
    </p>
  );
}

/** That nothing is sent about it now, and why. */
function silenced(ground: Ground, id: number) {
  const now = ground.clock.now();
  const row = ground.store.incidents.get(id);
  const silence = row === null ? null : shownSilence(ground, row, now);
  if (silence === null) return null;
  return (
    <p>
      <b>Silenced</b>
      {` ${saySilence(ground, silence, now)}. Nothing is sent and its clocks stand; then it is looked at once more.`}
    </p>
  );
}

function told(ground: Ground, id: number, say: (at: number) => string) {
  const messages = whoWasTold(ground, id);
  if (messages.length === 0) return null;
  return (
    <section>
      <h2>Who was told</h2>
      <ul class="log body">
        {messages.map((each) => (
          <li>
            <time datetime={new Date(each.at).toISOString()}>{say(each.at)}</time>
            <span>{`${each.forWhom === "" ? "" : `${each.forWhom}, `}${each.channel}: ${each.kind}, ${each.state}${each.error === null ? "" : ` (${each.error})`}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function examples(message: IncidentMessage) {
  return (
    <section>
      <h2>Examples</h2>
      <div class="body">
        {message.examples.length === 0 ? <p class="soft">No single output shows this.</p> : null}
        <div class="pair">
          {message.examples.map((each) => (
            <div>
              <h3>{`${each.label}: ${each.id}, ${each.when}`}</h3>
              {each.reason === "" ? null : (
                <p class={each.kind === "wrong" ? "why" : "soft"}>{each.reason}</p>
              )}
              <pre>{each.excerpt}</pre>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

function fact(label: string, lines: readonly string[]) {
  if (lines.length === 0) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {lines.map((line) => (
          <p>{upperFirst(line)}</p>
        ))}
      </dd>
    </>
  );
}
