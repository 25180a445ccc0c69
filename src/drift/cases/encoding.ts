/**
 * What is known of golden cases as bytes and back, exactly: a version, a JSON head, and behind it the results of the
 * runs, four to a byte. Bytes that this code did not write are refused.
 */
import { KnownError } from "../../domain/errors.js";
import { type CasesHead, readCasesHead } from "./state-head.js";
import type { CaseRun, CasesState } from "./watch.js";

/** Apart from the versions of other states, so that bytes of another kind are refused. */
const version = 101;
/** Version and length of the head, two 32-bit numbers. */
const prefixBytes = 8;
const resultsPerByte = 4;
const failed = 1;
const passed = 2;

/** The state as bytes to be stored. */
export function encodeCases(state: CasesState): Uint8Array {
  const { cases, history, ...rest } = state;
  const head: CasesHead = {
    ...rest,
    cases: cases.map(
      ({ case: id, fingerprint, baseline, older }) =>
        [id, fingerprint, baseline.hits, baseline.n, older.hits, older.n] as const,
    ),
    runs: history.map(({ runId, at }) => [runId, at] as const),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(prefixBytes + text.length + tailBytes(cases.length * history.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, prefixBytes);
  const tail = prefixBytes + text.length;
  history.forEach((run, row) => {
    cases.forEach((each, column) => {
      const at = row * cases.length + column;
      const byte = tail + Math.floor(at / resultsPerByte);
      bytes[byte] = (bytes[byte] ?? 0) | (codeOf(run.passed.get(each.case)) << shiftOf(at));
    });
  });
  return bytes;
}

/** The state that was stored. */
export function decodeCases(bytes: Uint8Array): CasesState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefixBytes || view.getUint32(0, true) !== version) {
    throw unreadable(`begins unlike version ${version}, which this program writes`);
  }
  const tail = prefixBytes + view.getUint32(4, true);
  const head = readCasesHead(new TextDecoder().decode(bytes.subarray(prefixBytes, tail)), unreadable);
  const { cases, runs, ...rest } = head;
  const expected = tail + tailBytes(cases.length * runs.length);
  if (bytes.length !== expected)
    throw unreadable(`has ${bytes.length} bytes, expected ${expected} for its results`);
  const ids = cases.map(([id]) => id);
  return {
    ...rest,
    cases: cases.map(([id, fingerprint, hits, n, olderHits, olderN]) => ({
      case: id,
      fingerprint,
      baseline: { hits, n },
      older: { hits: olderHits, n: olderN },
    })),
    history: runs.map(([runId, at], row): CaseRun => {
      const results = ids.flatMap((id, column) => {
        const index = row * ids.length + column;
        const byte = bytes[tail + Math.floor(index / resultsPerByte)] ?? 0;
        const code = (byte >> shiftOf(index)) & 3;
        return code === failed || code === passed ? [[id, code === passed] as const] : [];
      });
      return { runId, at, passed: new Map(results) };
    }),
  };
}

function tailBytes(results: number): number {
  return Math.ceil(results / resultsPerByte);
}

function shiftOf(at: number): number {
  return (at % resultsPerByte) * 2;
}

function codeOf(result: boolean | undefined): number {
  return result === undefined ? 0 : result ? passed : failed;
}

function unreadable(what: string): KnownError {
  return new KnownError("drift-state", `stored state of golden cases: ${what}`);
}
