import { describe, expect, it } from "vitest";
import { knownLanguages } from "../../../src/check/language-ranks.js";
import { judge } from "../judge.js";

describe("language", () => {
  it.each([
    ["de", "Vielen Dank für Ihre Bestellung, sie wird morgen versendet."],
    ["en", "Thank you for your order, it will ship tomorrow."],
    ["fr", "Bonjour, votre commande est en route et arrivera demain."],
    ["it", "Grazie per il suo ordine, verrà spedito domani."],
  ])("passes %s", async (language, text) => {
    expect(await judge({ type: "language", languages: [language] }, text)).toEqual({ status: "pass" });
  });

  it("passes any of several", async () => {
    expect(
      await judge(
        { type: "language", languages: ["en", "de"] },
        "Thank you for your order, it will ship tomorrow.",
      ),
    ).toEqual({ status: "pass" });
  });

  it("fails another language", async () => {
    expect(
      await judge(
        { type: "language", languages: ["de"] },
        "Thank you for your order, it will ship tomorrow.",
      ),
    ).toMatchObject({ status: "fail", reason: 'reads like "en", expected "de"' });
  });

  it("reads the texts of an object, not its keys", async () => {
    expect(
      await judge(
        { type: "language", languages: ["de"] },
        '{"customer_message":"Die Kundin fragt, ob die Lieferung auf Freitag verschoben werden kann."}',
      ),
    ).toEqual({ status: "pass" });
  });

  it.each([
    ["few letters", "OK merci", "could not tell the language of 7 letters"],
    ["no letters", "12345 678 !!", "could not tell the language of 0 letters"],
    ["nothing", "", "could not tell the language of 0 letters"],
  ])("could not tell %s, which is no fail", async (_name, text, reason) => {
    expect(await judge({ type: "language", languages: ["fr"] }, text)).toEqual({ status: "error", reason });
  });

  it.each([
    "Summary: printer does not start after firmware update.",
    "Industry: logistics, employees: 51-200, country: Austria",
  ])("does not call %j wrong where the detector is unsure", async (text) => {
    expect(await judge({ type: "language", languages: ["en"] }, text)).toMatchObject({ status: "error" });
  });

  it("refuses a language that cannot be told apart", async () => {
    await expect(judge({ type: "language", languages: ["lb"] }, "x")).rejects.toThrow(
      /^check under-test: "lb" cannot be told apart; possible are ar, bn, de/,
    );
  });
});

it("knows the languages that the library tells apart, no more and no less", async () => {
  const { supportedLanguages, toISO2 } = await import("tinyld/light");
  expect(supportedLanguages.map(toISO2).sort()).toEqual(knownLanguages);
});
