import type { Ground } from "../../flow/ground.js";
import { reviewEvidence } from "../../flow/reviews/review-evidence.js";
import { sayDue } from "../../flow/reviews/say-due.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDate, sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";
import { EarlierReviews, Evidence, ReviewForm, Said, type SentReview } from "./review-form.js";

/** The review of one automation or tool: what happened since the last one, and what is decided. null: there is none of that id. */
export function reviewPage(ground: Ground, id: string, sent: SentReview | null) {
  const { register, clock } = ground;
  const watched = register.automations.find(({ entry }) => entry.id === id);
  if (watched === undefined) return null;
  const now = clock.now();
  const { due, sinceAt, parts } = reviewEvidence(ground, watched);
  const { title, does, timeZone } = watched.entry;
  return (
    <Layout
      title={`Review of ${title} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. Times are ${sayZone(timeZone)}.`}
    >
      <p class="line">
        <a href="/reviews">All reviews</a>
        <a href={`/a/${id}`}>{title}</a>
        {due.watched ? null : <span class="tag">listed only</span>}
      </p>
      <h1>{`Review of ${title}`}</h1>
      <Said sent={sent} />
      <p class="say">{`${upperFirst(sayDue(due))}. ${due.person.name} makes it.`}</p>
      <p>{does}</p>
      <p class="small soft">{`Below: what happened since ${sayDate(sinceAt, timeZone, now)}.`}</p>
      <Evidence parts={parts} />
      <ReviewForm
        ground={ground}
        action={`/review/${id}`}
        sent={sent}
        usual={due.person.name}
        decides="automation"
      />
      <EarlierReviews ground={ground} automation={id} />
    </Layout>
  );
}
