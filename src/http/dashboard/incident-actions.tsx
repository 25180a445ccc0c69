import { asksWhy, possibleNow, statableCauses } from "../../flow/act-on-incident.js";
import type { Ground } from "../../flow/ground.js";
import type { IncidentRow } from "../../store/incident.js";
import { moveLabels } from "../../wording/move-labels.js";

/** What came of the form that was just sent, and what it held. */
export interface SentForm {
  readonly said: string;
  readonly who: string;
  readonly why: string;
  readonly cause: string;
  readonly lesson: string;
}

/** One form with who and why, and a button for each move that is possible; nothing where none is. */
export function IncidentActions(props: { ground: Ground; row: IncidentRow; sent: SentForm | null }) {
  const { row, sent } = props;
  const events = possibleNow(row);
  if (events.length === 0) return null;
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
        <label for="lesson">What to remember</label>
        <textarea id="lesson" name="lesson" maxlength={2000}>
          {sent?.lesson ?? ""}
        </textarea>
        <span class="small soft">
          Kept with an ending; the next message about the same automation says it.
        </span>
      </p>
      <p class="act">
        {events.map((event, index) => (
          <button type="submit" name="event" value={event} class={index === 0 && !asksWhy(event) ? "go" : ""}>
            {moveLabels[event]}
          </button>
        ))}
      </p>
    </form>
  );
}
