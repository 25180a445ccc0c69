import { domainToUnicode } from "node:url";

/** A link as a text has it. */
export interface FoundLink {
  /** As written, entities of HTML read. */
  readonly written: string;
  /** Index where its address begins. */
  readonly at: number;
  /** What people see instead of the address, where the link has a text of its own. */
  readonly label: string | null;
  /** Lower-case, without colon: `https`, `javascript`. */
  readonly scheme: string;
  /** In ASCII (punycode) and as people see it; both empty where the scheme has none. */
  readonly host: string;
  readonly shownHost: string;
  /** True where the address cannot be read. */
  readonly broken: boolean;
}

/** More links than anyone writes: of the rest only one is given back, which tells that there are more. */
export const maxLinks = 5_000;

/** Each looks for a fixed beginning and a bounded rest, so that the native engine stays linear. */
const bare =
  /(?<![\p{L}\p{N}])(?:[a-z][a-z0-9+-]{1,20}:\/\/|javascript:|vbscript:|data:[a-z]{2,12}\/|www\.)[^\s<>"'`()[\]{}\\]{1,2000}/giu;
const markdown = /\[([^[\]\n]{0,300})\]\(\s{0,3}<?([^\s<>()]{1,2000})/gu;
const reference = /^ {0,3}\[[^[\]\n]{1,300}\]:[ \t]{0,3}<?([^\s<>]{1,2000})/gmu;
const attribute =
  /\s(?:href|src|action|formaction|poster|background)\s{0,5}=\s{0,5}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))/giu;
const anchor = /^[^<>]{0,500}>([^<>]{1,300})<\/a\s{0,5}>/iu;

/** The links of a text: plain, in Markdown and in HTML, each place once; addresses within a page are left out. */
export function linksIn(text: string): readonly FoundLink[] {
  const found = new Map<number, FoundLink>();
  const add = (written: string, at: number, label: string | null) => {
    if (found.has(at) || found.size > maxLinks) return;
    const link = linkOf(withoutEntities(written), at, label);
    if (link !== null) found.set(at, link);
  };
  for (const one of text.matchAll(markdown)) {
    const target = one[2] ?? "";
    add(target, one.index + one[0].length - target.length, one[1] ?? null);
  }
  for (const one of text.matchAll(reference))
    add(one[1] ?? "", one.index + one[0].length - (one[1] ?? "").length, null);
  for (const one of text.matchAll(attribute)) {
    const target = one[1] ?? one[2] ?? one[3] ?? "";
    const at = one.index + one[0].lastIndexOf(target);
    const rest = text.slice(one.index + one[0].length, one.index + one[0].length + 900);
    add(target, at, anchor.exec(rest)?.[1] ?? null);
  }
  for (const one of text.matchAll(bare)) add(one[0].replace(/[.,;:!?*_]{1,10}$/, ""), one.index, null);
  return [...found.values()].sort((left, right) => left.at - right.at);
}

/** The host that a text names as an address or bare domain, in ASCII; null: it names none. */
export function hostNamed(text: string): string | null {
  const plain = text.trim();
  if (
    /\s/.test(plain) ||
    !/^(?:https?:\/\/)?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}(?:[/?#:].*)?$/iu.test(plain)
  ) {
    return null;
  }
  const address = /^https?:/i.test(plain) ? plain : `https://${plain}`;
  return URL.canParse(address) ? new URL(address).hostname : null;
}

function linkOf(written: string, at: number, label: string | null): FoundLink | null {
  // as WHATWG URL has it: tabs and line breaks inside an address do not count
  const plain = written.replace(/[\t\r\n]/g, "").trim();
  const address = /^www\./i.test(plain)
    ? `https://${plain}`
    : plain.startsWith("//")
      ? `https:${plain}`
      : plain;
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  const nothing = { written, at, label, scheme, host: "", shownHost: "" };
  if (!URL.canParse(address)) return { ...nothing, broken: true };
  const host = new URL(address).hostname.toLowerCase().replace(/\.$/, "");
  return { ...nothing, host, shownHost: domainToUnicode(host) || host, broken: false };
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  colon: ":",
  sol: "/",
  period: ".",
  tab: "",
  newline: "",
};

/** Character references that could hide a scheme or host. */
function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi,
    (all: string, hex?: string, dec?: string, name?: string) => {
      if (name !== undefined)
        return (
          (Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()] : undefined) ?? all
        );
      const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
