import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Installs the peers from their own lockfile the first time. */
export function setup(): void {
  const packages = ["emulate", "maildev", "@copilotkit/aimock"];
  if (packages.every((name) => existsSync(`${here}node_modules/${name}`))) return;
  console.log("installing test/peers (emulate, maildev, aimock), once");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--engine-strict=false"], {
    cwd: here,
    stdio: "inherit",
  });
}
