import type { Digest } from "../domain/digest.js";
import { excerpt } from "../text/excerpt.js";
import type { IncidentMessage, MessageExample } from "./message.js";
import { visible } from "./trim-text.js";

/** Longest text of a line that carries words from outside. */
const longestLine = 1_000;

/**
 * The message with every text made harmless for any channel: control and invisible characters
 * written out, one line each (excerpts keep theirs). What a channel's own markup gives meaning to
 * is the channel's to escape.
 */
export function visibleMessage(message: IncidentMessage): IncidentMessage {
  return {
    ...message,
    instance: line(message.instance),
    when: line(message.when),
    zone: line(message.zone),
    automation: message.automation && { ...message.automation, title: line(message.automation.title) },
    headline: line(message.headline),
    alert: line(message.alert),
    news: message.news && { line: line(message.news.line), details: lines(message.news.details) },
    state: message.state === null ? null : line(message.state),
    since: lines(message.since),
    howSure: lines(message.howSure),
    until: lines(message.until),
    byHand: message.byHand && { intro: line(message.byHand.intro), steps: lines(message.byHand.steps) },
    examples: message.examples.map(visibleExample),
    trend: message.trend && {
      title: line(message.trend.title),
      bars: message.trend.bars.map((bar) => ({ ...bar, label: line(bar.label), words: line(bar.words) })),
    },
    facts: lines(message.facts),
    smallPrint: line(message.smallPrint),
    mention: message.mention && { ...message.mention, name: line(message.mention.name) },
    commands: lines(message.commands),
    ...(message.digest === undefined ? {} : { digest: visibleDigest(message.digest) }),
  };
}

function visibleDigest(digest: Digest): Digest {
  return {
    ...digest,
    subject: line(digest.subject),
    headline: line(digest.headline),
    intro: lines(digest.intro),
    judging: digest.judging.map(({ title, question, outputs }) => ({
      title: line(title),
      question: line(question),
      outputs: outputs.map((output) => ({
        ...output,
        label: line(output.label),
        input: output.input === null ? null : visible(output.input).trimEnd(),
        text: visible(output.text).trimEnd(),
      })),
    })),
    lines: digest.lines.map((each) => ({
      ...each,
      title: line(each.title),
      reason: line(each.reason),
      quality: each.quality === null ? null : line(each.quality),
      trend: each.trend && { ...each.trend, words: line(each.trend.words) },
    })),
    sections: digest.sections.map((each) => ({ ...each, title: line(each.title), lines: lines(each.lines) })),
    close: line(digest.close),
  };
}

function visibleExample(example: MessageExample): MessageExample {
  return {
    ...example,
    label: line(example.label),
    id: line(example.id),
    when: line(example.when),
    reason: line(example.reason),
    excerpt: visible(example.excerpt).trimEnd(),
  };
}

function line(text: string): string {
  return excerpt(text, longestLine);
}

function lines(texts: readonly string[]): readonly string[] {
  return texts.map(line);
}
