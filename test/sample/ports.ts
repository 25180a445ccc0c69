import { tmpdir } from "node:os";
import { createCommandRunner } from "../../src/platform/command-runner.js";
import { createSecretReader } from "../../src/platform/secrets.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { prepareSource, sourceSettings } from "../../src/sample/settings.js";
import type { Source, SourcePorts } from "../../src/sample/source.js";

/** Real ports that reach loopback servers. */
export function realPorts(overrides: Partial<SourcePorts> = {}): SourcePorts {
  return {
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] }),
    command: createCommandRunner({ PATH: process.env.PATH }),
    secret: createSecretReader({ API_KEY: "canary-key" }, tmpdir()),
    baseDir: tmpdir(),
    ...overrides,
  };
}

/** A source as the configuration would make it. */
export function sourceOf(settings: unknown, overrides: Partial<SourcePorts> = {}): Source {
  return prepareSource(sourceSettings.parse(settings), realPorts(overrides));
}
