import type { Child } from "hono/jsx";
import type { ExposedOutput, ReworkCounts, SaidReworkState } from "../../domain/rework.js";
import { exposedOutputs, listedIn } from "../../flow/exposure.js";
import type { Ground } from "../../flow/ground.js";
import type { IncidentRow } from "../../store/incident.js";
import { mostListed } from "../../store/rework.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayResult, sayRework, sayReworkState } from "../../wording/rework.js";
import { upperFirst } from "../../wording/sentences.js";
import { sayDayAndTime } from "../../wording/times.js";
import { refused, type SentForm, WhoField } from "./incident-forms.js";

/** Outputs on one page of the list. */
const pageSize = 50;
/** Longest id, name or note shown. */
const longest = 200;

/** What can be said of the outputs that were ticked. */
const buttons: readonly { readonly state: SaidReworkState; readonly label: string }[] = [
  { state: "redone", label: "Redone" },
  { state: "fine", label: "Fine as it is" },
  { state: "waived", label: "Waive" },
];

/** What went out since the last good output, what became of it, and a form to say so; nothing where no check tells. */
export function WentOut(props: {
  ground: Ground;
  row: IncidentRow;
  /** What became of them; null: no check tells. */
  counts: ReworkCounts | null;
  zone: string;
  page: number;
  sent: SentForm | null;
}) {
  const { ground, row, counts, zone, page, sent } = props;
  if (counts === null) return null;
  const all = listedIn(counts);
  const pages = Math.ceil(all / pageSize);
  const shown = Math.min(Math.max(1, page), pages);
  const offset = (shown - 1) * pageSize;
  const outputs = exposedOutputs(ground, row, { state: null, limit: pageSize, offset });
  // an ended incident asks for what is left and for nothing more
  const isOpen = row.endedAt === null || counts["to-check"] > 0;
  const again = refused(sent, "outputs");
  const list = (
    <>
      {outputTable(outputs, isOpen ? (again?.ticked ?? []) : null, (at) =>
        sayDayAndTime(at, zone, ground.clock.now()),
      )}
      {pages < 2 ? null : turn(row.id, shown, pages)}
    </>
  );
  return (
    <section id="out">
      <h2>What went out</h2>
      <div class="body">
        <p>
          {`${sayCount(all, "output")} since the last good one: ${sayRework(counts)}. `}
          <a href={`/i/${row.id}/outputs.csv`}>{`Download all ${all} (CSV)`}</a>
        </p>
        {all < mostListed ? null : <p class="small soft">{`Only the newest ${mostListed} are listed.`}</p>}
        {isOpen
          ? saidForm(ground, row.id, { left: counts["to-check"], who: sent?.who ?? "", again, list })
          : list}
      </div>
    </section>
  );
}

function saidForm(
  ground: Ground,
  incident: number,
  {
    left,
    who,
    again,
    list,
  }: {
    readonly left: number;
    readonly who: string;
    readonly again: SentForm | null;
    readonly list: Child;
  },
) {
  return (
    <form id="do-outputs" method="post" action={`/i/${incident}/outputs`}>
      {list}
      {left === 0 ? null : (
        <p>
          <label>
            <input type="checkbox" name="all" value="all" checked={again?.all === true} />
            {` All ${left} that are still to check, on every page`}
          </label>
        </p>
      )}
      <WhoField form="outputs" names={[...ground.register.people.keys()]} who={who} />
      {saidHow(again?.why ?? "")}
      <p class="act">
        {buttons.map(({ state, label }) => (
          <button type="submit" name="state" value={state}>
            {label}
          </button>
        ))}
      </p>
    </form>
  );
}

function outputTable(
  outputs: readonly ExposedOutput[],
  ticked: readonly number[] | null,
  say: (at: number) => string,
) {
  return (
    <table class="fold">
      <thead>
        <tr>
          <th scope="col">Output</th>
          <th scope="col">Went out</th>
          <th scope="col">Checks</th>
          <th scope="col">Then</th>
          <th scope="col">Link</th>
        </tr>
      </thead>
      <tbody>{outputs.map((each) => outputRow(each, ticked, say(each.at)))}</tbody>
    </table>
  );
}

function outputRow(each: ExposedOutput, ticked: readonly number[] | null, when: string) {
  const { key, id, result, state, who, note, link } = each;
  return (
    <tr>
      <td>
        {ticked === null ? (
          excerpt(id, longest)
        ) : (
          <label>
            <input type="checkbox" name="output" value={String(key)} checked={ticked.includes(key)} />
            {` ${excerpt(id, longest)}`}
          </label>
        )}
      </td>
      <td data-h="Went out" class="nb">
        {when}
      </td>
      <td data-h="Checks">{upperFirst(sayResult(result))}</td>
      <td data-h="Then">
        {state === "to-check" ? (
          <b>{upperFirst(sayReworkState(state))}</b>
        ) : (
          upperFirst(sayReworkState(state))
        )}
        {who === null ? null : <small>{excerpt(note === null ? who : `${who}: ${note}`, longest)}</small>}
      </td>
      <td data-h="Link">{link === null ? "" : linkTo(link)}</td>
    </tr>
  );
}

/** An address from an output is a link only where it leads to a web page; anything else is shown as text. */
function linkTo(link: string) {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return excerpt(link, longest);
  return (
    <a href={link} rel="noopener noreferrer nofollow">
      {new URL(link).host}
    </a>
  );
}

function turn(incident: number, shown: number, pages: number) {
  return (
    <p class="small">
      {shown === 1 ? null : <a href={`/i/${incident}?out=${shown - 1}#out`}>Before</a>}
      {` Page ${shown} of ${pages} `}
      {shown === pages ? null : <a href={`/i/${incident}?out=${shown + 1}#out`}>Next</a>}
    </p>
  );
}

function saidHow(why: string) {
  return (
    <p>
      <label for="out-why">What was done, in a few words</label>
      <input id="out-why" name="why" maxlength={2000} value={why} />
      <span class="small soft">Waiving needs a reason; the rest may have one.</span>
    </p>
  );
}
