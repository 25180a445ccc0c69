import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Installs the peers from their own lockfile the first time. */
export function setup(): void {
  if (existsSync(`${here}node_modules/emulate`) && existsSync(`${here}node_modules/maildev`)) return;
  console.log("installing test/peers (emulate, maildev), once");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--engine-strict=false"], {
    cwd: here,
    stdio: "inherit",
  });
}
