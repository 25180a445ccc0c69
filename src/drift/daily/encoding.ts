/**
 * The state of a number per run as bytes and back, exactly: a version, a JSON head, the runs a pattern is learned
 * from (their id, instant and logarithm), and behind them the metric that follows what is left.
 */
import { z } from "zod";
import { KnownError, messageOf } from "../../domain/errors.js";
import type { DailyPattern, LoggedRun } from "./daily-pattern.js";

/** What is known of a number per run, but for what follows the residuals, which is bytes here. */
export interface StoredDaily {
  /** Runs towards a pattern, or a fuller one; null: it is complete. */
  readonly runs: readonly LoggedRun[] | null;
  /** null: not learned yet. */
  readonly pattern: (DailyPattern & { readonly weeks: number; readonly latestAt: number }) | null;
  readonly residuals: Uint8Array;
}

const version = 1;
const prefixBytes = 8;
const runBytes = 20;

const head = z.object({
  runs: z.int().min(0).nullable(),
  pattern: z
    .object({
      usual: z.array(z.number().nullable()).readonly(),
      centre: z.number(),
      weeks: z.number(),
      latestAt: z.number(),
    })
    .nullable(),
});

/** The state as bytes to be stored. */
export function encodeDaily({ runs, pattern, residuals }: StoredDaily): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify({ runs: runs?.length ?? null, pattern }));
  const listed = runs ?? [];
  const runsAt = prefixBytes + text.length;
  const bytes = new Uint8Array(runsAt + listed.length * runBytes + residuals.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, prefixBytes);
  listed.forEach(({ runId, at, ln }, index) => {
    view.setFloat64(runsAt + index * runBytes, runId, true);
    view.setFloat64(runsAt + index * runBytes + 8, at, true);
    view.setFloat32(runsAt + index * runBytes + 16, ln, true);
  });
  bytes.set(residuals, runsAt + listed.length * runBytes);
  return bytes;
}

/** The state that was stored. */
export function decodeDaily(bytes: Uint8Array): StoredDaily {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefixBytes || view.getUint32(0, true) !== version) {
    throw unreadable(`begins unlike version ${version}, which this program writes`);
  }
  const runsAt = prefixBytes + view.getUint32(4, true);
  const { runs, pattern } = readHead(new TextDecoder().decode(bytes.subarray(prefixBytes, runsAt)));
  const count = runs ?? 0;
  if (bytes.length < runsAt + count * runBytes) {
    throw unreadable(`ends after ${bytes.length} bytes, expected ${count} runs`);
  }
  const listed = Array.from({ length: count }, (_, index) => ({
    runId: view.getFloat64(runsAt + index * runBytes, true),
    at: view.getFloat64(runsAt + index * runBytes + 8, true),
    ln: view.getFloat32(runsAt + index * runBytes + 16, true),
  }));
  return {
    runs: runs === null ? null : listed,
    pattern,
    residuals: bytes.subarray(runsAt + count * runBytes),
  };
}

function unreadable(what: string): KnownError {
  return new KnownError("drift-state", `stored state of a number per run: ${what}`);
}

function readHead(text: string): z.infer<typeof head> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw unreadable(messageOf(thrown));
  }
  const parsed = head.safeParse(value);
  if (!parsed.success) throw unreadable(z.prettifyError(parsed.error));
  return parsed.data;
}
