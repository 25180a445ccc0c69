import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { z } from "zod";

/** Where Chromium usually lies; EVENKEEL_CHROMIUM names another place. */
const usual = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);

/** Path of the Chromium of this system; null, said plainly, where there is none. */
function findChromium(): string | null {
  const named = process.env.EVENKEEL_CHROMIUM ?? "";
  const found = named === "" ? usual.find(existsSync) : existsSync(named) ? named : undefined;
  if (found !== undefined) return found;
  const looked = named === "" ? "is missing" : `is not at ${named} (EVENKEEL_CHROMIUM)`;
  console.warn(`Chromium ${looked}, its tests are skipped: apt-get install chromium`);
  return null;
}

const program = findChromium();

/** True where no test can run. */
export const noChromium = program === null;

let started: Promise<Browser> | null = null;

/** The one browser of all tests; it goes with the process that runs them. */
export function browser(): Promise<Browser> {
  if (program === null) throw new Error("there is no Chromium");
  started ??= chromium.launch({
    executablePath: program,
    // the tests may run as root, where Chromium's own sandbox refuses to start
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  return started;
}

/** What a browser noticed of its pages. */
export interface Noticed {
  /** Addresses asked for anywhere else than at the daemon. */
  readonly strayed: string[];
  /** Errors and refusals of the content security policy, as the console tells them. */
  readonly errors: string[];
  /** Boxes that a script opened. */
  readonly dialogs: string[];
}

/** A fresh profile that notes what its pages do; whatever leaves `home` is noted and stopped. */
export async function profile(
  home: string,
  options: { readonly scripts: boolean },
): Promise<{ context: BrowserContext; noticed: Noticed }> {
  const context = await (await browser()).newContext({ javaScriptEnabled: options.scripts });
  const noticed: Noticed = { strayed: [], errors: [], dialogs: [] };
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(home) || url.startsWith("data:")) return route.continue();
    noticed.strayed.push(url);
    return route.abort();
  });
  context.on("console", (message) => {
    // an answer of 4xx is what some of the pages are about
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
      noticed.errors.push(`${message.location().url}: ${message.text()}`);
  });
  context.on("weberror", (error) => void noticed.errors.push(error.error().message));
  context.on("dialog", (dialog) => {
    noticed.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return { context, noticed };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2, levels A and AA. */
const options = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],
  rules: { "target-size": { enabled: true } },
};
/** What another scheme can change. */
const contrast = { runOnly: ["color-contrast"], resultTypes: ["violations"] };
const findings = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** What axe finds wrong with the page as it stands, a line each; the page must let scripts run, and holds none itself. */
export async function axeFinds(page: Page, only: "all" | "contrast" = "all"): Promise<readonly string[]> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axeSource);
  const { violations } = findings.parse(
    await page.evaluate(`axe.run(${JSON.stringify(only === "all" ? options : contrast)})`),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map((node) => `${id}: ${node.html.slice(0, 160)} ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`),
  );
}

/** By how many pixels the page is wider than its window, and what sticks out. */
export function widerThanWindow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 0.5,
    );
    const what = out
      .slice(0, 5)
      .map((each) => `${each.tagName} ${each.className} ${each.textContent?.slice(0, 60)}`);
    return [`${scrollWidth - clientWidth} px too wide`, ...what];
  });
}

/** A folder for pictures of every page and mail, for whoever wants to look at them; empty: none are taken. */
const pictures = process.env.EVENKEEL_PICTURES ?? "";

/** Takes a picture of the page as it stands, where they are wanted. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (pictures === "") return;
  const file = `${name.replace(/\W+/g, "-")}.png`;
  await page.screenshot({ path: join(pictures, file), fullPage: true });
}
