/**
 * Secrets by name: a reference enters, the secret leaves, to be used and forgotten.
 * Never logs one, never puts one into a message.
 */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "../domain/errors.js";
import type { SecretReader, SecretReference } from "../domain/ports.js";

/** A secret is a line or a key file; anything longer is the wrong file. */
const MAX_FILE_BYTES = 64 * 1024;

/** The process's environment, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads secrets from the environment and from files (relative to `baseDir`). */
export function createSecretReader(environment: Environment, baseDir: string): SecretReader {
  return (reference) =>
    "env" in reference ? fromEnvironment(environment, reference.env) : fromFile(baseDir, reference.file);
}

/** Tells whether a secret is there, without handing it out. */
export function createSecretCheck(
  environment: Environment,
  baseDir: string,
): (reference: SecretReference) => boolean {
  const read = createSecretReader(environment, baseDir);
  return (reference) => {
    try {
      return read(reference) !== "";
    } catch (thrown) {
      if (thrown instanceof ConfigError) return false;
      throw thrown;
    }
  };
}

function fromEnvironment(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") {
    throw missing("secret-missing", `secret ${name}: the environment variable is not set`);
  }
  return value;
}

function fromFile(baseDir: string, name: string): string {
  const path = resolve(baseDir, name);
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      throw missing("secret-too-large", `secret file ${name}: larger than ${MAX_FILE_BYTES} bytes`);
    }
    const value = readFileSync(path, "utf8").replace(/\r?\n$/, "");
    if (value === "") throw missing("secret-missing", `secret file ${name}: is empty`);
    return value;
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    throw missing("secret-missing", `secret file ${name}: cannot be read`, thrown);
  }
}

/** It may come back: a file is mended or being replaced, a variable comes with the next start. */
function missing(code: string, message: string, cause?: unknown): ConfigError {
  return new ConfigError(code, message, { retryable: true, cause });
}
