import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

describe("evenkeel incidents ack --group", () => {
  it.each([
    [["--group", "9"], "No group 9; evenkeel incidents list --json names them."],
    [["--group", "x"], '"x" is no incident number; evenkeel incidents list shows them'],
    [[], 'missing required argument "number", or --group'],
  ])("refuses %j, and says what to write", async (words, message) => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { err, exitCode } = await evenkeel(["incidents", "ack", ...words]);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });
});
