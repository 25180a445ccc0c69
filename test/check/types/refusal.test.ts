import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

describe("refusal", () => {
  it.each([
    ["en", "I’m sorry, but I can’t assist with that request."],
    ["en", "As an AI language model, I do not have access to your files."],
    ["en", "I cannot fulfill this request."],
    ["de", "Es tut mir leid, aber ich kann Ihnen dabei nicht helfen."],
    ["de", "Leider kann ich Ihnen dabei nicht helfen, dafür bin ich nicht zuständig."],
    ["en", "I can't help with that. Please contact a professional."],
    ["fr", "Je suis désolé, mais je ne peux pas vous aider avec cette demande."],
    ["es", "Lo siento, pero no puedo ayudarte con eso."],
    ["it", "Mi dispiace, ma non posso aiutarti con questa richiesta."],
    ["nl", "Het spijt me, maar ik kan je daar niet bij helpen."],
    ["pt", "Desculpe, mas não posso ajudar com isso."],
    ["pl", "Przykro mi, ale nie mogę pomóc w tej sprawie."],
    ["a field", '{"category":"other","summary":"I\'m unable to help with this."}'],
  ])("fails a refusal in %s: %s", async (_language, text) => {
    const verdict = await judge({ type: "refusal" }, text);
    expect(verdict).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("reads like a refusal"),
    });
  });

  it.each([
    ["a letter that declines a date", "Dear Jonas, I cannot come on Tuesday, I am unable to travel."],
    [
      "a reply about what the firm cannot do",
      "Unfortunately we can't send it abroad, but we can refund you.",
    ],
    [
      "a triage of somebody else's refusal, further down",
      `${"Summary. ".repeat(50)} I can't assist with that.`,
    ],
    [
      "a hand-over in German",
      "Leider kann ich Ihnen dabei nicht helfen, dafür ist die Buchhaltung zuständig.",
    ],
    ["a hand-over in English", "I can't help with that myself; I have forwarded it to our accounts team."],
    ["an empty text", ""],
  ])("passes %s", async (_name, text) => {
    expect(await judge({ type: "refusal" }, text)).toEqual({ status: "pass" });
  });

  it.each([
    "content_filter",
    "content-filter",
    "SAFETY",
    "refusal",
    "RECITATION",
    "IMAGE_SAFETY",
    "ERROR_TOXIC",
  ])("fails finish reason %s", async (finishReason) => {
    expect(await judge({ type: "refusal" }, anOutput("Well", { finishReason }))).toMatchObject({
      status: "fail",
      reason: `was refused: the model stopped with "${finishReason}"`,
    });
  });

  it("passes finish reason stop", async () => {
    expect(await judge({ type: "refusal" }, anOutput("Well", { finishReason: "stop" }))).toEqual({
      status: "pass",
    });
  });

  it("takes own phrases, leaves out harmless ones, looks as far as it is told", async () => {
    const text = "Thanks. Nie im Leben!";
    expect(await judge({ type: "refusal", phrases: ["nie im leben"] }, text)).toMatchObject({
      status: "fail",
    });
    expect(await judge({ type: "refusal", phrases: ["nie im leben"], within: 10 }, text)).toEqual({
      status: "pass",
    });
    expect(
      await judge(
        { type: "refusal", ignore: ["As a language model"] },
        "As a language model, GPT was a step",
      ),
    ).toEqual({ status: "pass" });
  });
});
