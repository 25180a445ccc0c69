/** What a script's process is asked; `argument`: its function's, as JSON; null: only whether there is a function. */
export interface ScriptTask {
  readonly name: string;
  readonly code: string;
  readonly argument: string | null;
  /** After this long it ends itself, should nobody be left to end it. */
  readonly endsAfterMs: number;
}

/** What a script's process answers, as JSON. */
type ScriptAnswer =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "threw"; readonly said: string }
  | { readonly kind: "no-function" | "nothing" | "no-json" | "too-long" | "unsettled" };

/**
 * The program of a script's process as text for `node -e`, from the two functions below: so it is checked and formatted
 * as any code here, and starts from the built files as well as from the sources. Neither function may use anything of
 * this file.
 */
export function scriptProgram(): string {
  return `"use strict";
(${serve.toString()})(process, require("node:vm"), require("node:module").builtinModules, "(" + ${inside.toString()} + ")()");`;
}

/** What the context hands out; all of it made inside. */
interface Inside {
  /** Calls the function and keeps what came of it; null: looks only whether there is one. */
  readonly begin: (completed: unknown, argument: string | null) => void;
  readonly fail: (thrown: unknown, name: string) => void;
  /** A ScriptAnswer as JSON. */
  readonly told: () => string;
}

/**
 * Answers tasks one at a time. Each runs in a fresh context, so that no verdict hangs on earlier outputs. Nothing made
 * out here is handed in but texts: an object would lead, by way of its constructor, to a way out.
 */
function serve(
  self: NodeJS.Process,
  vm: typeof import("node:vm"),
  modules: readonly string[],
  insideCode: string,
): void {
  // a rejected promise that a script forgot must not end the process under the next task
  self.on("unhandledRejection", () => undefined);
  // the daemon stopped or died
  self.on("disconnect", () => self.exit());
  const names = "process require module exports global fetch WebSocket EventSource Buffer navigator";
  // `node -e` keeps every module of Node's under its name
  for (const name of [...names.split(" "), ...modules]) Reflect.deleteProperty(globalThis, name);
  // should an object from out here leak in all the same, it leads to no way of making code
  for (const each of [() => {}, async () => {}, function* () {}, async function* () {}])
    Object.defineProperty(Object.getPrototypeOf(each), "constructor", { value: undefined });

  const prelude = new vm.Script(insideCode);
  const drain = new vm.Script("0");
  let known: { readonly code: string; readonly script: import("node:vm").Script } | null = null;

  const answer = ({ name, code, argument }: ScriptTask): void => {
    const context = vm.createContext(Object.create(null), {
      codeGeneration: { strings: false, wasm: false },
      // no timers in there: whatever a promise waits for is done when the evaluation ends, or never
      microtaskMode: "afterEvaluate",
    });
    const { begin, fail, told }: Inside = prelude.runInContext(context);
    try {
      if (known?.code !== code) known = { code, script: new vm.Script(code, { filename: name }) };
      begin(known.script.runInContext(context), argument);
      drain.runInContext(context);
    } catch (thrown) {
      fail(thrown, name);
    }
    const text: unknown = told();
    self.send?.(typeof text === "string" ? text : '{"kind":"no-json"}');
  };
  // an endless loop hears of no disconnection, so the evaluation around it has a limit of its own
  let task: ScriptTask | null = null;
  Object.defineProperty(globalThis, "answerTask", { value: () => task === null || answer(task) });
  const answerTask = new vm.Script("answerTask()");
  self.on("message", (given: ScriptTask) => {
    task = given;
    try {
      answerTask.runInThisContext({ timeout: given.endsAfterMs });
    } catch {
      self.exit(1);
    }
  });
  self.send?.("ready");
}

/** Evaluated inside a context, before the script: takes away what is not bounded by the heap's limit, then waits. */
function inside(): Inside {
  const mostCharacters = 100_000;
  const { parse, stringify } = JSON;
  const { freeze, values } = Object;
  const toText = String;
  const wait = Promise.prototype.then;
  const APromise = Promise;
  let told = '{"kind":"unsettled"}';
  const unbounded =
    "ArrayBuffer SharedArrayBuffer Atomics DataView WebAssembly Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array";
  for (const name of unbounded.split(" ")) Reflect.deleteProperty(globalThis, name);
  const module: { exports: unknown } = { exports: {} };
  Object.assign(globalThis, { module });

  const frozen = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    for (const part of values(value)) frozen(part);
    return freeze(value);
  };
  const tell = (answer: ScriptAnswer): void => {
    told = stringify(answer);
  };
  const tellValue = (value: unknown): void => {
    if (value === undefined) {
      tell({ kind: "nothing" });
      return;
    }
    try {
      const text = stringify(value);
      if (text === undefined) tell({ kind: "no-json" });
      else if (text.length > mostCharacters) tell({ kind: "too-long" });
      else told = `{"kind":"value","value":${text}}`;
    } catch {
      tell({ kind: "no-json" });
    }
  };
  const fail = (thrown: unknown, name: string): void => {
    try {
      const isError = typeof thrown === "object" && thrown !== null && "message" in thrown;
      const stack = isError && "stack" in thrown ? toText(thrown.stack) : "";
      const at = name === "" ? -1 : stack.indexOf(`${name}:`);
      const line = at < 0 ? "" : ` (line ${Number.parseInt(stack.slice(at + name.length + 1), 10)})`;
      tell({ kind: "threw", said: `${toText(isError ? thrown.message : thrown).slice(0, 2_000)}${line}` });
    } catch {
      tell({ kind: "threw", said: "something that cannot be shown" });
    }
  };
  return {
    begin: (completed, argument) => {
      const judge = typeof completed === "function" ? completed : module.exports;
      if (typeof judge !== "function") {
        tell({ kind: "no-function" });
      } else if (argument === null) {
        tell({ kind: "value", value: null });
      } else {
        const value: unknown = judge(frozen(parse(argument)));
        if (value instanceof APromise) wait.call(value, tellValue, (thrown: unknown) => fail(thrown, ""));
        else tellValue(value);
      }
    },
    fail,
    told: () => told,
  };
}
