import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError } from "../domain/errors.js";
import type { Environment } from "../platform/secrets.js";

const usualNames = ["evenkeel.config.json", "evenkeel.config.yaml"] as const;

/** The configuration a command works on: `--config`, EVENKEEL_CONFIG, or the usual name in this folder. */
export function findConfig(given: string | undefined, environment: Environment): string {
  const named = given ?? environment.EVENKEEL_CONFIG;
  if (named !== undefined && named !== "") return named;
  const found = usualNames.find((name) => existsSync(resolve(name)));
  if (found !== undefined) return found;
  const example = existsSync(resolve("config.example.json"))
    ? "; to try the example:  --config config.example.json"
    : "";
  throw new ConfigError(
    "config-missing",
    `no configuration here: looked for ${usualNames.join(" and ")}\nname one with --config FILE or in EVENKEEL_CONFIG${example}`,
  );
}
