import { beforeEach, describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

describe("evenkeel digest", () => {
  beforeEach(async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
  }, 60_000);

  it("shows the AI owner's as it is now, and says whose else there are", async () => {
    const { out, err, exitCode } = await evenkeel(["digest"]);
    expect(out).toMatch(/^Week 47: 1 incident open\n\nInes, 1 incident open\.\n/);
    expect(out).toContain("! Order reading: incident");
    expect(out).toContain("Incident 1, open, began");
    expect(out).toContain("Ines Calder gets this every Monday at 08:00 (Vienna time).");
    expect(err.replace(/\s+/g, " ")).toContain("--reader shows theirs");
    expect(exitCode).toBe(0);
  });

  it("shows a reader what they own", async () => {
    const { data } = JSON.parse((await evenkeel(["digest", "--reader", "Marta Quill", "--json"])).out);
    expect(data).toMatchObject({ reader: "Marta Quill" });
    expect(data.digest.lines.length + data.digest.intro.length).toBeGreaterThan(0);
  });

  it.each([
    [["digest", "--reader", "Marta Quil"], 'no reader "Marta Quil"; did you mean "Marta Quill"?'],
    [["digest", "--send"], 'there is no e-mail channel and no Slack; add one to "channels"'],
  ])("%j is refused with what to do", async (words, said) => {
    const { err, exitCode } = await evenkeel(words);
    expect(err).toContain(said);
    expect(exitCode).toBe(2);
  });
});

describe("evenkeel digest --send", () => {
  it("owes it to its reader over the e-mail channel", async () => {
    const mail = {
      id: "mail",
      type: "email",
      host: "127.0.0.1",
      port: 1,
      security: "none",
      from: "a@example.com",
    };
    company.found((config) => ({ ...config, channels: [mail] }));
    await evenkeel(["run", "order-reading"]);
    const { out, err } = await evenkeel(["digest", "--send"]);
    expect(err).not.toContain("Error");
    expect(out).toContain("The digest of Ines Calder is owed to ines.calder@example.com over mail.");
    const { data } = JSON.parse((await evenkeel(["outbox", "list", "--json"])).out);
    const headlines = data.messages.map((each: { headline: string }) => each.headline);
    expect(headlines).toContain("Ines, 1 incident open.");
  });
});
