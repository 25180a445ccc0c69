import { describe, expect, it } from "vitest";
import { enteredAmounts } from "../../../src/check/safety/entered.js";
import { cpuMs } from "../cpu-ms.js";
import { anOutput, faultsOf, judge } from "../judge.js";

const check = {
  type: "data-entry",
  where: "output",
  roles: {
    name: "name",
    email: "e-mail",
    phone: "phone",
    street: "street",
    postcode: "postcode",
    city: "city",
    amount: "amount",
    date: "date",
    born: "birth-date",
    id: "id",
    notes: "text",
  },
};
const entered = (fields: object, settings: object = check) => judge({ ...settings }, JSON.stringify(fields));

describe("data-entry", () => {
  it.each([
    [{ name: "N/A" }, '$.name holds the placeholder "N/A"'],
    [{ name: "Max Mustermann" }, '$.name holds the placeholder "Max Mustermann"'],
    [{ notes: "Lorem ipsum dolor sit amet" }, '$.notes holds the placeholder "Lorem ipsum dolor sit amet"'],
    [{ street: "123 Main Street" }, '$.street holds the placeholder "123 Main Street"'],
    [{ phone: "0000000000" }, '$.phone holds the placeholder "0000000000"'],
    [{ name: "test test" }, '$.name holds "test test", which looks like test data'],
    [{ name: "asdf" }, '$.name holds "asdf", which looks like test data'],
    [{ id: 123456 }, '$.id holds "123456", which looks like test data'],
    [{ id: "9999" }, '$.id holds "9999", which looks like test data'],
    [{ born: "01.01.1970" }, '$.born holds "01.01.1970", which looks like test data'],
    [{ email: "test@test.com" }, "$.email holds an e-mail address at test.com, which looks like test data"],
    [{ email: "test@test.de" }, "$.email holds an e-mail address at test.de, which looks like test data"],
    [{ email: "a@b.invalid" }, "$.email holds an e-mail address at b.invalid, which leads nowhere"],
    [{ name: "Max Mustermann GmbH" }, '$.name holds the placeholder "Max Mustermann GmbH"'],
    [{ name: "Frau Erika Mustermann" }, '$.name holds the placeholder "Frau Erika Mustermann"'],
    [{ name: "Muster GmbH" }, '$.name holds the placeholder "Muster GmbH"'],
    [{ name: "null" }, '$.name holds the placeholder "null"'],
    [{ phone: "(0)664/111 11 11" }, '$.phone holds "(0)664/111 11 11", which looks like test data'],
    [{ phone: "1234" }, '$.phone holds "1234", which looks like test data'],
    [{ name: "l.hofer@example.com" }, "$.name holds an e-mail address, expected a name"],
    [{ postcode: "+43 660 1234567" }, "$.postcode holds a telephone number, expected a postcode"],
    [{ amount: "2026-11-03" }, "$.amount holds a date, expected an amount"],
    [{ date: "129.90" }, "$.date holds an amount, expected a date"],
    [{ city: "1010" }, "$.city holds a number, expected a place"],
    [{ phone: "Vienna" }, "$.phone holds words, expected a telephone number"],
    [{ date: "31.02.2026" }, '$.date holds "31.02.2026", a day that does not exist'],
    [{ date: "31. Juni 2026" }, '$.date holds "31. Juni 2026", a day that does not exist'],
    [{ name: "3 Mai 2026" }, "$.name holds a date, expected a name"],
    [{ date: "0226-11-03" }, '$.date holds "0226-11-03", in a year outside 1950 to 2200'],
    [{ born: "2062-11-03" }, '$.born holds "2062-11-03", a birth that is still to come'],
  ])("fails %j", async (fields, reason) => {
    expect(await entered(fields)).toMatchObject({ status: "fail", reason });
  });

  it.each([
    { name: "Dr. Null" },
    { name: "Null" },
    { name: "Muster" },
    { name: "Mustermann & Söhne GmbH" },
    { email: "info@test.de" },
    { id: "1234" },
    { phone: "0664 111 11 12" },
    { name: "Testarossa GmbH" },
    { name: "Ngo" },
    { street: "12 Main Street" },
    { postcode: "SW1A 1AA" },
    { postcode: "12345" },
    { amount: "1.234,56" },
    { amount: 129.9 },
    { date: "29.02.2024" },
    { date: "31 Juncture 2026" },
    { date: "03/11/2026" },
    { born: "1970-01-02" },
    { id: "4411029934" },
    { notes: "The test drive was fine." },
    { name: null, email: "" },
    {},
  ])("passes %j", async (fields) => {
    expect(await entered(fields)).toEqual({ status: "pass" });
  });

  it.each([
    [129_900, "$.total is 129900, expected 5 to 5000; 1299 would be usual: has the decimal point slipped?"],
    [
      "118.050,00 EUR",
      '$.total is "118.050,00 EUR", expected 5 to 5000; 1180.5 would be usual: has the decimal point slipped?',
    ],
    [0.13, "$.total is 0.13, expected 5 to 5000; 13 would be usual: has the decimal point slipped?"],
    [-45, "$.total is -45, expected 5 to 5000"],
  ])("fails the amount %j out of its scale", async (total, reason) => {
    const settings = { type: "data-entry", where: "output", usual: { total: { min: 5, max: 5_000 } } };
    expect(await entered({ total }, settings)).toMatchObject({ status: "fail", reason });
    expect(await entered({ total: 129.9 }, settings)).toEqual({ status: "pass" });
    expect(await entered({ total: "unclear" }, settings)).toEqual({ status: "pass" });
  });

  it.each([
    ["1,250", { min: 500, max: 5_000 }],
    ["1.250", { min: 500, max: 5_000 }],
    ["1,250", { min: 1, max: 2 }],
  ])("passes the amount %s in the range %j: one way to read it is usual", async (total, range) => {
    expect(
      await entered({ total }, { type: "data-entry", where: "output", usual: { total: range } }),
    ).toEqual({
      status: "pass",
    });
  });

  it("fails an amount that is unusual however it is read", async () => {
    const settings = { type: "data-entry", where: "output", usual: { total: { min: 5, max: 50 } } };
    expect(await entered({ total: "1,250" }, settings)).toMatchObject({
      reason: '$.total is "1,250", expected 5 to 50; 12.5 would be usual: has the decimal point slipped?',
    });
  });

  it("fails a delivery before its order, however the days are written", async () => {
    const settings = {
      type: "data-entry",
      where: "output",
      order: [{ earlier: "ordered", later: "delivered" }],
    };
    expect(await entered({ ordered: "20.11.2026", delivered: "2026-11-02" }, settings)).toMatchObject({
      reason: '$.delivered is "2026-11-02", before $.ordered ("20.11.2026"), expected the other way round',
    });
    for (const fields of [
      { ordered: "20.11.2026", delivered: "2026-11-20" },
      { ordered: "20.11.2026" },
      { ordered: "11/20/2026", delivered: "2026-11-02" },
    ])
      expect(await entered(fields, settings)).toEqual({ status: "pass" });
  });

  it("reads every element of a list and counts what else is wrong", async () => {
    const settings = { type: "data-entry", where: "output", roles: { "$.people[*].name": "name" } };
    expect(
      await entered({ people: [{ name: "Mia" }, { name: "xxx" }, { name: "qwerty" }] }, settings),
    ).toMatchObject({
      reason: '$.people[1].name holds the placeholder "xxx" and 1 more',
    });
  });

  it("looks at inputs unless told otherwise, and could not tell about text without fields", async () => {
    const settings = { type: "data-entry", roles: { name: "name" } };
    expect(await judge(settings, anOutput("ok", { input: '{"name":"asdf"}' }))).toMatchObject({
      reason: '$.name of the input holds "asdf", which looks like test data',
    });
    const spaced = { type: "data-entry", roles: { "$['full name']": "name" } };
    expect(await judge(spaced, anOutput("ok", { input: '{"full name":"asdf"}' }))).toMatchObject({
      reason: `$['full name'] of the input holds "asdf", which looks like test data`,
    });
    const ordered = { type: "data-entry", order: [{ earlier: "ordered", later: "delivered" }] };
    const late = '{"ordered":"2026-11-20","delivered":"2026-11-02"}';
    expect(await judge(ordered, anOutput("ok", { input: late }))).toMatchObject({
      reason:
        '$.delivered of the input is "2026-11-02", before $.ordered of the input ("2026-11-20"), expected the other way round',
    });
    expect(await judge(settings, anOutput("ok", { input: "just words" }))).toMatchObject({ status: "error" });
    expect(await judge(settings, "ok")).toMatchObject({ status: "skipped" });
  });

  it("lets stated entries pass", async () => {
    expect(await entered({ name: "Test" }, { ...check, allow: ["test"] })).toEqual({ status: "pass" });
  });

  it("refuses to look for nothing, and ranges that are turned round", () => {
    expect(faultsOf({ id: "x", type: "data-entry" }).join()).toContain(
      "data-entry needs roles, usual or order",
    );
    expect(faultsOf({ id: "x", type: "data-entry", usual: { total: { min: 9, max: 1 } } }).join()).toContain(
      "min is above max; exchange them",
    );
  });

  it.each([
    ["1.234,56", [1234.56]],
    ["1,234.56", [1234.56]],
    ["1'250.00", [1250]],
    ["3 200,00 EUR", [3200]],
    ["12 345", [12_345]],
    ["€ 89.90", [89.9]],
    ["1.234.567", [1_234_567]],
    ["1,250", [1.25, 1250]],
    ["-1.250 EUR", [-1.25, -1250]],
    ["15,5", [15.5]],
    ["-7", [-7]],
    ["12 boxes", []],
    ["1 2 3", []],
    ["15 %", []],
  ])("reads %j as %j", (text, amounts) => {
    expect(enteredAmounts(text)).toEqual(amounts);
  });

  it.each([`test ${"1".repeat(27)}x`, `${"a".repeat(60)}1`, `${"aaaa ".repeat(20)}1`])(
    "stays quick on a name of %j",
    async (name) => {
      const before = cpuMs();
      await entered({ name });
      expect(cpuMs() - before).toBeLessThan(1_000);
    },
  );

  it.each(["1", "a", "test ", "aaa", "bla", "1.", "[", "x ", "test test user ", "asdf "])(
    "stays quick on an entry of 200 kB of %j",
    async (part) => {
      const before = cpuMs();
      await entered({ name: part.repeat(200_000 / part.length), notes: part.repeat(200_000 / part.length) });
      expect(cpuMs() - before).toBeLessThan(1_000);
    },
  );
});
