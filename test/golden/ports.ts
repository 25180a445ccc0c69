import { tmpdir } from "node:os";
import type { GoldenCase } from "../../src/domain/golden-case.js";
import type { Json } from "../../src/domain/json.js";
import type { Probe } from "../../src/golden/probe.js";
import { prepareProbe, probeSettings } from "../../src/golden/settings.js";
import { createCommandRunner } from "../../src/platform/command-runner.js";
import { createSecretReader } from "../../src/platform/secrets.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";

/** A probe as the configuration would make it; each look at its clock is 250 ms later. */
export function probeOf(settings: unknown): Probe {
  let at = 0;
  return prepareProbe(probeSettings.parse(settings), {
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] }),
    command: createCommandRunner({ PATH: process.env.PATH }),
    secret: createSecretReader({ API_KEY: "canary-key" }, tmpdir()),
    clock: {
      now: () => Date.UTC(2026, 2, 2),
      monotonic: () => {
        at += 250;
        return at;
      },
    },
    baseDir: tmpdir(),
  });
}

/** A case that asks `input`. */
export function caseOf(input: Json): GoldenCase {
  return { id: "case-1", input, expected: '{"category":"shipping"}', tags: [], owner: null, reviewBy: null };
}

/** The circumstances of one question. */
export const asked = { runId: "run-7", signal: new AbortController().signal };
