import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Noticed, noChromium, profile } from "./chromium.js";
import { type House, house } from "./house.js";

/** Presses before what is looked for must have come. */
const mostTabs = 60;

describe.skipIf(noChromium)("without script and without a mouse", () => {
  let at: House;
  let context: BrowserContext;
  let page: Page;
  let noticed: Noticed;

  beforeAll(async () => {
    at = await house();
    ({ context, noticed } = await profile(at.url, { scripts: false }));
    page = await context.newPage();
  });
  afterAll(async () => {
    await context?.close();
  });

  const store = () => at.daemon.ground().store;
  const open = (path: string) => page.goto(new URL(path, at.url).href);

  /** Goes on by Tab until something is reached; each stop on the way must be seen. */
  async function tabTo(selector: string): Promise<void> {
    for (let tab = 0; tab < mostTabs; tab += 1) {
      await page.keyboard.press("Tab");
      const stop = page.locator(":focus");
      if ((await stop.count()) === 0) continue;
      const seen = await stop.evaluate((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const x = box.left + Math.min(box.width, innerWidth) / 2;
        const top = document.elementFromPoint(
          x,
          Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2,
        );
        const uncovered = top !== null && (element.contains(top) || top.contains(element));
        return { ring: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2, uncovered };
      });
      expect(seen, await stop.evaluate((element) => element.outerHTML.slice(0, 150))).toEqual({
        ring: true,
        uncovered: true,
      });
      if (await stop.evaluate((element, wanted) => element.matches(wanted), selector)) return;
    }
    throw new Error(`${selector} was not reached in ${mostTabs} steps`);
  }

  function waiting() {
    const [, row] = store().spotChecks.waiting("support-triage", 0);
    if (row === undefined) throw new Error("nothing waits to be judged");
    return row;
  }

  it.each([1280, 360])("an output is judged wrong, with a note, at %i px", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    const row = waiting();
    await open(`/spot-checks/${row.id}`);
    await tabTo("#who");
    await page.keyboard.type("Tom");
    await tabTo("#note");
    await page.keyboard.type("this is about a return");
    // Enter in a field must not press the first button, which says "right"
    await page.keyboard.press("Enter");
    expect(store().judgements.of(row.output)).toEqual([]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    expect(await page.locator(":focus").getAttribute("value")).toBe("wrong");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=1/);
    expect(await page.locator("[role=status]").innerText()).toContain("Recorded as said by Tom Ashby: wrong");
    expect(store().judgements.of(row.output)).toMatchObject([
      { answer: "wrong", who: "Tom Ashby", note: "this is about a return" },
    ]);
  });

  it("an output is judged right by Tab and Enter alone", async () => {
    const row = waiting();
    await open(`/spot-checks/${row.id}`);
    await tabTo("#who");
    await page.keyboard.type("Lena");
    await tabTo("button[value=right]");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=1/);
    expect(store().judgements.of(row.output)).toMatchObject([{ answer: "right", who: "Lena Voss" }]);
  });

  it("the skip link leads past the navigation", async () => {
    await open("/");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toContain("Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator("main :focus").count()).toBe(1);
  });

  it("an incident is acknowledged, done by hand and ended; going back and loading again sends nothing twice", async () => {
    const incident =
      store()
        .incidents.open()
        .find(({ automation }) => automation === "quotes")?.id ?? 0;
    const posts: string[] = [];
    context.on("response", (response) => {
      if (response.request().method() === "POST")
        posts.push(`${response.status()} ${response.headers().location}`);
    });
    const events = () =>
      store()
        .incidents.moves(incident)
        .map(({ event }) => event);
    const said = () => page.locator("[role=status]").innerText();
    await open(`/i/${incident}`);
    await page.selectOption("#who-now", "Lena Voss");
    await page.locator("button[value=acknowledge]").press("Enter");
    expect(await said()).toContain("cknowledged");
    await page.locator("button[value=fallback-on]").press("Enter");
    expect(await said()).toMatch(/by hand/i);
    const before = events();
    expect(before.slice(-2)).toEqual(["acknowledge", "fallback-on"]);
    await page.reload();
    await page.goBack();
    await page.goBack();
    await page.goForward();
    await page.reload();
    expect(events()).toEqual(before);
    expect(posts).toHaveLength(2);
    expect(posts.every((post) => /^303 \/i\/\d+\?done=\d+$/.test(post))).toBe(true);
    await page.goto(new URL(`/i/${incident}`, at.url).href);
    const form = page.locator("#do-resolve");
    await page.locator("details:has(#do-resolve) > summary").press("Enter");
    await form.locator("select[name=who]").selectOption("Lena Voss");
    await form.locator("textarea[name=why]").fill("The model was set back");
    await form.locator("select[name=cause]").selectOption("model");
    for (const box of await form.locator("input[type=checkbox]").all()) await box.check();
    await form.locator("button").press("Enter");
    expect(await said()).toMatch(/ended|resolved/i);
    expect(store().incidents.get(incident)?.endedAt).not.toBeNull();
    expect(posts).toHaveLength(3);
  });

  it("nothing was asked of anyone else, refused, or failed on the way", () => {
    expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
  });
});
