import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFinds, type Noticed, noChromium, profile, takePicture, widerThanWindow } from "./chromium.js";
import { house } from "./house.js";
import { type Mail, mailsOf } from "./mail.js";

describe.skipIf(noChromium)("a mail, as a mail program shows it with pictures and remote parts off", () => {
  let page: Page;
  let noticed: Noticed;
  let mails: readonly Mail[] = [];

  beforeAll(async () => {
    const all = mailsOf((await house()).smtp);
    mails = all;
    const made = await profile("data:", { scripts: true });
    noticed = made.noticed;
    page = await made.context.newPage();
  });
  afterAll(() => page?.context().close());

  it("there are digests and incidents among those that came", () => {
    expect(mails.filter(({ isDigest }) => isDigest).length).toBeGreaterThanOrEqual(3);
    expect(mails.filter(({ isDigest }) => !isDigest).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    { width: 360, scheme: "light" },
    { width: 360, scheme: "dark" },
    { width: 640, scheme: "light" },
    { width: 640, scheme: "dark" },
  ] as const)(
    "fits into $width px, $scheme, can be read, and its links can be hit by a thumb",
    async (look) => {
      await page.setViewportSize({ width: look.width, height: 800 });
      await page.emulateMedia({ colorScheme: look.scheme });
      const wrong: string[] = [];
      for (const { html, subject } of mails) {
        await page.setContent(html);
        await takePicture(page, `mail-${subject}-${look.width}-${look.scheme}`);
        const found = [...(await axeFinds(page)), ...(await widerThanWindow(page))];
        wrong.push(...found.map((each) => `${subject}: ${each}`));
      }
      expect(wrong).toEqual([]);
    },
  );

  it("of every kind fits into a phone", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    const folder = fileURLToPath(new URL("../../fixtures/messages/", import.meta.url));
    const wrong: string[] = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".email.html"))) {
      await page.setContent(readFileSync(join(folder, file), "utf8"));
      wrong.push(...(await widerThanWindow(page)).map((each) => `${file}: ${each}`));
    }
    expect(wrong).toEqual([]);
  });

  it("asks for nothing", () => {
    expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
  });
});
