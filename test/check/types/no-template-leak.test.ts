import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

describe("no-template-leak", () => {
  it.each([
    ["Dear {{ customer.name }},", 'contains "{{ customer.name }}", a leftover (mustache)'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the leftover itself
    ["Total: ${total} EUR", 'contains "${total}", a leftover (template-literal)'],
    ["<%= name %>", 'contains "<%= name %>", a leftover (template-tag)'],
    ["Hello {first_name}!", 'contains "{first_name}", a leftover (single-brace)'],
    ["Regards, [Your Name]", 'contains "[Your Name]", a leftover (fill-in)'],
    ["from [object Object]", 'contains "[object Object]", a leftover (object-as-text)'],
    ["Dear undefined, thanks", 'contains "Dear undefined", a leftover (missing-value)'],
    ["It costs NaN EUR", 'contains "NaN EUR", a leftover (missing-value)'],
    ["Sure.<|im_end|>", 'contains "<|im_end|>", a leftover (chat-token)'],
    ["Sure.<end_of_turn>", 'contains "<end_of_turn>", a leftover (chat-token)'],
    ["Sure.</system-prompt>", 'contains "</system-prompt>", a leftover (chat-token)'],
    ["</developer_instructions>ok", 'contains "</developer_instructions>", a leftover (chat-token)'],
    ["#### System message: be brief", 'contains "#### System message:", a leftover (prompt-fragment)'],
    ["You are a helpful assistant.", 'contains "You are a helpful assistant", a leftover (prompt-fragment)'],
    ['{"to":"undefined","n":1}', 'contains "undefined", a leftover (missing-value)'],
  ])("fails %s", async (text, reason) => {
    expect(await judge({ type: "no-template-leak" }, text)).toMatchObject({ status: "fail", reason });
  });

  it.each([
    ["ordinary text", "Dear Ms Huber, your order 4711 has left."],
    ["nested JSON", '{"a":{"b":{}},"c":[{"d":{}}]}'],
    ["a Markdown link", "See [your invoice](https://example.com/i)."],
    ["the word undefined in a sentence", "The behaviour is undefined here."],
    ["LaTeX", "\\frac{a}{b}"],
  ])("passes %s", async (_name, text) => {
    expect(await judge({ type: "no-template-leak" }, text)).toEqual({ status: "pass" });
  });

  it("leaves ignored kinds alone and looks for fragments of the own prompt", async () => {
    expect(await judge({ type: "no-template-leak", ignore: ["single-brace"] }, "f = {x}")).toEqual({
      status: "pass",
    });
    expect(
      await judge(
        { type: "no-template-leak", promptFragments: ["Never mention Globex"] },
        "never mention globex!",
      ),
    ).toMatchObject({ status: "fail", reason: 'contains "never mention globex" of the prompt' });
    for (const text of ["Never  mention\nGlobex", "Never mentіon\u00a0Gl\u200bobex"])
      expect(
        await judge({ type: "no-template-leak", promptFragments: ["Never mention Globex"] }, text),
      ).toMatchObject({ status: "fail", reason: 'contains "never mention globex" of the prompt' });
  });

  it("stays linear on 100,000 hostile characters", async () => {
    const before = performance.now();
    for (const part of [
      "{",
      "{{",
      "${",
      "<%",
      "[",
      "[your ",
      "<",
      "<|",
      "dear ",
      "%(",
      "### ",
      "you are an ",
    ]) {
      await judge({ type: "no-template-leak" }, `x${part.repeat(100_000 / part.length)}`);
    }
    expect(performance.now() - before).toBeLessThan(4_000);
  });
});
