import { type Story, zoneOf } from "../../notify/story.js";
import { sayQueue } from "../../notify/story-life.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCause } from "../../wording/causes.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayInstant } from "../../wording/times.js";

/** Longest text shown that people typed. */
const longest = 1_000;

/** What is done by hand and has piled up, what it came from, and what earlier ones taught. */
export function lifeSections(story: Story, now: number, resumeAt: string | null) {
  return (
    <>
      {byHand(story, now, resumeAt)}
      {story.incident.endedAt === null ? null : cause(story)}
      {lessons(story, now)}
    </>
  );
}

function byHand(story: Story, now: number, resumeAt: string | null) {
  const { queue, paused } = story.life;
  if (queue === null && paused === null) return null;
  return (
    <section>
      <h2>By hand</h2>
      <div class="body">
        {queue === null ? null : (
          <p>{`${upperFirst(sayQueue(queue))}: what came since people took over, and what usually comes.`}</p>
        )}
        {paused === null ? null : (
          <p>
            {`Paused by ${paused.who}, ${sayInstant(paused.at, zoneOf(story), now)}. `}
            {resumeAt === null ? (
              "To let it run again, undo by hand what paused it."
            ) : (
              <a href={resumeAt}>Let it run again</a>
            )}
          </p>
        )}
      </div>
    </section>
  );
}

function cause({ life, incident }: Story) {
  const { closing } = life;
  return (
    <section>
      <h2>What it came from</h2>
      <div class="body">
        {closing === null ? (
          <>
            <p>Cause not stated.</p>
            <pre>{`evenkeel incidents cause ${incident.id} --cause "..." --lesson "..."`}</pre>
          </>
        ) : (
          <>
            <p>{`${upperFirst(sayCause(closing.cause))}, says ${closing.who}.`}</p>
            {closing.lesson === null ? null : <p>{`Lesson: ${excerpt(closing.lesson, longest)}`}</p>}
          </>
        )}
      </div>
    </section>
  );
}

function lessons(story: Story, now: number) {
  const { life } = story;
  if (life.lessons.length === 0) return null;
  return (
    <section>
      <h2>Lessons of earlier incidents</h2>
      <ul class="log body">
        {life.lessons.map((each) => (
          <li>
            <time datetime={new Date(each.endedAt).toISOString()}>
              {sayInstant(each.endedAt, zoneOf(story), now)}
            </time>
            <span>
              <a href={`/i/${each.incident}`}>{`Incident ${each.incident}`}</a>
              {`, ${sayCause(each.cause)}: ${excerpt(each.lesson, longest)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
