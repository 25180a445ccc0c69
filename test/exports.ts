/** Reads what a file gives to others and what it takes from them, for the test that finds names nobody takes. */

export interface Exported {
  readonly name: string;
  readonly isType: boolean;
  /** The part that others see: of a function what stands before its body. */
  readonly signature: string;
}

export interface Taken {
  readonly from: string;
  /** `*`: all of it. */
  readonly name: string;
}

export const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");

/** The pairs of `{ one, type two as other }`: the name there and the name here. */
function pairs(list: string): (readonly [string, string])[] {
  return list
    .split(",")
    .map((entry) => entry.trim().replace(/^type /, ""))
    .filter((entry) => entry !== "")
    .map((entry) => entry.split(/ as |: /))
    .map(([there = "", here = there]) => [there, here]);
}

const untilBody = { function: /^[\s\S]*?[^(]\{\n/, const: /^[\s\S]*?(?:[^(]\{\n|=>|;\n)/ };

function exportedIn(declaration: string): Exported[] {
  const [, list] = /^export (?:type )?\{([^}]*)\}/.exec(declaration) ?? [];
  if (list !== undefined)
    return pairs(list).map(([, name]) => ({ name, isType: false, signature: declaration }));
  const [, kind, named = ""] =
    /^export (?:async )?(function|class|interface|type|const) (\w+|\{[^}]*\})/.exec(declaration) ?? [];
  if (kind === undefined) return [];
  const isType = kind === "interface" || kind === "type";
  const body = kind === "function" || kind === "const" ? untilBody[kind] : /[\s\S]*/;
  const signature = body.exec(declaration)?.[0] ?? declaration;
  const names = named.startsWith("{") ? pairs(named.slice(1, -1)).map(([, name]) => name) : [named];
  return names.map((name) => ({ name, isType, signature }));
}

/** Every name that a text exports. */
export function exportsOf(text: string): Exported[] {
  return withoutComments(text)
    .split(/^(?=[a-z])/m)
    .flatMap(exportedIn);
}

/** Every name that a text takes from another file, a name of a whole import one by one where its use shows it. */
export function takenBy(text: string): Taken[] {
  const code = withoutComments(text);
  const named = [
    ...code.matchAll(/^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from "([^"]+)"/gm),
    ...code.matchAll(/\{([^{}]*)\} = await import\("([^"]+)"\)/g),
  ].flatMap(([, list = "", from = ""]) => pairs(list).map(([name]) => ({ from, name })));
  const picked = [...code.matchAll(/\(await import\("([^"]+)"\)\)\.(\w+)/g)].map(
    ([, from = "", name = ""]) => ({ from, name }),
  );
  const whole = [...code.matchAll(/^import \* as (\w+) from "([^"]+)"/gm)].flatMap(([, as, from = ""]) => {
    const uses = [...code.matchAll(new RegExp(`\\b${as}\\b(?:\\.(\\w+))?`, "g"))].slice(1);
    return uses.map(([, name = "*"]) => ({ from, name }));
  });
  return [...named, ...picked, ...whole];
}
