import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

/** Meeting notes are fine, and someone has seen something. */
async function watched(): Promise<void> {
  company.found();
  await evenkeel(["run", "order-reading"]);
}

const report = (automation: string, ...more: string[]) =>
  evenkeel(["report-problem", automation, "--what", "Names are mixed up", "--by", "Nora Pell", ...more]);

describe("evenkeel report-problem and reports", () => {
  it("puts it on record, lists it, says so beside the incidents and settles it", async () => {
    await watched();
    const told = await report("meeting-notes", "--output", "N-7");
    expect(told.exitCode).toBe(0);
    expect(told.out).toContain(
      "Report 1 of meeting-notes is on record, seen by Nora Pell. Nobody was called: it stands in the digest.",
    );
    expect(told.err).toContain("Output N-7 is not among those seen so far.");
    const incidents = await evenkeel(["incidents", "list"]);
    expect(incidents.err).toContain("1 report from people to settle: evenkeel reports");
    const listed = await evenkeel(["reports"], { columns: 140 });
    expect(listed.exitCode).toBe(1);
    expect(listed.out).toMatch(/! 1 +meeting-notes +waits +today .* Nora Pell +N-7 +Names are mixed up/);
    const settled = await evenkeel([
      ..."reports settle 1 --as confirmed --by".split(" "),
      "Marta Quill",
      "--why",
      "two people of one name",
    ]);
    expect(settled.out).toBe(
      "Report 1 is confirmed, recorded as said by Marta Quill: a near miss on record, no incident is open about it.\n",
    );
    expect((await evenkeel(["reports"])).out).toBe("No report waits to be settled.\n");
    const all = await evenkeel(["reports", "--all", "--json"]);
    expect(JSON.parse(all.out)).toMatchObject({
      data: { reports: [{ id: 1, incident: null, settled: { as: "confirmed", by: "Marta Quill" } }] },
    });
  });

  it("opens an incident with --urgent, which ends with it when it was no problem", async () => {
    await watched();
    const told = await report("meeting-notes", "--urgent", "--json");
    const { data } = JSON.parse(told.out);
    expect(data).toMatchObject({ opened: true, report: { urgent: true, who: "Nora Pell" } });
    const shown = await evenkeel(["incidents", "show", String(data.incident)]);
    expect(shown.out).toContain("reported as odd by Nora Pell: “Names are mixed up”");
    const settled = await evenkeel(["reports", "settle", "1", "--as", "not-a-problem", "--why", "a test"]);
    expect(settled.out).toContain(`Incident ${data.incident} rested on it and has ended as a false alarm.`);
  });

  it("joins the incident that is open", async () => {
    await watched();
    expect((await report("order-reading")).out).toContain("and belongs to incident 1.");
    expect((await evenkeel(["reports"], { columns: 140 })).out).toContain("waits, incident 1");
  });

  it.each([
    [["report-problem", "meeting-notes"], 'say what was odd: --what "..."'],
    [["report-problem", "meting-notes", "--what", "x"], 'did you mean "meeting-notes"?'],
    [["report-problem", "meeting-notes", "--what", "x", "--seen-at", "soon"], 'seenAt: "soon": is no time'],
    [["reports", "settle", "x", "--as", "confirmed"], '"x" is no report'],
    [["reports", "settle", "1", "--as", "so-so"], "expected one of confirmed, not-a-problem"],
    [["reports", "settle", "1", "--as", "confirmed"], "a report is settled with a reason"],
    [
      ["reports", "settle", "9", "--as", "confirmed", "--why", "x"],
      "No report 9; evenkeel reports lists them.",
    ],
  ])("refuses %j, and says what to write", async (words, message) => {
    await watched();
    const { err, exitCode } = await evenkeel(words);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });
});
