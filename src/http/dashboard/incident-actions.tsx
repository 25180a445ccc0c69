import { asksWhy, possibleNow } from "../../flow/act-on-incident.js";
import type { Ground } from "../../flow/ground.js";
import type { PersonalEvent } from "../../incident/transitions.js";
import type { IncidentRow } from "../../store/incident.js";
import { moveLabels } from "../../wording/move-labels.js";
import { type SentForm, WhoField } from "./incident-forms.js";

/** True for what takes a name and one press. */
export function isQuick(event: PersonalEvent | "snooze"): boolean {
  return event !== "snooze" && event !== "switch-back" && !asksWhy(event);
}

/** What may be done that asks for more than a name. */
export function slowMoves(row: IncidentRow): readonly PersonalEvent[] {
  return possibleNow(row).filter((event) => !isQuick(event));
}

/** Under the facts, at the bottom edge of a phone: a name and one press; the rest stands further down. */
export function QuickActions(props: { ground: Ground; row: IncidentRow; sent: SentForm | null }) {
  const { ground, row, sent } = props;
  if (row.endedAt !== null) return null;
  const events = possibleNow(row).filter(isQuick);
  const further = (
    <a class="btn" href="#close">
      {events.length === 0 ? "Switch back or end it…" : "More…"}
    </a>
  );
  if (events.length === 0) return <p class="act stick">{further}</p>;
  return (
    <form class="act stick" method="post" action={`/i/${row.id}/moves`}>
      <input type="hidden" name="revision" value={String(row.revision)} />
      <WhoField form="now" names={[...ground.register.people.keys()]} who={sent?.who ?? ""} />
      {events.map((event, index) => (
        <button type="submit" name="event" value={event} class={index === 0 ? "go" : ""}>
          {moveLabels[event]}
        </button>
      ))}
      {further}
    </form>
  );
}
