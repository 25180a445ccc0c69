import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examineUnregistered } from "../../src/cli/doctor-unregistered.js";
import { watchedOf } from "../../src/flow/ground.js";
import { draftEntry } from "../../src/flow/register/draft-entry.js";
import { unregisteredActivity } from "../../src/flow/register/unregistered.js";
import { runSlots } from "../../src/flow/run.js";
import { pushApp, wednesday } from "../http/push-app.js";
import { options } from "./bench-ground.js";

const row = (id: string, workflow: unknown, change: object = {}) =>
  JSON.stringify({
    id,
    at: "2026-11-18T05:00:00Z",
    output: `text of ${id}`,
    model: "ridge-3",
    workflow,
    ...change,
  });

/** An automation read from a file in which several leave their rows. */
async function shared(rows: readonly string[], ids: readonly string[] = ["replies", "letters"]) {
  const path = join(mkdtempSync(join(tmpdir(), "evenkeel-shared-")), "rows.jsonl");
  writeFileSync(path, rows.map((each) => `${each}\n`).join(""));
  const source = { type: "file", path, map: { automation: "workflow" } };
  const app = await pushApp({ ids, automation: { source } });
  const { ground } = app;
  const read = async (id = "replies") => {
    const watched = watchedOf(ground.register, id);
    if (watched === null) throw new Error("not registered");
    return runSlots(ground, watched, [wednesday], options);
  };
  return { ...app, read };
}

describe("rows that name the automation they belong to", () => {
  it("are taken for that one alone, by id or title, and those without a name for the one that is read", async () => {
    const { read, stored, ground } = await shared([
      row("1", "replies"),
      row("2", " Replies REPLIES "),
      row("3", null),
      row("4", ""),
      row("5", "letters"),
      row("6", "Replies letters"),
    ]);
    expect(await read("replies")).toMatchObject({ unreadable: null });
    await read("letters");
    const ids = (id: string) => stored(id).map(({ output }) => output.id);
    expect(ids("replies")).toEqual(["1", "2", "3", "4"]);
    expect(ids("letters")).toEqual(["3", "4", "5", "6"]);
    expect(unregisteredActivity(ground).names).toEqual([]);
    expect(ground.store.rowsElsewhere.of("replies")).toMatchObject([{ automation: "letters", rows: 2 }]);
    expect(examineUnregistered(ground)).toContainEqual(
      expect.objectContaining({
        level: "fine",
        text: "2 rows read for Replies replies name Replies letters, the last today 07:02: left to its own source",
      }),
    );
    await read("replies");
    expect(ground.store.rowsElsewhere.of("replies")).toMatchObject([{ rows: 2 }]);
  });

  it("under a name nobody registered are noted, redacted and bounded, with an entry to paste", async () => {
    const { read, stored, ground, ask } = await shared([
      row("1", "replies"),
      ...Array.from({ length: 30 }, (_, index) =>
        row(`s-${index}`, "Sales drafts", { output: "Pay to DE89 3704 0044 0532 0130 00" }),
      ),
    ]);
    expect(await read()).toMatchObject({ unreadable: null });
    expect(stored()).toHaveLength(1);
    const [found] = unregisteredActivity(ground).names;
    expect(found).toMatchObject({
      name: "Sales drafts",
      way: "row",
      sender: "replies",
      outputs: 30,
      kept: 20,
    });
    if (found === undefined) return;
    expect(JSON.stringify(ground.store.unregistered.textsOf(found.id, 30))).not.toContain("DE89");
    const draft = draftEntry(ground, found).join("\n");
    expect(draft).toContain('copy it from the entry "replies", with its map.automation');
    expect(draft).toContain('"title": "Sales drafts"');
    const { text } = await ask("/register");
    expect(text).toContain("30 outputs since today 07:02, in rows read for Replies replies, model ridge-3");
  });

  it("are no fault of the source, however many name another and however little they hold", async () => {
    const { read, ground } = await shared(
      Array.from({ length: 9 }, (_, index) => JSON.stringify({ workflow: index < 5 ? "letters" : "x" })),
    );
    expect(await read()).toMatchObject({ unreadable: null, outputs: 0 });
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.sources.asides("replies", 10)).toEqual([]);
  });

  it("fill neither memory nor disk with names, and hurt no page whatever those are", async () => {
    const names = ["__proto__", "constructor", "<script>alert(1)</script>", "x".repeat(50_000)];
    const made = Array.from({ length: 2_500 }, (_, index) => `made up ${index}`);
    const { read, ground, ask } = await shared([...names, ...made].map((name, at) => row(`${at}`, name)));
    await read();
    const { names: kept, dropped } = unregisteredActivity(ground);
    expect(kept).toHaveLength(100);
    expect(kept.map(({ name }) => name)).toEqual(expect.arrayContaining(["__proto__", "constructor"]));
    expect(Math.max(...kept.map(({ name }) => name.length))).toBeLessThanOrEqual(80);
    expect(dropped).toBe(2_404);
    const { text } = await ask("/register");
    expect(text).not.toContain("<script>alert");
  });

  it("of a registered automation that has no source are at risk, and the doctor says what to do", async () => {
    const { read, ground } = await shared([row("1", "notes")], ["replies"]);
    const listed = watchedOf(ground.register, "replies");
    if (listed === null) return;
    const notes = {
      ...listed,
      source: null,
      push: null,
      entry: { ...listed.entry, id: "notes", title: "Notes" },
    };
    const register = { ...ground.register, automations: [listed, notes] };
    await runSlots({ ...ground, register }, listed, [wednesday], options);
    expect(examineUnregistered({ ...ground, register })).toContainEqual(
      expect.objectContaining({ level: "at risk", text: expect.stringContaining("nobody looks at them") }),
    );
    await read();
  });

  it("and are pushed are told to the sender, and not taken for the automation in the address", async () => {
    const { push, stored, ground } = await pushApp({
      ids: ["replies", "letters"],
      automation: {
        source: { type: "push", token: { env: "PUSH_TOKEN" }, map: { automation: "workflow" } },
      },
    });
    const both = await push(`[${row("1", "replies")},${row("2", "letters")},${row("3", "else")}]`);
    expect(both).toMatchObject({ status: 202, json: { accepted: 1, elsewhere: 2 } });
    expect(await push(row("4", "letters"))).toMatchObject({
      status: 400,
      json: { accepted: 0, elsewhere: 1 },
    });
    expect(stored().map(({ output }) => output.id)).toEqual(["1"]);
    expect(ground.store.rowsElsewhere.of("replies")).toMatchObject([{ automation: "letters", rows: 2 }]);
    expect(unregisteredActivity(ground).names).toMatchObject([{ name: "else", way: "row" }]);
  });
});
