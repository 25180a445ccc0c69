import { wholeRegister } from "../../domain/review.js";
import type { Ground } from "../../flow/ground.js";
import { governanceReview } from "../../flow/reviews/due-reviews.js";
import { governanceEvidence } from "../../flow/reviews/governance-evidence.js";
import { sayDue } from "../../flow/reviews/say-due.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";
import { EarlierReviews, Evidence, ReviewForm, Said, type SentReview } from "./review-form.js";

/** The monthly review of the whole register: what there is to look at, and that it was made. */
export function governancePage(ground: Ground, sent: SentReview | null) {
  const { register, clock } = ground;
  const now = clock.now();
  const due = governanceReview(ground);
  const when =
    register.governance.day === "never"
      ? "None is due by itself."
      : `${upperFirst(sayDue(due))}. ${due.person.name} makes it.`;
  return (
    <Layout
      title="Review of the whole register · Evenkeel"
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <p class="line">
        <a href="/reviews">All reviews</a>
        <a href="/register">Register</a>
      </p>
      <h1>Review of the whole register</h1>
      <Said sent={sent} />
      <p class="say">{when}</p>
      <Evidence parts={governanceEvidence(ground)} />
      <ReviewForm
        ground={ground}
        action="/governance"
        sent={sent}
        usual={due.person.name}
        decides="nothing"
      />
      <EarlierReviews ground={ground} automation={wholeRegister} />
    </Layout>
  );
}
