/** A text as it may stand in what was made of it: as it is, in JSON, in HTML, in Slack's markup, and JSON of those. */
export function escapedForms(text: string): readonly string[] {
  const slack = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const html = slack.replaceAll('"', "&quot;");
  const shapes = [text, slack, html, html.replaceAll("'", "&#39;"), html.replaceAll("'", "&#x27;")];
  return [...new Set([...shapes, ...shapes.map((each) => JSON.stringify(each).slice(1, -1))])];
}
