import { type Review, type ReviewDecision, reviewDecisions } from "../../domain/review.js";
import type { Ground } from "../../flow/ground.js";
import type { EvidencePart } from "../../flow/reviews/governance-evidence.js";
import { decisionWords } from "../../flow/reviews/say-due.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDate, sayDay } from "../../wording/times.js";

/** What came of the form that was just sent, and what it held. */
export interface SentReview {
  readonly said: string;
  /** What is now to be edited in the configuration. */
  readonly edit: readonly string[];
  readonly decision: ReviewDecision | "";
  readonly who: string;
  readonly why: string;
  readonly next: string;
}

/** Earlier reviews shown. */
const earlierShown = 10;

/** What came of the form, over everything else. */
export function Said({ sent }: { sent: SentReview | null }) {
  if (sent === null) return null;
  return (
    <div role="status">
      <p class="say">{sent.said}</p>
      {sent.edit.length === 0 ? null : (
        <>
          <p>Now, in the configuration:</p>
          <ul>
            {sent.edit.map((each) => (
              <li>{upperFirst(each)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** What there is to know, part by part. */
export function Evidence({ parts }: { parts: readonly EvidencePart[] }) {
  return (
    <>
      {parts.map(({ title, lines }) => (
        <section>
          <h2>{title}</h2>
          <div class="body">
            {lines.length === 1 ? (
              <p>{lines[0]}</p>
            ) : (
              <ul>
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            )}
          </div>
        </section>
      ))}
    </>
  );
}

/** The form: who, what (of an automation or tool), why, and when to look again. */
export function ReviewForm(props: {
  ground: Ground;
  action: string;
  sent: SentReview | null;
  /** Whoever makes it as a rule. */
  usual: string;
  decides: "automation" | "nothing";
}) {
  const { ground, action, sent, usual, decides } = props;
  const people = [...ground.register.people.values()].filter(({ members }) => members === undefined);
  const chosen = sent?.who ?? usual;
  return (
    <section id="decide">
      <h2>{decides === "automation" ? "Your decision" : "Your review"}</h2>
      <form class="body" method="post" action={action}>
        <p>
          <label for="who">Who you are</label>
          <select id="who" name="who" required>
            <option value="">Choose your name</option>
            {people.map(({ name }) => (
              <option value={name} selected={name === chosen}>
                {name}
              </option>
            ))}
          </select>
        </p>
        {decides === "automation" ? <Decisions chosen={sent?.decision ?? ""} /> : null}
        <p>
          <label for="why">
            {decides === "automation" ? "Why" : "What you found, and what is done about it"}
          </label>
          <textarea id="why" name="why" maxlength={2000} required>
            {sent?.why ?? ""}
          </textarea>
        </p>
        <p>
          <label for="next">Next review</label>
          <input id="next" name="next" type="date" value={sent?.next ?? ""} aria-describedby="next-help" />
          <span class="small soft" id="next-help">
            Left empty: as often as it is reviewed, on a working day.
          </span>
        </p>
        <p class="act">
          <button type="submit" class="go">
            Record it
          </button>
        </p>
      </form>
    </section>
  );
}

function Decisions({ chosen }: { chosen: ReviewDecision | "" }) {
  return (
    <p>
      <label for="decision">Decision</label>
      <select id="decision" name="decision" required>
        <option value="">Choose what happens with it</option>
        {reviewDecisions.map((decision) => (
          <option value={decision} selected={decision === chosen}>
            {decisionWords[decision]}
          </option>
        ))}
      </select>
    </p>
  );
}

/** Reviews on record, the newest first. */
export function EarlierReviews({ ground, automation }: { ground: Ground; automation: string }) {
  const { store, register, clock } = ground;
  const earlier = store.reviews.list(automation, earlierShown);
  if (earlier.length === 0) return null;
  const say = ({ at, decision, who }: Review): string =>
    `${upperFirst(sayDate(at, register.timeZone, clock.now()))}, ${decision === null ? who : `${decision}, ${who}`}`;
  return (
    <section>
      <h2>Earlier reviews</h2>
      <div class="body">
        <ul>
          {earlier.map((each) => (
            <li>{`${say(each)}: ${each.why} (next ${sayDay(each.nextOn)})`}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
