import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** "fault 12: ...", "faults 1 and 2: ...", at the beginning of the name of a test or of what it stands under. */
const named = /(?:describe|it)(?:\.each)?\((?:[\s\S]{0,4000}?\]\s*\)\()?\s*["'`](faults? [^:"'`]+):/g;

/** A file with tests, and the faults that they name. */
interface Named {
  /** Below the checkout. */
  readonly file: string;
  readonly faults: readonly number[];
}

/** Every test file that names faults of the list in RELIABILITY, section 2. */
export function filesNamingFaults(): readonly Named[] {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.test\.tsx?$/.test(name) && !/^(peers|bench)\//.test(name))
    .map((name) => ({
      file: `test/${name}`,
      faults: faultsOf(readFileSync(join(root, "test", name), "utf8")),
    }))
    .filter(({ faults }) => faults.length > 0);
}

function faultsOf(source: string): readonly number[] {
  return [...source.matchAll(named)].flatMap(([, name = ""]) =>
    [...name.matchAll(/\d+/g)].map(([number]) => Number(number)),
  );
}
