import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareCheck } from "../../../src/check/prepare.js";
import { checkSettings } from "../../../src/check/settings.js";
import { checkPortsBeside } from "../../../src/config/followed-files.js";
import { configPorts } from "../../../src/daemon.js";
import { nobody } from "../../../src/domain/asking.js";
import { connect } from "../../../src/store/connect.js";
import { cpuMs } from "../cpu-ms.js";
import { anOutput, faultsOf, judge, theseFiles } from "../judge.js";

const suppliers = theseFiles({
  "suppliers.csv": 'number;name\n70001;Alder GmbH\n70002;"Birch; Sons"\n70003;Café Noël\n',
  "skus.csv": "\ufeffsku\nAB 12\nCD 34\n",
  "streets.csv": `street\nKönigstraße\nØstre Gate\n${"Lange Gasse ".repeat(12)}Ost\nSøndre Strandgate\n`,
  "empty.csv": "name\n",
  "nothing.csv": "",
});
const check = (settings: Readonly<Record<string, unknown>>, text: string) =>
  judge({ type: "reference-lookup", ...settings }, text, suppliers);

describe("reference-lookup", () => {
  it.each([
    [{ file: "suppliers.csv", column: "name" }, "Alder GmbH", "pass", undefined],
    [{ file: "suppliers.csv", column: "name" }, " Birch;  Sons ", "pass", undefined],
    [{ file: "suppliers.csv", column: "number", on: "n" }, '{"n":70003}', "pass", undefined],
    [
      { file: "suppliers.csv", column: "name" },
      "Aldr GmbH",
      "fail",
      'is "Aldr GmbH", which is not in suppliers.csv; nearest: "Alder GmbH"',
    ],
    [{ file: "suppliers.csv", column: "name" }, "Oak", "fail", 'is "Oak", which is not in suppliers.csv'],
    [{ file: "suppliers.csv", column: "name", ignoreCase: true }, "alder gmbh", "pass", undefined],
    [{ file: "suppliers.csv", column: "name", ignoreDiacritics: true }, "Cafe Noel", "pass", undefined],
    [
      { file: "suppliers.csv", column: "name" },
      "Cafe Noel",
      "fail",
      'is "Cafe Noel", which is not in suppliers.csv; nearest: "Café Noël"',
    ],
    [{ file: "streets.csv", ignoreDiacritics: true, ignoreCase: true }, "KÖNIGSTRAẞE", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true, ignoreCase: true }, "konigstrasse", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true, ignoreCase: true }, "KONIGSTRASSE", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true, ignoreCase: true }, "ostre gate", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true, ignoreCase: true }, "ØSTRE GATE", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true }, "Königstrasse", "pass", undefined],
    [{ file: "streets.csv", ignoreDiacritics: true }, "Ostre Gate", "pass", undefined],
    [
      { file: "streets.csv", ignoreDiacritics: true },
      "ostre gate",
      "fail",
      'is "ostre gate", which is not in streets.csv; nearest: "Østre Gate"',
    ],
    [
      { file: "streets.csv" },
      `${"Lange Gasse ".repeat(12)}West`,
      "fail",
      expect.stringContaining('not in streets.csv; nearest: "Lange Gasse'),
    ],
    [{ file: "skus.csv", ignoreSpace: true }, "AB12", "pass", undefined],
    [
      { file: "skus.csv", on: "s[*]" },
      '{"s":["AB 12","EF 56"]}',
      "fail",
      '$.s[1] is "EF 56", which is not in skus.csv',
    ],
    [{ file: "skus.csv", on: "s" }, '{"s":null}', "fail", "$.s is null, expected an entry of skus.csv"],
    [
      { file: "skus.csv", on: "s", not: true },
      '{"s":"AB 12"}',
      "fail",
      '$.s is "AB 12", which is in skus.csv',
    ],
  ])("with %j says of %s: %s", async (settings, text, status, reason) => {
    const verdict = await check(settings, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it.each([
    [{ file: "gone.csv" }, "gone.csv: no such file"],
    [{ file: "empty.csv" }, "empty.csv has no entries"],
    [{ file: "nothing.csv" }, "nothing.csv is empty; its first line must name the columns"],
    [{ file: "nothing.csv", column: "name" }, "nothing.csv is empty; its first line must name the columns"],
    [{ file: "suppliers.csv" }, "suppliers.csv has 2 columns; name one: number, name"],
    [
      { file: "suppliers.csv", column: "nam" },
      'suppliers.csv has no column "nam" in its first line; did you mean "name"? there are number, name',
    ],
  ])("refuses %j", async (settings, message) => {
    await expect(check(settings, "x")).rejects.toThrow(`check under-test: ${message}`);
  });

  it("needs a column beside a table, and no delimiter", () => {
    expect(faultsOf({ id: "a", type: "reference-lookup", file: "a.db", table: "t" })).toEqual([
      ": reference-lookup needs column beside table",
    ]);
    expect(
      faultsOf({ id: "a", type: "reference-lookup", file: "a.db", table: "t", column: "c", delimiter: ";" }),
    ).toEqual([": delimiter means nothing beside table"]);
  });

  it("looks up in 100,000 rows at once, and finds the nearest in a fraction of a second", async () => {
    const rows = Array.from({ length: 100_000 }, (_unused, index) => `Supplier number ${index} Ltd`);
    const ports = theseFiles({ "long.csv": `name\n${rows.join("\n")}\n` });
    const settings = checkSettings.parse({ id: "a", type: "reference-lookup", file: "long.csv" });
    const prepared = await prepareCheck(settings, ports);
    const before = cpuMs();
    for (const row of rows.slice(0, 10_000)) await prepared.judge(anOutput(row), nobody);
    expect(cpuMs() - before).toBeLessThan(1_000);
    const then = cpuMs();
    expect(await prepared.judge(anOutput("Suplier number 99999 Ltd"), nobody)).toMatchObject({
      reason: expect.stringContaining('nearest: "Supplier number 99999 Ltd"'),
    });
    expect(cpuMs() - then).toBeLessThan(1_500);
  });
});

describe("reference-lookup beside a check file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lookup-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const prepared = (settings: Readonly<Record<string, unknown>>) => {
    const path = join(folder, "checks.json");
    const parsed = checkSettings.parse({ id: "known", type: "reference-lookup", ...settings });
    return prepareCheck(parsed, checkPortsBeside(path, configPorts(path, {})));
  };

  it("reads the list again when it has changed, and cannot tell while it is gone", async () => {
    const list = join(folder, "skus.csv");
    writeFileSync(list, "sku\nA1\n");
    const { judge: judgeOne } = await prepared({ file: "skus.csv" });
    expect((await judgeOne(anOutput("B2"), nobody)).status).toBe("fail");
    writeFileSync(list, "sku\nA1\nB2\n");
    expect((await judgeOne(anOutput("B2"), nobody)).status).toBe("pass");
    rmSync(list);
    expect(await judgeOne(anOutput("B2"), nobody)).toEqual({
      status: "error",
      reason: 'could not tell: "skus.csv": no such file',
    });
    writeFileSync(list, "sku\nB2\n");
    expect((await judgeOne(anOutput("B2"), nobody)).status).toBe("pass");
  });

  it("looks up in a table of SQLite, while another process writes to it", async () => {
    const db = connect(join(folder, "erp.db"));
    db.pragma("journal_mode = WAL");
    db.exec(
      "CREATE TABLE customer (id INTEGER, \"full name\" TEXT); INSERT INTO customer VALUES (7, 'Alder GmbH')",
    );
    const byName = await prepared({ file: "erp.db", table: "customer", column: "full name" });
    const byId = await prepared({ file: "erp.db", table: "customer", column: "id", on: "id" });
    expect((await byName.judge(anOutput("Birch Ltd"), nobody)).status).toBe("fail");
    expect((await byId.judge(anOutput('{"id":7}'), nobody)).status).toBe("pass");
    db.exec("INSERT INTO customer VALUES (8, 'Birch Ltd')");
    expect((await byName.judge(anOutput("Birch Ltd"), nobody)).status).toBe("pass");
    db.close();
  });

  it.each([
    [
      { table: "customers", column: "id" },
      'has no table "customers"; did you mean "customer"? there are customer',
    ],
    [{ table: "customer", column: "idd" }, 'has no column "idd"; did you mean "id"? there are id'],
  ])("refuses %j", async (place, message) => {
    const db = connect(join(folder, "erp.db"));
    db.exec("CREATE TABLE customer (id INTEGER)");
    db.close();
    await expect(prepared({ file: "erp.db", ...place })).rejects.toThrow(`check known: "erp.db" ${message}`);
  });

  it("refuses a file that is no database, and one that is not there", async () => {
    writeFileSync(join(folder, "erp.db"), "name\nAlder\n".repeat(100));
    const place = { table: "customer", column: "id" };
    await expect(prepared({ file: "erp.db", ...place })).rejects.toThrow(
      "cannot be read as a SQLite database",
    );
    await expect(prepared({ file: "gone.db", ...place })).rejects.toThrow(
      'check known: "gone.db": no such file',
    );
  });
});
