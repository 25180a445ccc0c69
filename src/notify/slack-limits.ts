/**
 * Limits of one Slack message, all below Slack's own (50 blocks, 3,000 characters a section, 150 a
 * header, 75 a button; the whole fails near 13,200, undocumented: slackapi/bolt-js#2509). Nobody
 * checks blocks before Slack does, and Slack then drops the message.
 */
import type { SlackAction, SlackBlock } from "./slack-blocks.js";

/** Ours, from design/slack.md. */
export const slackLimits = {
  header: 150,
  section: 2_900,
  excerpt: 400,
  excerptLines: 6,
  context: 2_000,
  button: 30,
  url: 3_000,
  blockId: 255,
  actionId: 255,
  actions: 5,
  options: 5,
  optionValue: 75,
  blocks: 12,
  message: 9_000,
} as const;

type Limits = { readonly [Name in keyof typeof slackLimits]: number };

/** A digest quotes outputs to be judged: longer, and each with its buttons. */
export const digestLimits: Limits = { ...slackLimits, excerpt: 800, excerptLines: 12, blocks: 24 };

/** What is over a limit, each with the block, the figure and the limit; empty: it may be sent. */
export function slackFaults(blocks: readonly SlackBlock[], limits: Limits = slackLimits): string[] {
  const total = JSON.stringify(blocks).length;
  return [
    ...over("blocks", blocks.length, limits.blocks),
    ...over("characters in all", total, limits.message),
    ...blocks.flatMap((block, index) =>
      blockFaults(block, limits).map((fault) => `blocks[${index}] ${fault}`),
    ),
  ];
}

function blockFaults(block: SlackBlock, limits: Limits): string[] {
  switch (block.type) {
    case "header":
      return length("header", block.text.text, slackLimits.header);
    case "section":
      return length("section", block.text.text, slackLimits.section);
    case "context":
      return block.elements.flatMap(({ text }) => length("context", text, slackLimits.context));
    case "actions":
      return [
        ...length("block_id", block.block_id, slackLimits.blockId),
        ...over("actions", block.elements.length, slackLimits.actions),
        ...block.elements.flatMap(actionFaults),
      ];
    case "rich_text":
      return block.elements.flatMap((element) =>
        element.type === "rich_text_preformatted"
          ? element.elements.flatMap(({ text }) => excerptFaults(text, limits))
          : element.elements.flatMap(({ text }) => length("line", text, slackLimits.section)),
      );
  }
}

function actionFaults(action: SlackAction): string[] {
  const id = length("action_id", action.action_id, slackLimits.actionId);
  if (action.type === "overflow")
    return [
      ...id,
      ...(action.options.length === 0 ? ["menu is empty"] : []),
      ...over("options", action.options.length, slackLimits.options),
      ...action.options.flatMap(({ text, value }) => [
        ...length("option", text.text, slackLimits.button),
        ...length("option value", value, slackLimits.optionValue),
      ]),
    ];
  return [
    ...id,
    ...length("button", action.text.text, slackLimits.button),
    ...("url" in action ? length("url", action.url, slackLimits.url) : []),
  ];
}

function excerptFaults(text: string, limits: Limits): string[] {
  return [
    ...length("excerpt", text, limits.excerpt),
    ...over("excerpt lines", text.split("\n").length, limits.excerptLines),
  ];
}

function length(what: string, text: string, limit: number): string[] {
  return text === "" ? [`${what} is empty`] : over(what, text.length, limit);
}

function over(what: string, found: number, limit: number): string[] {
  return found > limit ? [`${what}: ${found}, at most ${limit}`] : [];
}
