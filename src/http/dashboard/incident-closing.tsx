import type { Child } from "hono/jsx";
import { asksWhy, statableCauses } from "../../flow/act-on-incident.js";
import type { Ground } from "../../flow/ground.js";
import { snoozeChoices } from "../../flow/offer-snooze.js";
import { sayOwed } from "../../flow/rework.js";
import { missingFor } from "../../flow/switch-back.js";
import { switchesOffered } from "../../flow/switches-offered.js";
import type { PersonalEvent } from "../../incident/transitions.js";
import type { IncidentRow } from "../../store/incident.js";
import { moveLabels } from "../../wording/move-labels.js";
import { overruleLabel, waiveLabel } from "../../wording/rework.js";
import { upperFirst } from "../../wording/sentences.js";
import { slowMoves } from "./incident-actions.js";
import { type FormName, refused, type SentForm, WhoField, WhyField } from "./incident-forms.js";

interface Shown {
  readonly ground: Ground;
  readonly row: IncidentRow;
  readonly sent: SentForm | null;
  /** Outputs that went out and are still to be checked. */
  readonly left: number;
}

/** What each of them means, for whoever has never pressed it. */
const meanings: Readonly<Partial<Record<PersonalEvent, string>>> = {
  resolve: "It is mended.",
  "switch-back": "The automation does the work again; its newest sample must pass.",
  "false-alarm":
    "Nothing was wrong. The check that raised it counts for the digest only, until someone enables it again.",
  "accept-change": "Outputs are meant to be like this from now on; what is usual is learned again.",
};

/** The forms that stand on the page of an incident, by what they do. */
export function formsOf(ground: Ground, row: IncidentRow): readonly FormName[] {
  return [
    ...switchesOffered(ground, row).map(({ wish }) => wish),
    ...slowMoves(row),
    ...(row.endedAt === null ? (["snooze"] as const) : []),
    "outputs",
  ];
}

/** What asks for more than a name, each closed until it is opened; nothing where nothing can be done. */
export function ClosingForms(shown: Shown) {
  const { ground, row } = shown;
  const switches = switchesOffered(ground, row);
  const events = slowMoves(row);
  if (switches.length === 0 && events.length === 0) return null;
  return (
    <>
      {switches.map(({ wish, name }) => (
        <Opened
          {...shown}
          form={wish}
          title={wish === "pause" ? "Pause it" : "Let it run again"}
          meaning={`Asks ${name} and shows the answer.`}
        >
          <WhyField form={wish} why={refused(shown.sent, wish)?.why ?? ""} required={false} />
          <p class="act">
            <button type="submit" name="wish" value={wish}>
              {wish === "pause" ? "Pause" : "Resume"}
            </button>
          </p>
        </Opened>
      ))}
      {events.map((event) => (
        <Opened {...shown} form={event} title={moveLabels[event]} meaning={meanings[event] ?? ""}>
          <Ending {...shown} event={event} />
        </Opened>
      ))}
      {row.endedAt === null ? <Snooze {...shown} /> : null}
    </>
  );
}

/** One form, open where it was refused. */
function Opened(props: Shown & { form: FormName; title: string; meaning: string; children: Child }) {
  const { ground, row, sent, form } = props;
  const again = refused(sent, form);
  const path = form === "pause" || form === "resume" ? "switch" : "moves";
  return (
    <details open={again !== null}>
      <summary>
        {props.title} <span class="soft">{props.meaning}</span>
      </summary>
      <form id={`do-${form}`} method="post" action={`/i/${row.id}/${path}`}>
        {again === null ? null : <p class="why">{again.said}</p>}
        <input type="hidden" name="revision" value={String(row.revision)} />
        <WhoField form={form} names={[...ground.register.people.keys()]} who={sent?.who ?? ""} />
        {props.children}
      </form>
    </details>
  );
}

function Ending({ ground, row, sent, left, event }: Shown & { event: PersonalEvent }) {
  const again = refused(sent, event);
  const owed = event === "resolve" ? left : 0;
  return (
    <>
      <WhyField form={event} why={again?.why ?? ""} required={asksWhy(event)} />
      {event === "resolve" || event === "switch-back" ? (
        <Cause form={event} cause={again?.cause ?? ""} />
      ) : null}
      {event === "resolve" ? <Lesson lesson={again?.lesson ?? ""} /> : null}
      <Overruling missing={missingFor(ground, row, event)} ticked={again?.overrules === true} />
      {owed === 0 ? null : (
        <p>
          <label>
            <input type="checkbox" name="rest" value="waive" checked={again?.all === true} />
            {` ${waiveLabel}`}
          </label>
          <span class="small soft">
            {`${upperFirst(sayOwed(owed))}: `}
            <a href={`/i/${row.id}#out`}>say what was done with them</a>
            {", or end it without, for the reason above."}
          </span>
        </p>
      )}
      <p class="act">
        <button type="submit" name="event" value={event}>
          {moveLabels[event]}
        </button>
      </p>
    </>
  );
}

/** The way past the sample, for a person who knows better: on record, with the reason. */
function Overruling({ missing, ticked }: { missing: string | null; ticked: boolean }) {
  if (missing === null) return null;
  return (
    <p>
      <label>
        <input type="checkbox" name="sample" value="overrule" checked={ticked} />
        {` ${overruleLabel}`}
      </label>
      <span class="small soft">{`${upperFirst(missing)}.`}</span>
    </p>
  );
}

function Cause({ form, cause }: { form: PersonalEvent; cause: string }) {
  return (
    <p>
      <label for={`cause-${form}`}>What it came from</label>
      <select id={`cause-${form}`} name="cause" required={form === "resolve"}>
        <option value="">Not said</option>
        {statableCauses.map((each) => (
          <option value={each} selected={each === cause}>
            {each}
          </option>
        ))}
      </select>
    </p>
  );
}

function Lesson({ lesson }: { lesson: string }) {
  return (
    <p>
      <label for="lesson">What to remember</label>
      <textarea id="lesson" name="lesson" maxlength={2000}>
        {lesson}
      </textarea>
      <span class="small soft">The next message about the same automation says it.</span>
    </p>
  );
}

function Snooze(shown: Shown) {
  const again = refused(shown.sent, "snooze");
  return (
    <Opened
      {...shown}
      form="snooze"
      title="Snooze"
      meaning="Nothing is heard of it for a while; its deadlines stand."
    >
      <p>
        <label for="length">For how long</label>
        <select id="length" name="length" required>
          <option value="">Not chosen</option>
          {snoozeChoices.map(({ value, label }) => (
            <option value={value} selected={value === again?.length}>
              {label}
            </option>
          ))}
        </select>
      </p>
      <WhyField form="snooze" why={again?.why ?? ""} required={false} />
      <p class="act">
        <button type="submit" name="event" value="snooze">
          Snooze
        </button>
      </p>
    </Opened>
  );
}
