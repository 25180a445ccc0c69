import type { Ground } from "../../flow/ground.js";
import { draftEntry } from "../../flow/register/draft-entry.js";
import { sayUnregistered } from "../../flow/register/say-unregistered.js";
import { unregisteredActivity } from "../../flow/register/unregistered.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { upperFirst } from "../../wording/sentences.js";

/** Names shown, those of them with an entry to paste, and the longest text of one. */
const shown = 20;
const drafted = 5;
const longestText = 160;

/** What sends outputs under a name nobody registered; nothing where nothing does. */
export function UnregisteredActivity({ ground }: { ground: Ground }) {
  const { names, dropped } = unregisteredActivity(ground);
  if (names.length === 0 && dropped === 0) return null;
  const more = names.length - shown;
  return (
    <section class="full" id="unregistered">
      <h2>Sends outputs, not registered</h2>
      <ul>
        {names.slice(0, shown).map((each, index) => (
          <li>
            <b>{each.name}</b>
            {`: ${upperFirst(sayUnregistered(ground, each))}.`}
            {ground.store.unregistered.textsOf(each.id, 1).map(({ text }) => (
              <small>{` One of them: ${excerpt(text, longestText)}`}</small>
            ))}
            {each.sender === null || index >= drafted ? null : (
              <details>
                <summary>An entry to paste into the configuration</summary>
                <pre>{draftEntry(ground, each).join("\n")}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
      <p class="small soft">
        {`Nothing of it is checked. ${more > 0 ? `${sayCount(more, "more name")}: evenkeel register --unregistered. ` : ""}${dropped === 0 ? "" : `${sayCount(dropped, "request")} under further names came, for which there was no room.`}`}
      </p>
    </section>
  );
}
