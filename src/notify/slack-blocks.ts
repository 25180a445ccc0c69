import { slackMemberId } from "../domain/person.js";

/** Slack's blocks as far as messages use them (docs.slack.dev, Block Kit reference). */

/** Text that Slack shows as it is. */
export type PlainText = { readonly type: "plain_text"; readonly text: string; readonly emoji: false };

/** Slack's markup; `verbatim` keeps it from making links and mentions of its own. */
export type Markup = { readonly type: "mrkdwn"; readonly text: string; readonly verbatim: true };

/** A run of text inside rich text: never parsed. */
export type RichText = {
  readonly type: "text";
  readonly text: string;
  readonly style: { readonly bold: boolean };
};

/** A line of rich text. */
export type RichSection = { readonly type: "rich_text_section"; readonly elements: readonly RichText[] };

/** Preformatted text: never parsed. */
export type RichPreformatted = {
  readonly type: "rich_text_preformatted";
  readonly elements: readonly { readonly type: "text"; readonly text: string }[];
};

/** A button that opens a page; it records nothing by itself. */
export type LinkButton = {
  readonly type: "button";
  readonly action_id: string;
  readonly url: string;
  readonly text: PlainText;
};

/** A button whose press is sent to us. */
export type PressButton = {
  readonly type: "button";
  readonly action_id: string;
  readonly style?: "primary";
  readonly text: PlainText;
};

/** A small menu: not pressed by a half-awake thumb. */
export type OverflowMenu = {
  readonly type: "overflow";
  readonly action_id: string;
  readonly options: readonly { readonly text: PlainText; readonly value: string }[];
};

/** What stands in a row of actions. */
export type SlackAction = LinkButton | PressButton | OverflowMenu;

/** The blocks messages are made of. */
export type SlackBlock =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "section"; readonly text: PlainText | Markup }
  | { readonly type: "actions"; readonly block_id: string; readonly elements: readonly SlackAction[] }
  | { readonly type: "rich_text"; readonly elements: readonly (RichSection | RichPreformatted)[] }
  | { readonly type: "context"; readonly elements: readonly PlainText[] };

/** Text shown as it is. */
export function plainText(text: string): PlainText {
  return { type: "plain_text", text, emoji: false };
}

/** A section with markup; what is not ours in it was escaped before. */
export function markupSection(lines: readonly string[]): SlackBlock {
  return { type: "section", text: { type: "mrkdwn", text: lines.join("\n"), verbatim: true } };
}

/** Slack's three control characters, made harmless; without them nothing links, pings or names a channel. */
export function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A mention built by us alone; a name where the id is not one of Slack's. */
export function mentionOf(name: string, slackId: string | null): string {
  return slackId !== null && slackMemberId.test(slackId) ? `<@${slackId}>` : escapeSlack(name);
}
