import type { Reported } from "../flow/report-problem.js";
import { reportMax } from "../flow/report-request.js";
import { sayZone } from "../wording/times.js";

/** What a form of a report held. */
export interface ReportFields {
  readonly what: string;
  readonly by: string;
  readonly output: string;
  readonly seenAt: string;
  readonly urgent: string;
}

/** A form with nothing written in it. */
export const emptyReport: ReportFields = { what: "", by: "", output: "", seenAt: "", urgent: "" };

/** The form in which someone says what was odd; goes back to the address it was shown at. */
export function ReportForm(props: {
  timeZone: string;
  fields: ReportFields;
  /** What it sends along unseen: the same at each press of one form. */
  hidden: Readonly<Record<string, string>>;
}) {
  const { fields, hidden } = props;
  return (
    <form method="post">
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p>
        <label for="what">What was odd</label>
        <textarea id="what" name="what" required maxlength={reportMax}>
          {fields.what}
        </textarea>
        <span class="small soft">
          A sentence is enough. Card numbers, addresses and the like are blacked out before it is stored.
        </span>
      </p>
      <p>
        <label for="by">Who you are</label>
        <input id="by" name="by" required maxlength={200} autocomplete="name" value={fields.by} />
        <span class="small soft">Your name or e-mail address, so that someone can ask.</span>
      </p>
      <p>
        <label for="output">Which output, if you know its number or id</label>
        <input id="output" name="output" maxlength={200} value={fields.output} />
      </p>
      <p>
        <label for="seenAt">When you saw it</label>
        <input id="seenAt" name="seenAt" type="datetime-local" value={fields.seenAt} />
        <span class="small soft">{`Left empty: just now. ${sayZone(props.timeZone)}.`}</span>
      </p>
      <p>
        <label for="urgent">Is this still going out?</label>
        <select id="urgent" name="urgent" required>
          <option value="">Choose one</option>
          <option value="no" selected={fields.urgent === "no"}>
            No: put it on record, nobody is called
          </option>
          <option value="yes" selected={fields.urgent === "yes"}>
            Yes, or I do not know: call someone now
          </option>
        </select>
      </p>
      <p class="act">
        <button type="submit" class="go">
          Report it
        </button>
      </p>
    </form>
  );
}

/** What came of a report, for whoever made it. */
export function sayReported({ report, outcome, incident, opened, alike }: Reported): string {
  const first = outcome === "repeated" ? "was recorded already" : "is on record";
  const others = alike > 1 ? ` ${alike} reports about this wait.` : "";
  if (incident === null)
    return `Thank you. Report ${report.id} ${first}, for the owner to look at. Nobody was called.${others}`;
  const how = opened ? "opened incident" : "belongs to incident";
  return `Thank you. Report ${report.id} ${first} and ${how} ${incident}.${opened ? " Whoever is on call is told now." : ""}${others}`;
}
