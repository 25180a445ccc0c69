import type { LinkPage } from "../flow/follow-link.js";
import type { PersonalEvent } from "../incident/transitions.js";
import { excerpt } from "../text/excerpt.js";
import { moveLabels } from "../wording/move-labels.js";
import { LinkFrame } from "./link-frame.js";

const titleMax = 300;

const does: Readonly<Partial<Record<PersonalEvent, string>>> = {
  acknowledge: "Says that someone has seen it and sees to it.",
  "fallback-on": "Says that people do it by hand now, and acknowledges it.",
};

/** The page behind a link: the same for a person and for a machine that opens every link; no script, nothing to load but its style. */
export function ActPage(props: { instance: string; page: LinkPage }) {
  const { instance, page } = props;
  const title = page.kind === "void" ? "This link does nothing" : excerpt(page.title, titleMax);
  return (
    <LinkFrame instance={instance} title={title} style="style.css">
      {page.kind === "void" ? null : <p class="line">{`Incident ${page.incident}`}</p>}
      <h1>{title}</h1>
      <p class="say" role="status">
        {page.said}
      </p>
      {page.kind === "ask" ? <AskForm page={page} /> : null}
      {page.kind !== "ask" && page.pageUrl !== null ? (
        <p>
          <a href={page.pageUrl}>Open the incident</a>
        </p>
      ) : null}
    </LinkFrame>
  );
}

/** Goes back to the address it was shown at. */
function AskForm({ page }: { page: Extract<LinkPage, { kind: "ask" }> }) {
  const meaning = does[page.event];
  if (meaning === undefined) return null;
  return (
    <form method="post">
      <input type="hidden" name="revision" value={String(page.revision)} />
      <input type="hidden" name="nonce" value={page.nonce} />
      <p class="act">
        <button type="submit" class="go">
          {moveLabels[page.event]}
        </button>
      </p>
      <p class="soft">{`${meaning} On record it stands as: ${page.actor}.`}</p>
    </form>
  );
}
