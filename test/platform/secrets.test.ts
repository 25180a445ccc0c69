import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/domain/errors.js";
import { createSecretCheck, createSecretReader } from "../../src/platform/secrets.js";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-"));
writeFileSync(join(folder, "key"), "from the file\n");
writeFileSync(join(folder, "empty"), "\n");
const environment = { API_KEY: "from the environment", EMPTY: "" };
const read = createSecretReader(environment, folder);

describe("secrets", () => {
  it("come from the environment or from a file without its last line break", () => {
    expect(read({ env: "API_KEY" })).toBe("from the environment");
    expect(read({ file: "key" })).toBe("from the file");
  });

  it.each([
    [{ env: "MISSING" }, "secret MISSING: the environment variable is not set"],
    [{ env: "EMPTY" }, "secret EMPTY: the environment variable is not set"],
    [{ file: "nowhere" }, "secret file nowhere: cannot be read"],
    [{ file: "empty" }, "secret file empty: is empty"],
  ])("that are missing are named, and may come back: %o", (reference, message) => {
    expect(() => read(reference)).toThrow(new ConfigError("secret-missing", message, { retryable: true }));
  });

  it("can be asked after without being read out", () => {
    const present = createSecretCheck(environment, folder);
    expect(present({ env: "API_KEY" })).toBe(true);
    expect(present({ env: "MISSING" })).toBe(false);
  });
});
