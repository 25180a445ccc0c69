import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFinds, type Noticed, noChromium, profile, takePicture, widerThanWindow } from "./chromium.js";
import { type House, house } from "./house.js";
import { everyPage, type NamedPage } from "./pages.js";

/** A phone and a desktop, each in both schemes. */
const looks = [
  { width: 360, scheme: "light", asks: "all" },
  { width: 360, scheme: "dark", asks: "contrast" },
  { width: 1280, scheme: "dark", asks: "contrast" },
  { width: 1280, scheme: "light", asks: "all" },
] as const;

/** Height of what a thumb presses; 24 px, the least of WCAG 2.5.8, do for boxes to tick. */
const thumbPx = 42;

describe.skipIf(noChromium)("every page", () => {
  let at: House;
  let page: Page;
  let noticed: Noticed;
  let pages: readonly NamedPage[] = [];

  beforeAll(async () => {
    at = await house();
    const made = await profile(at.url, { scripts: true });
    noticed = made.noticed;
    page = await made.context.newPage();
    pages = everyPage(at);
  });
  afterAll(() => page?.context().close());

  it("answers, holds no script of its own, and has one headline, one main part and a title", async () => {
    for (const { name, path, status } of pages) {
      const answer = await page.goto(new URL(path, at.url).href);
      expect(answer?.status(), name).toBe(status);
      expect(await page.locator("script, [onload], [onerror], [onclick], [style]").count(), name).toBe(0);
      expect(await page.locator("main h1").count(), name).toBe(1);
      expect(await page.locator("main").count(), name).toBe(1);
      // the one that takes Enter away from the others is not seen
      expect(await page.locator("button:disabled").filter({ visible: true }).count(), name).toBe(0);
      expect(await page.title(), name).toMatch(/ · Evenkeel$/);
    }
  });

  it("passes axe (WCAG 2.2 AA) and never scrolls sideways, on phone and desktop, light and dark", async () => {
    const wrong: string[] = [];
    for (const { name, path } of pages) {
      await page.goto(new URL(path, at.url).href);
      for (const { width, scheme } of looks) {
        await look(page, width, scheme);
        await takePicture(page, `${name}-${width}-${scheme}`);
      }
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
      });
      for (const { width, scheme, asks } of looks) {
        await look(page, width, scheme);
        const found = [...(await axeFinds(page, asks)), ...(await widerThanWindow(page))];
        if (width === 360 && asks === "all") found.push(...(await tooSmall(page)));
        wrong.push(...found.map((each) => `${name}, ${width} px, ${scheme}: ${each}`));
      }
    }
    expect(wrong).toEqual([]);
  }, 180_000);

  it("asks nothing of anyone else, and nothing is refused or fails on the way", () => {
    expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
  });
});

async function look(page: Page, width: number, colorScheme: "light" | "dark"): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
}

/** Buttons and fields that a thumb would miss. */
function tooSmall(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const pressed = document.querySelectorAll<HTMLElement>(
      "button, .btn, select, summary, input:not([type=hidden])",
    );
    return [...pressed].flatMap((each) => {
      const { width, height } = each.getBoundingClientRect();
      const small = height > 0 && (height < (each.matches("[type=checkbox]") ? 24 : least) || width < 24);
      return small ? [`${Math.round(width)}x${Math.round(height)} px: ${each.outerHTML.slice(0, 120)}`] : [];
    });
  }, thumbPx);
}
