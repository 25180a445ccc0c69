import type { JsonObject } from "../domain/json.js";
import { textOfJson } from "../text/json-value.js";
import { type Filled, fill, isTemplate, namesIn } from "./template.js";

/** Variables within variables within variables; promptfoo itself goes five rounds. */
const deepest = 20;
/** Longest value, in characters: a few lines that name each other twice would grow without bound. */
const longest = 100_000;

/** The variables of a case with those that name others filled in, or why that cannot be. */
export type RenderedVars =
  | { readonly ok: true; readonly vars: JsonObject }
  | { readonly ok: false; readonly why: string };

/** Fills variables into variables, as promptfoo does before it fills them into the prompt. */
export function renderVars(vars: JsonObject): RenderedVars {
  const names = Object.keys(vars);
  if (!names.some((name) => isTemplate(vars[name]))) return { ok: true, vars };
  const render = createRender(vars);
  const rendered = names.map((name) => ({ name, ...render(name, []) }));
  const failed = rendered.find((each) => !each.ok);
  if (failed !== undefined && !failed.ok) return { ok: false, why: failed.why };
  return {
    ok: true,
    vars: Object.fromEntries(rendered.map((each) => [each.name, each.ok ? each.value : null])),
  };
}

type Rendered = Filled & { readonly size: number };

/** Renders one variable, and those it names before it. */
function createRender(vars: JsonObject): (name: string, above: readonly string[]) => Rendered {
  const done = new Map<string, Rendered>();
  const render = (name: string, above: readonly string[]): Rendered => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const rendered = renderOne(name, above);
    done.set(name, rendered);
    return rendered;
  };
  const renderOne = (name: string, above: readonly string[]): Rendered => {
    const written = vars[name] ?? null;
    const own = textOfJson(written).length;
    if (!isTemplate(written)) return { ok: true, value: written, size: own };
    if (above.includes(name)) return failed(name, `it names itself, by way of ${above.join(", ")}`);
    if (above.length >= deepest) return failed(name, `variables name variables more than ${deepest} deep`);
    const named = namesIn(written).flatMap((each) => {
      const top = each.split(".")[0] ?? each;
      return Object.hasOwn(vars, top) ? [top] : [];
    });
    const parts = new Map([...new Set(named)].map((each) => [each, render(each, [...above, name])]));
    const broken = [...parts.values()].find((part) => !part.ok);
    if (broken !== undefined) return broken;
    const size = named.reduce((sum, each) => sum + (parts.get(each)?.size ?? 0), own);
    if (size > longest) return failed(name, `filled in, it is longer than ${longest} characters`);
    const values = [...parts].map(([each, part]) => [each, part.ok ? part.value : null] as const);
    const filled = fill(written, Object.fromEntries(values));
    return filled.ok ? { ...filled, size } : failed(name, filled.why);
  };
  return render;
}

function failed(name: string, why: string): Rendered {
  return { ok: false, why: `variable ${name}: ${why}`, size: 0 };
}
