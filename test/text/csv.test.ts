import { expect, it } from "vitest";
import { csvLines } from "../../src/text/csv.js";

it.each([
  ["plain", "F-20418", "F-20418"],
  ["a number", 12, "12"],
  ["nothing", null, ""],
  ["a comma", "a,b", '"a,b"'],
  ["a quote", 'say "so"', '"say ""so"""'],
  ["a line end", "a\r\nb", "a  b"],
  ["an escape sequence", "a\u001b[31m", "a [31m"],
  ["a formula", '=HYPERLINK("http://evil.example.com")', `"'=HYPERLINK(""http://evil.example.com"")"`],
  ["a plus", "+1", "'+1"],
  ["a minus", "-1+2", "'-1+2"],
  ["an at", "@SUM(1)", "'@SUM(1)"],
  ["a tab before it", "\t=1", "' =1"],
  ["a blank before it", " =1", "' =1"],
  ["a blank at the end", "a ", '"a "'],
  ["a wide formula sign", "＝1+1", "'＝1+1"],
  ["a semicolon", "a;b", '"a;b"'],
  ["a formula behind a semicolon", "a; =1", `"a; '=1"`],
])("writes %s as one cell that no spreadsheet runs", (_, value, cell) => {
  expect(csvLines([["id", value]])).toEqual([`id,${cell}`]);
});
