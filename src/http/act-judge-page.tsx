import type { Child } from "hono/jsx";
import { type Answer, answers } from "../domain/judgement.js";
import type { JudgePage } from "../flow/follow-judge-link.js";
import { excerpt } from "../text/excerpt.js";
import { answerWords } from "../wording/answers.js";
import { OutputText, TextBox } from "./compared-texts.js";
import { EnterPressesNothing } from "./link-frame.js";

/** The frame of pages behind links in a digest: no script, nothing to load but its style. */
function Frame(props: { title: string; instance: string; children: Child }) {
  const title = excerpt(props.title, 300);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Evenkeel`}</title>
        <link rel="stylesheet" href="../style.css" />
      </head>
      <body>
        <header class="top">
          <span class="brand">Evenkeel</span>
          <span class="who">{excerpt(props.instance, 100)}</span>
        </header>
        <main id="main">
          <h1>{title}</h1>
          {props.children}
        </main>
      </body>
    </html>
  );
}

/** The page behind a link to one output; `meant` is the button that was pressed in the mail. */
export function JudgeLinkPage(props: { instance: string; page: JudgePage; meant: Answer | null }) {
  const { instance, page, meant } = props;
  if (page.kind === "void")
    return (
      <Frame title="This link does nothing" instance={instance}>
        <p class="say" role="status">
          {page.said}
        </p>
      </Frame>
    );
  return (
    <Frame title={page.question} instance={instance}>
      <p class="line">{`${excerpt(page.title, 200)} · output of ${page.when}`}</p>
      {page.said === null ? null : (
        <p class="say" role="status">
          {page.said}
        </p>
      )}
      {page.told.map((line) => (
        <p class="small">{line}</p>
      ))}
      {page.input === null ? null : (
        <section aria-label="Input">
          <h2>What came in</h2>
          <div class="body">
            <TextBox length={page.input.length} label="What came in">
              {page.input}
            </TextBox>
          </div>
        </section>
      )}
      <section aria-label="Output">
        <h2>What it made of it</h2>
        <div class="body">
          <OutputText text={page.text} compared={page.compared} />
        </div>
      </section>
      <JudgeForm page={page} meant={meant} />
      <PromoteForm page={page} />
    </Frame>
  );
}

/** Goes back to the address it was shown at. */
function JudgeForm({ page, meant }: { page: Extract<JudgePage, { kind: "ask" }>; meant: Answer | null }) {
  return (
    <form method="post">
      <EnterPressesNothing />
      <input type="hidden" name="nonce" value={page.nonce} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of buttons */}
      <div class="judge stick" role="group" aria-label="Your judgement">
        {answers.map((answer, index) => (
          <button
            type="submit"
            name="answer"
            value={answer}
            accesskey={String(index + 1)}
            class={answer === meant ? "go" : ""}
          >
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
            <input id="note" name="note" maxlength={2000} />
          </p>
          <p>
            <label for="correction">As it should be</label>
            <textarea id="correction" name="correction" maxlength={20_000} />
          </p>
          <p>
            <label for="forwarded">{`Your name, if you are not ${excerpt(page.reader, 200)}`}</label>
            <input id="forwarded" name="forwarded" maxlength={200} autocomplete="name" />
          </p>
        </div>
      </section>
      <p class="soft">
        {`On record it stands as said by ${excerpt(page.reader, 200)}, by the ${excerpt(page.via, 400)}; with a name beside it, as by someone the mail was forwarded to.`}
      </p>
    </form>
  );
}

/** Offered once the reader has judged it; goes back to the address it was shown at. */
function PromoteForm({ page }: { page: Extract<JudgePage, { kind: "ask" }> }) {
  const { promotion, nonce, reader, via } = page;
  if (promotion === null) return null;
  return (
    <section aria-label="Known answer">
      <h2>Known answer</h2>
      <div class="body">
        {promotion.lines.map((line) => (
          <p class="small">{line}</p>
        ))}
        {promotion.button === null ? null : (
          <form method="post">
            <input type="hidden" name="nonce" value={nonce} />
            <p class="act">
              <button type="submit" name="promote" value="yes">
                {promotion.button}
              </button>
            </p>
            <p class="soft small">
              {`On record it stands as decided by ${excerpt(reader, 200)}, by the ${excerpt(via, 400)}.`}
            </p>
          </form>
        )}
      </div>
    </section>
  );
}

/** The page that stops a reader's digest, or lets it come again. */
export function StopPage(props: { instance: string; reader: string | null; stopped: boolean }) {
  const { instance, reader, stopped } = props;
  if (reader === null)
    return (
      <Frame title="This link does nothing" instance={instance}>
        <p class="say" role="status">
          This link is not one of ours, has expired, or is about someone who is no reader any more. Nothing
          was changed.
        </p>
      </Frame>
    );
  const said = stopped
    ? "It comes no more. Incidents are told as before."
    : "The weekly mail; incidents are told whether it comes or not.";
  return (
    <Frame title={`The weekly mail to ${reader}`} instance={instance}>
      <p class="say" role="status">
        {said}
      </p>
      <form method="post">
        {stopped ? <input type="hidden" name="again" value="yes" /> : null}
        <p class="act">
          <button type="submit" class="go">
            {stopped ? "Let it come again" : "Stop this mail"}
          </button>
        </p>
      </form>
    </Frame>
  );
}
