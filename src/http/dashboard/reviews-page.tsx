import { wholeRegister } from "../../domain/review.js";
import type { Ground } from "../../flow/ground.js";
import { type DueReview, dueReviews } from "../../flow/reviews/due-reviews.js";
import { type DueState, dueStateOf, sayDue, sayDueCounts } from "../../flow/reviews/say-due.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDay, sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";

/** Reviews shown of one state; the register lists every entry. */
const shown = 100;

const headings: Readonly<Record<DueState, string>> = {
  overdue: "Overdue",
  soon: "Due within 30 days",
  later: "Later",
};

/** The reviews that are due: of automations, of tools that are only listed, and of the whole register. */
export function reviewsPage(ground: Ground) {
  const { register, clock } = ground;
  const now = clock.now();
  const dues = dueReviews(ground);
  const of = (state: DueState) => dues.filter((due) => dueStateOf(due) === state);
  const headline = upperFirst(sayDueCounts(dues));
  return (
    <Layout
      title={`${headline} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <h1>{headline}</h1>
      <p>
        <a href="/governance">Review of the whole register</a>
      </p>
      {(["overdue", "soon", "later"] as const).map((state) => (
        <Group state={state} dues={of(state)} />
      ))}
    </Layout>
  );
}

function Group({ state, dues }: { state: DueState; dues: readonly DueReview[] }) {
  if (dues.length === 0) return null;
  return (
    <section class="full">
      <h2>{headings[state]}</h2>
      <table class="fold">
        <thead>
          <tr>
            <th scope="col">Review of</th>
            <th scope="col">Who makes it</th>
            <th scope="col">Due</th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>{dues.slice(0, shown).map(row)}</tbody>
      </table>
      {dues.length > shown ? (
        <p class="soft">{`and ${dues.length - shown} more; evenkeel review lists them all`}</p>
      ) : null}
    </section>
  );
}

function row(due: DueReview) {
  const { automation, title, person, watched, lastOn, newest } = due;
  const isRegister = automation === wholeRegister;
  return (
    <tr>
      <td>
        <a href={isRegister ? "/governance" : `/review/${automation}`}>{title}</a>
        {watched || isRegister ? "" : <span class="tag">listed only</span>}
      </td>
      <td data-h="Who makes it">{person.name}</td>
      <td data-h="Due">{upperFirst(sayDue(due))}</td>
      <td data-h="Last">
        {lastOn === null ? "Never" : sayDay(lastOn)}
        {newest?.decision == null ? "" : <small>{newest.decision}</small>}
      </td>
    </tr>
  );
}
