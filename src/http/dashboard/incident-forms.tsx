import type { PersonalEvent } from "../../incident/transitions.js";

/** The forms of an incident's page; `now`: the bar with what takes a name and one press. */
export type FormName = "now" | "outputs" | "snooze" | "pause" | "resume" | PersonalEvent;

/** What came of the form that was just sent, and what it held. */
export interface SentForm {
  readonly said: string;
  readonly form: FormName;
  /** False: it was refused, so that what was written is shown again. */
  readonly done: boolean;
  readonly who: string;
  readonly why: string;
  readonly cause?: string | undefined;
  readonly lesson?: string | undefined;
  readonly length?: string | undefined;
  /** True where the box for all of it was ticked. */
  readonly all?: boolean | undefined;
  /** True where the box against what the sample says was ticked. */
  readonly overrules?: boolean | undefined;
  /** The outputs that were ticked, by their number here. */
  readonly ticked?: readonly number[] | undefined;
}

/** What a form held when it was refused; null: it was not this one, or it was taken. */
export function refused(sent: SentForm | null, form: FormName): SentForm | null {
  return sent !== null && !sent.done && sent.form === form ? sent : null;
}

/** What came of the last press, with the way back to a form that was refused. */
export function SaidOf({ sent, forms }: { sent: SentForm | null; forms: readonly FormName[] }) {
  if (sent === null) return null;
  return (
    <p class="say" role="status">
      {sent.said}
      {sent.done || !forms.includes(sent.form) ? null : (
        <>
          {" "}
          <a href={`#do-${sent.form}`}>What you wrote is still there</a>
        </>
      )}
    </p>
  );
}

/** Who presses: a name that others can ask. */
export function WhoField(props: { form: FormName; names: readonly string[]; who: string }) {
  const id = `who-${props.form}`;
  return (
    <p class="who">
      <label for={id}>Who you are</label>
      <select id={id} name="who" required>
        <option value="">Choose your name</option>
        {props.names.map((name) => (
          <option value={name} selected={name === props.who}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}

/** Why, in words of whoever presses. */
export function WhyField(props: { form: FormName; why: string; required: boolean }) {
  const id = `why-${props.form}`;
  return (
    <p>
      <label for={id}>{props.required ? "Why, in a few words" : "Why, if you like"}</label>
      <textarea id={id} name="why" maxlength={2000} required={props.required}>
        {props.why}
      </textarea>
    </p>
  );
}
