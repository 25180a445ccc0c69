import { z } from "zod";

const said = z.looseObject({ text: z.string() });
const element = z.looseObject({
  text: z.union([z.string(), said]).optional(),
  action_id: z.string().optional(),
  options: z.array(z.looseObject({ text: said })).optional(),
  elements: z.array(said).optional(),
  type: z.string().optional(),
});
const block = z.looseObject({
  type: z.string(),
  text: said.optional(),
  elements: z.array(element).optional(),
});
const payload = z.looseObject({ blocks: z.array(block) });

/** A Slack message as a person sees it, in plain text: bold as it is written, buttons in brackets. */
export function slackAsText(rendered: unknown): string {
  return payload.parse(rendered).blocks.map(blockAsText).join("\n\n");
}

function blockAsText({ type, text, elements = [] }: z.infer<typeof block>): string {
  if (type === "header") return `# ${text?.text}`;
  if (type === "section") return text?.text ?? "";
  if (type === "actions") return elements.map(buttonAsText).join(" ");
  if (type === "rich_text") return elements.map(richAsText).join("\n");
  return elements.map(labelOf).join(" · ");
}

function buttonAsText(button: z.infer<typeof element>): string {
  const { options } = button;
  if (options === undefined) return `[${labelOf(button)}]`;
  return `[… ${options.map((each) => each.text.text).join(" | ")}]`;
}

function richAsText({ type, elements = [] }: z.infer<typeof element>): string {
  const text = elements.map((each) => each.text).join("");
  return type === "rich_text_preformatted" ? `    ${text}` : text;
}

function labelOf({ text }: z.infer<typeof element>): string {
  return typeof text === "string" ? text : (text?.text ?? "");
}
