import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noChromium, profile } from "./chromium.js";
import { beacon, hostileOutputs, secrets } from "./hostile.js";
import { type House, house } from "./house.js";
import { linksIn, mailsOf } from "./mail.js";
import { everyPage, hostileAutomation } from "./pages.js";

/** What a text could change that got out of its box: elements of which our pages have none. */
const foreign = `script, iframe, img, object, embed, meta[http-equiv], base, style, main a[href^="javascript"], [src^="${beacon}"], [href^="${beacon}"], [action^="${beacon}"]`;

let at: House;
beforeAll(async () => {
  if (!noChromium) at = await house();
});

describe.skipIf(noChromium)("an output with script, pictures, links and a line without end", () => {
  it("fault 63: is text on every page that shows it: nothing runs, nothing is asked for, nothing leaves its box", async () => {
    const { context, noticed } = await profile(at.url, { scripts: true });
    const page = await context.newPage();
    await page.setViewportSize({ width: 360, height: 800 });
    let shown = 0;
    for (const { name, path } of everyPage(at)) {
      const answer = await page.goto(new URL(path, at.url).href);
      expect(answer?.headers()["content-security-policy"], name).toContain("default-src 'none'");
      expect(await page.locator(foreign).count(), name).toBe(0);
      expect(await page.title(), name).not.toBe("taken");
      const texts = page.locator("pre");
      for (const text of await texts.filter({ hasText: "a refund" }).all()) {
        shown += 1;
        const { inner, own, high } = await text.evaluate((element) => ({
          inner: element.scrollWidth,
          own: element.clientWidth,
          high: element.clientHeight,
        }));
        expect(inner, name).toBeLessThanOrEqual(own);
        // whoever judges reaches the buttons
        expect(high, name).toBeLessThanOrEqual(800);
      }
    }
    expect(shown).toBeGreaterThan(hostileOutputs.length);
    expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
    await context.close();
  });

  it("fault 63: is text in the mails about it too, and loads nothing", async () => {
    const { context, noticed } = await profile("data:", { scripts: true });
    const page = await context.newPage();
    const mails = mailsOf(at.smtp).filter(
      ({ html }) => html.includes("a refund") || html.includes(hostileAutomation),
    );
    expect(mails.length).toBeGreaterThan(0);
    for (const { html, subject } of mails) {
      await page.setContent(html);
      expect(
        await page.locator("script, iframe, img, object, link, form, a[href^=javascript]").count(),
        subject,
      ).toBe(0);
    }
    expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
    await context.close();
  });
});

describe.skipIf(noChromium)("a secret that came in an output, an input, a report", () => {
  it("fault 66: stands on no page, in no list and in no mail", async () => {
    const incidents = at.daemon.ground().store.incidents.list(20);
    const lists = ["/register.csv", "/register.md", ...incidents.map(({ id }) => `/i/${id}/outputs.csv`)];
    let hidden = 0;
    for (const path of [...everyPage(at).map((each) => each.path), ...lists]) {
      const text = await (await fetch(new URL(path, at.url))).text();
      if (text.includes("[key]") || text.includes("[card]")) hidden += 1;
      expect(
        secrets.filter((secret) => text.includes(secret)),
        path,
      ).toEqual([]);
    }
    // it would have stood there
    expect(hidden).toBeGreaterThan(0);
    for (const { html, subject } of mailsOf(at.smtp))
      expect(
        secrets.filter((secret) => html.includes(secret)),
        subject,
      ).toEqual([]);
    const raw = at.smtp.taken.map((mail) => mail.raw).join();
    expect(secrets.filter((secret) => raw.includes(secret))).toEqual([]);
  });
});

describe.skipIf(noChromium)("a page of somebody else", () => {
  let server: Server;
  let elsewhere = "";
  beforeAll(async () => {
    const form = (path: string, fields: Record<string, string>) =>
      `<form method="post" action="${new URL(path, at.url).href}">${Object.entries(fields)
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
        .join("")}<button>Win</button></form>`;
    const [waiting] = at.daemon.ground().store.spotChecks.waiting(hostileAutomation, 0);
    server = createServer((request, response) => {
      const body = request.url?.startsWith("/frame")
        ? `<iframe src="${at.url}"></iframe>`
        : form(`/spot-checks/${waiting?.id}`, {
            answer: "right",
            who: "Tom Ashby",
            note: "",
            correction: "",
          });
      response
        .writeHead(200, { "content-type": "text/html" })
        .end(`<!doctype html><title>Elsewhere</title>${body}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    elsewhere = typeof address === "object" && address !== null ? `http://localhost:${address.port}/` : "";
  });
  afterAll(() => server?.close());

  it("cannot press for anyone: its form is refused", async () => {
    const { context } = await profile("http://", { scripts: true });
    const page = await context.newPage();
    const { store } = at.daemon.ground();
    const said = () =>
      store.spotChecks.waiting(hostileAutomation, 0).map(({ output }) => store.judgements.of(output));
    const before = said();
    await page.goto(elsewhere);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.click("button"),
    ]);
    expect(answer.status()).toBe(403);
    expect(await page.locator("body").innerText()).toContain("nothing was changed");
    expect(said()).toEqual(before);
    await context.close();
  });

  it("cannot show ours in a frame of its own", async () => {
    const { context, noticed } = await profile("http://", { scripts: true });
    const page = await context.newPage();
    await page.goto(`${elsewhere}frame`);
    await expect.poll(() => noticed.errors.join(" ")).toMatch(/frame-ancestors|X-Frame-Options/i);
    expect(await page.frames()[1]?.locator("main").count()).toBe(0);
    await context.close();
  });
});

describe.skipIf(noChromium)(
  "fault 70: a mail scanner with a whole browser opens every link of every mail",
  () => {
    it("fault 70: and presses nothing, so nothing changes; a person's press works afterwards", async () => {
      const { store } = at.daemon.ground();
      const digest = mailsOf(at.smtp).filter(({ isDigest }) => isDigest);
      expect(digest.length).toBeGreaterThan(0);
      const links = [...new Set(mailsOf(at.smtp).flatMap(({ html }) => linksIn(html)))].filter((link) =>
        link.startsWith(at.url),
      );
      expect(links.length).toBeGreaterThan(10);
      const state = () => ({
        judged: store.spotChecks
          .ofSpan(hostileAutomation, Date.UTC(2026, 10, 22, 23))
          .map(({ output }) => store.judgements.of(output)),
        moves: store.incidents.list(20).map(({ id }) => store.incidents.moves(id)),
        stopped: at.daemon.ground().register.digest.map(({ person }) => store.digests.reader(person)),
      });
      const before = state();
      const { context, noticed } = await profile(at.url, { scripts: true });
      const page = await context.newPage();
      for (const link of links) {
        await fetch(link, { method: "HEAD" });
        await page.goto(link);
      }
      // scanners have been seen that wait for a page to send its form by itself
      await page.waitForTimeout(500);
      expect(state()).toEqual(before);
      expect(noticed).toEqual({ strayed: [], errors: [], dialogs: [] });
      const toJudge = links.find((link) => link.includes("/act/judge/")) ?? "";
      await page.goto(toJudge);
      await page.click("button[value=cannot-tell]");
      expect(await page.locator("[role=status]").innerText()).toContain("Recorded: can’t tell");
      await context.close();
    });
  },
);
