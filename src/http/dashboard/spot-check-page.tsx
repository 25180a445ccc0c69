import type { Answer } from "../../domain/judgement.js";
import { type Ground, type Watched, watchedOf } from "../../flow/ground.js";
import { humanQuality } from "../../flow/human-quality.js";
import { comparedOutput } from "../../flow/learning/compared-output.js";
import { sayQuality } from "../../flow/say-quality.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { answerWords, sayWho } from "../../wording/answers.js";
import { sayCount } from "../../wording/numbers.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDayAndTime, sayZone } from "../../wording/times.js";
import { OutputText, TextBox } from "../compared-texts.js";
import { EnterPressesNothing } from "../link-frame.js";
import { Layout } from "./layout.js";
import { Promotion } from "./promotion.js";

/** What came of the form that was just sent, and what it held. */
export interface SentJudgement {
  readonly said: string;
  readonly who: string;
  readonly note: string;
  readonly correction: string;
}

/** The order of the buttons; their keys are 1, 2, 3. */
const buttons: readonly Answer[] = ["right", "wrong", "cannot-tell"];

/** One output that was picked, to be judged; what the checks said is told afterwards. null: there is none of that number. */
export function spotCheckPage(ground: Ground, id: number, sent: SentJudgement | null) {
  const row = ground.store.spotChecks.get(id);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  if (row === null || watched === null) return null;
  const { title, spotCheck, timeZone } = watched.entry;
  const now = ground.clock.now();
  const question = spotCheck.question ?? "Is this output right?";
  return (
    <Layout
      title={`${title}: ${question} · Evenkeel`}
      instance={ground.register.name}
      foot={`Page made ${sayDayAndTime(now, timeZone, now)}. Times are ${sayZone(timeZone)}. Names and numbers are hidden before anything is stored.`}
    >
      <p class="line">
        <a href={`/a/${watched.entry.id}`}>{title}</a>
        <span class="soft">{` · output of ${sayDayAndTime(row.at, timeZone, now)}`}</span>
      </p>
      <h1>{question}</h1>
      {sent === null ? null : (
        <p class="say" role="status">
          {sent.said}
        </p>
      )}
      <Judging ground={ground} watched={watched} row={row} sent={sent} />
      <Judged ground={ground} row={row} who={knownName(ground, sent)} />
      <section aria-label="Why">
        <h2>Why you see this</h2>
        <div class="body">
          <p class="small">
            {`${spotCheck.perWeek} a week: some picked by chance, which tell how good the automation truly is; others because checks disagree on them or because they are of a rare kind. ${upperFirst(sayQuality(humanQuality(ground, watched, now).quality))}.`}
          </p>
          <p class="small">
            <a href="/spot-checks">All that wait to be looked at</a>
          </p>
        </div>
      </section>
    </Layout>
  );
}

/** Who has just said something here. */
function knownName({ register }: Ground, sent: SentJudgement | null): string | null {
  return sent !== null && register.people.has(sent.who) ? sent.who : null;
}

function Judging(props: { ground: Ground; watched: Watched; row: SpotCheckRow; sent: SentJudgement | null }) {
  const { ground, watched, row, sent } = props;
  const output = ground.store.spotChecks.outputOf(row.output);
  if (output === null)
    return (
      <p>Its text is no longer kept, so it cannot be judged any more. What was said of it stays on record.</p>
    );
  const names = [...ground.register.people.keys()];
  return (
    <form method="post" action={`/spot-checks/${row.id}`}>
      <EnterPressesNothing />
      {output.input === null ? null : (
        <section aria-label="Input">
          <h2>What came in</h2>
          <div class="body">
            <TextBox length={output.input.length} label="What came in">
              {output.input}
            </TextBox>
          </div>
        </section>
      )}
      <section aria-label="Output">
        <h2>What it made of it</h2>
        <div class="body">
          <OutputText text={output.text} compared={comparedOutput(ground, watched, row, output)} />
          {output.link === null ? null : (
            <p>
              <a href={output.link} rel="noreferrer">
                Open it where it was made
              </a>
            </p>
          )}
        </div>
      </section>
      <section aria-label="You">
        <h2>You</h2>
        <div class="body">
          <p>
            <label for="who">Who you are</label>
            <select id="who" name="who" required>
              <option value="">Choose your name</option>
              {names.map((name) => (
                <option value={name} selected={name === sent?.who}>
                  {name}
                </option>
              ))}
            </select>
          </p>
        </div>
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of buttons */}
      <div class="judge stick" role="group" aria-label="Your judgement">
        {buttons.map((answer, index) => (
          <button type="submit" name="answer" value={answer} accesskey={String(index + 1)}>
            {answerWords[answer]}
            <kbd>{index + 1}</kbd>
          </button>
        ))}
      </div>
      <section aria-label="More">
        <h2>If you want</h2>
        <div class="body">
          <p>
            <label for="note">What is wrong</label>
            <input id="note" name="note" maxlength={2000} value={sent?.note ?? ""} />
          </p>
          <p>
            <label for="correction">As it should be</label>
            <textarea id="correction" name="correction" maxlength={20_000}>
              {sent?.correction ?? ""}
            </textarea>
          </p>
        </div>
      </section>
    </form>
  );
}

/** What people have said, and only then why it was picked and what the checks said. */
function Judged({ ground, row, who }: { ground: Ground; row: SpotCheckRow; who: string | null }) {
  const { spotChecks, judgements } = ground.store;
  const said = judgements.of(row.output);
  if (said.length === 0) return null;
  const checks = spotChecks.verdictsOf(row.output);
  const failed = checks.filter(({ status }) => status === "fail");
  const passed = checks.filter(({ status }) => status === "pass").length;
  return (
    <>
      <section aria-label="Said">
        <h2>What was said</h2>
        <div class="body">
          <ul>
            {said.map((each) => (
              <li>{`${sayWho(each)}: ${answerWords[each.answer].toLowerCase()}${each.note === null ? "" : `: ${each.note}`}`}</li>
            ))}
          </ul>
          <p>{`${sayCount(passed, "check")} passed it, ${failed.length} failed it. It was picked ${row.why}.`}</p>
          {failed.map((each) => (
            <p class="small">{`“${each.check}”: ${each.reason ?? "the reason is no longer kept"}`}</p>
          ))}
        </div>
      </section>
      <Promotion ground={ground} row={row} who={who} />
    </>
  );
}
