import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { isTimeZone, timeZoneNames } from "../schedule/time-zone.js";
import { meantHint, nearest } from "../text/nearest.js";
import type { InitAnswers } from "./init-config.js";
import { type AutomationKind, automationKinds } from "./init-kinds.js";
import type { Terminal } from "./terminal.js";

/** What was typed behind `evenkeel init`. */
export interface InitOptions {
  readonly kind?: readonly string[];
  readonly name?: string;
  readonly owner?: string;
  readonly email?: string;
  readonly timeZone?: string;
  readonly yes?: boolean;
}

/** Asks for whatever was not typed; where nobody can be asked, names the options that are missing. */
export async function initAnswers(terminal: Terminal, options: InitOptions): Promise<InitAnswers> {
  const asks = terminal.ask !== null && options.yes !== true;
  const missing = [
    ...(options.kind === undefined ? ["--kind"] : []),
    ...(options.owner === undefined ? ["--owner"] : []),
  ];
  if (!asks && missing.length > 0)
    throw new KnownError(
      "usage",
      `nobody can be asked here, so ${missing.join(" and ")} must be given, such as:\nevenkeel init --kind support-triage --owner "Tom Ashby" --email tom.ashby@example.com\nkinds: ${kindNames().join(", ")}`,
    );
  const given = (value: string | undefined, question: string, usual: string, check: (text: string) => void) =>
    answer({ terminal: asks ? terminal : null, value, question, usual, check });
  if (asks && options.kind === undefined)
    for (const [index, { title, does }] of automationKinds.entries())
      terminal.err(`  ${index + 1}  ${title}: ${does}`);
  const kinds = await given(
    options.kind?.join(","),
    "Which automations run? Numbers or names, with commas between",
    "",
    kindsOf,
  );
  const name = await given(options.name, "Name of the business", "Our business", needed("--name"));
  const owner = await given(
    options.owner,
    "Who looks after them (first and last name)",
    "",
    needed("--owner"),
  );
  const email = await given(options.email, "Their e-mail address (empty: later)", "", checkEmail);
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timeZone = await given(options.timeZone, "Time zone", here, checkTimeZone);
  return { kinds: kindsOf(kinds), name, owner, email: email === "" ? null : email, timeZone };
}

interface Question {
  /** null: nobody can be asked. */
  readonly terminal: Terminal | null;
  readonly value: string | undefined;
  readonly question: string;
  readonly usual: string;
  /** Throws KnownError where the answer cannot be. */
  readonly check: (text: string) => void;
}

/** What was typed as an option, or the first answer that can be; a wrong option is not asked again. */
async function answer({ terminal, value, question, usual, check }: Question): Promise<string> {
  if (value !== undefined || terminal?.ask == null) {
    const text = (value ?? usual).trim();
    check(text);
    return text;
  }
  for (;;) {
    const typed = await terminal.ask(usual === "" ? `${question}: ` : `${question} [${usual}]: `);
    if (typed === null) throw new KnownError("usage", "no answer; nothing was written");
    const text = typed.trim() === "" ? usual : typed.trim();
    try {
      check(text);
      return text;
    } catch (thrown) {
      if (!(thrown instanceof KnownError)) throw thrown;
      terminal.err(thrown.message);
    }
  }
}

function kindNames(): readonly string[] {
  return automationKinds.map(({ id }) => id);
}

function kindsOf(text: string): readonly AutomationKind[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) throw new KnownError("usage", "expected one kind at least");
  return [...new Set(words.map(kindOf))];
}

function kindOf(word: string): AutomationKind {
  const found = automationKinds.find(({ id }, index) => id === word || String(index + 1) === word);
  if (found !== undefined) return found;
  const hint = meantHint(word, kindNames(), "there are");
  throw new KnownError("usage", `--kind ${word}: no such kind; ${hint}`);
}

function needed(option: string): (text: string) => void {
  return (text) => {
    if (text === "") throw new KnownError("usage", `${option}: expected a name`);
  };
}

function checkEmail(text: string): void {
  if (text !== "" && !z.email().safeParse(text).success)
    throw new KnownError("usage", `--email ${text}: expected an address such as tom.ashby@example.com`);
}

function checkTimeZone(text: string): void {
  if (isTimeZone(text)) return;
  const near = nearest(text, timeZoneNames()) ?? "Europe/Vienna";
  throw new KnownError("usage", `--time-zone ${text}: no such time zone; did you mean "${near}"?`);
}
