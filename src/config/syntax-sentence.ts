import { excerpt } from "../text/excerpt.js";

/** What a fault of the YAML parser means to someone who writes JSON or YAML by hand; `rest` is the text from there on. */
export function syntaxSentence(code: string, message: string, rest: string): string {
  const here = excerpt(rest.split(/\r?\n/, 1)[0] ?? "", 30);
  switch (code) {
    case "TAB_AS_INDENT":
      return "a tab begins this line, expected spaces";
    case "DUPLICATE_KEY":
      return `${excerpt(rest.split(":", 1)[0] ?? "", 30)}: this name stands here a second time`;
    case "MULTIPLE_DOCS":
      return 'a second document begins here ("---"), expected the end of the file';
    case "MISSING_CHAR":
    case "BAD_INDENT":
      return notClosed(message);
    case "BLOCK_IN_FLOW":
    case "MULTILINE_IMPLICIT_KEY":
      return `${here}: a comma is missing after this value`;
    case "BLOCK_AS_IMPLICIT_KEY":
      return `${here}: a second ": " in one line; put text that holds a colon in quotes`;
    case "UNEXPECTED_TOKEN":
      return `${here}: not expected here; something before it is closed too early or not at all`;
    default:
      return here === "" ? message : `${here}: ${message}`;
  }
}

function notClosed(message: string): string {
  if (message.includes("Missing ,")) return "a comma is missing before this";
  if (message.includes("quote")) return "a text in quotes is not closed";
  if (message.includes("}")) return "an object { ... } is not closed, expected }";
  if (message.includes("]")) return "a list [ ... ] is not closed, expected ]";
  return message;
}
