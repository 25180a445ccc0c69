/** What a check says of one output. `error` is "could not tell": never a fail, never a pass. */
export type Verdict =
  /** The reason of a pass that is kept is a note: what is worth knowing of it. */
  | { readonly status: "pass"; readonly score?: number; readonly reason?: string }
  | { readonly status: "fail"; readonly reason: string; readonly score?: number; readonly excerpt?: string }
  | { readonly status: "error"; readonly reason: string }
  | { readonly status: "skipped"; readonly reason: string };

/** The four words a verdict can be. */
export type VerdictStatus = Verdict["status"];

/** The output is as declared. */
export function pass(details: { score?: number; reason?: string } = {}): Verdict {
  return { status: "pass", ...details };
}

/** The output is wrong; `reason` is one sentence with what was seen and what was expected. */
export function fail(reason: string, details: { score?: number; excerpt?: string } = {}): Verdict {
  return { status: "fail", reason, ...details };
}

/** The check could not tell. */
export function error(reason: string): Verdict {
  return { status: "error", reason };
}

/** The check does not apply to this output. */
export function skipped(reason: string): Verdict {
  return { status: "skipped", reason };
}
