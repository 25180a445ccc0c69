import type { ComparedOutput } from "../flow/learning/compared-output.js";
import type { WordPart } from "../text/word-diff.js";

/** An output, and beside it what it is compared with, where there is something: words that differ are struck through or underlined. */
export function OutputText({ text, compared }: { text: string; compared: ComparedOutput | null }) {
  if (compared === null) return <pre class="prose">{text}</pre>;
  const { what, own, other, parts } = compared;
  return (
    <>
      <div class="pair">
        <div>
          <h3>This output</h3>
          <pre class="prose">{parts === null ? own : <Marked parts={parts} mark="deleted" />}</pre>
        </div>
        <div>
          <h3>{what}</h3>
          <pre class="prose">{parts === null ? other : <Marked parts={parts} mark="inserted" />}</pre>
        </div>
      </div>
      <p class="small soft">
        <How parts={parts} same={own === other} />
      </p>
    </>
  );
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
