import type { Child } from "hono/jsx";
import { isJsonObject, type Json } from "../domain/json.js";
import type { ComparedOutput } from "../flow/learning/compared-output.js";
import { parseStructured } from "../text/parse-json.js";
import type { WordPart } from "../text/word-diff.js";

/** A text of more characters stands in a box that scrolls, so that what is asked of it stays near. */
const longText = 2_500;

/** A text that came from outside, in a box of its own. */
export function TextBox({ length, label, children }: { length: number; label: string; children: Child }) {
  if (length <= longText) return <pre class="prose">{children}</pre>;
  return (
    // what scrolls must be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: line ends and blanks are those of the text
    <pre class="prose long" tabindex={0} role="region" aria-label={label}>
      {children}
    </pre>
  );
}

/** An output, and beside it what it is compared with, where there is something: words that differ are struck through or underlined. */
export function OutputText({ text, compared }: { text: string; compared: ComparedOutput | null }) {
  if (compared === null) return <Alone text={text} />;
  const { what, own, other, parts } = compared;
  return (
    <>
      <div class="pair">
        <div>
          <h3>This output</h3>
          <TextBox length={own.length} label="This output">
            {parts === null ? own : <Marked parts={parts} mark="deleted" />}
          </TextBox>
        </div>
        <div>
          <h3>{what}</h3>
          <TextBox length={other.length} label={what}>
            {parts === null ? other : <Marked parts={parts} mark="inserted" />}
          </TextBox>
        </div>
      </div>
      <p class="small soft">
        <How parts={parts} same={own === other} />
      </p>
    </>
  );
}

/** Members of an object as label and value, anything else as text. */
function Alone({ text }: { text: string }) {
  const fields = text.length > longText ? null : (parseStructured(text) ?? null);
  if (!isJsonObject(fields) || Object.keys(fields).length === 0)
    return (
      <TextBox length={text.length} label="What it made of it">
        {text}
      </TextBox>
    );
  return (
    <dl class="fields">
      {Object.entries(fields).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{sayValue(value ?? null)}</dd>
        </>
      ))}
    </dl>
  );
}

function sayValue(value: Json): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

/** One of the two texts: what both have, and what it alone has as marked. */
function Marked({ parts, mark }: { parts: readonly WordPart[]; mark: "deleted" | "inserted" }) {
  const own = parts.filter(({ kind }) => kind === "kept" || kind === mark);
  return (
    <>
      {own.map(({ kind, text }) =>
        kind === "deleted" ? <del>{text}</del> : kind === "inserted" ? <ins>{text}</ins> : text,
      )}
    </>
  );
}

function How({ parts, same }: { parts: readonly WordPart[] | null; same: boolean }) {
  if (same) return <>Both answer the same input, word for word alike.</>;
  if (parts === null)
    return <>Both answer the same input. They differ too much, or are too long, to mark each word.</>;
  return (
    <>
      Both answer the same input. <del>Struck through</del>: only in this output. <ins>Underlined</ins>: only
      in the other.
    </>
  );
}
