import { asksWhy, possibleNow, statableCauses } from "../../flow/act-on-incident.js";
import type { Ground } from "../../flow/ground.js";
import { snoozeChoices } from "../../flow/offer-snooze.js";
import { reworkOwed, sayOwed } from "../../flow/rework.js";
import type { IncidentRow } from "../../store/incident.js";
import { moveLabels } from "../../wording/move-labels.js";
import { waiveLabel } from "../../wording/rework.js";
import { upperFirst } from "../../wording/sentences.js";

/** What came of the form that was just sent, and what it held. */
export interface SentForm {
  readonly said: string;
  readonly who: string;
  readonly why: string;
  readonly cause: string;
}

/** One form with who and why, and a button for each move that is possible; nothing where none is. */
export function IncidentActions(props: { ground: Ground; row: IncidentRow; sent: SentForm | null }) {
  const { row, sent } = props;
  const events = possibleNow(row);
  if (events.length === 0) return null;
  const owed = events.includes("resolve") ? reworkOwed(props.ground, row, { event: "resolve" }) : 0;
  const names = [...props.ground.register.people.keys()];
  return (
    <form method="post" action={`/i/${row.id}/moves`}>
      <input type="hidden" name="revision" value={String(row.revision)} />
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
      <p>
        <label for="why">Why, in a few words</label>
        <textarea id="why" name="why" maxlength={2000}>
          {sent?.why ?? ""}
        </textarea>
        <span class="small soft">An ending needs a reason; the rest may have one.</span>
      </p>
      <p>
        <label for="cause">
          What it came from; to resolve one that did not recover by itself, choose one
        </label>
        <select id="cause" name="cause">
          <option value="">Not said</option>
          {statableCauses.map((cause) => (
            <option value={cause} selected={cause === sent?.cause}>
              {cause}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label for="length">For how long, to snooze it: nothing is heard of it, its deadlines stand</label>
        <select id="length" name="length">
          <option value="">Not chosen</option>
          {snoozeChoices.map(({ value, label }) => (
            <option value={value}>{label}</option>
          ))}
        </select>
      </p>
      {owed === 0 ? null : (
        <p>
          <label>
            <input type="checkbox" name="rest" value="waive" />
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
        {events.map((event, index) => (
          <button type="submit" name="event" value={event} class={index === 0 && !asksWhy(event) ? "go" : ""}>
            {moveLabels[event]}
          </button>
        ))}
        <button type="submit" name="event" value="snooze">
          Snooze
        </button>
      </p>
    </form>
  );
}
