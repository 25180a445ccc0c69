import { domainToASCII, domainToUnicode } from "node:url";
import { z } from "zod";
import { error, fail, pass } from "../../domain/verdict.js";
import { type FoundLink, hostNamed, linksIn, maxLinks } from "../../text/links.js";
import { mixesScripts, plainLook } from "../../text/look-alike.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";

const maxText = 1_000_000;

const hostSetting = z
  .string()
  .refine(
    (text) => domainToASCII(text) !== "" && !/[/:@\s]/.test(text),
    'expected a host such as "example.com"',
  );

/**
 * Every link leads where it may: plain, in Markdown and in HTML. A host that looks like another (IDN and punycode),
 * a link whose text names another host, and schemes that run code fail. Nothing is fetched: whether a page exists,
 * and where a short link or redirect ends, is not known here.
 */
export const links = defineCheckType({
  type: "links",
  group: "text",
  says: "links only where it may",
  example: {
    settings: { allow: ["example.com"] },
    good: "Track it at https://parcels.example.com/track/4711 or see [our terms](https://example.com/terms).",
    bad: "Track it at https://examp1e-parcels.net/track/4711.",
  },
  settings: z.strictObject({
    allow: z
      .array(hostSetting)
      .min(1)
      .max(1_000)
      .optional()
      .describe("Hosts that links may lead to, with their subdomains; default: any"),
    deny: z
      .array(hostSetting)
      .max(1_000)
      .default([])
      .describe("Hosts that links must not lead to, with their subdomains"),
    httpsOnly: z.boolean().default(true).describe("Refuses http and every other scheme than https"),
    schemes: z
      .array(z.string().regex(/^[a-z][a-z0-9+.-]*$/, 'expected a scheme such as "mailto"'))
      .default(["mailto", "tel"])
      .describe("Further schemes that are fine; they have no host to judge"),
    atLeast: z.int().min(0).default(0).describe("Least number of links"),
    atMost: z.int().min(0).optional().describe("Greatest number of links; 0: none may occur"),
  }),
  complaint: ({ atLeast, atMost }) =>
    atMost !== undefined && atMost < atLeast ? `atMost ${atMost} is below atLeast ${atLeast}` : null,
  prepare: ({ allow, deny, httpsOnly, schemes, atLeast, atMost }) => {
    const rules = {
      allow: allow?.map(ascii) ?? null,
      deny: deny.map(ascii),
      httpsOnly,
      schemes: new Set(schemes),
    };
    return ({ text }) => {
      if (text.length > maxText) {
        return error(`could not tell: ${text.length} characters, links are looked for in up to ${maxText}`);
      }
      const found = linksIn(text);
      for (const link of found) {
        const fault = faultOf(link, rules);
        if (fault === null) continue;
        return fail(`links to ${shown(link.written)} at character ${link.at + 1}, ${fault}`, {
          excerpt: text.slice(Math.max(0, link.at - 60), link.at + 120),
        });
      }
      if (found.length > maxLinks) {
        return error(
          `could not tell: there are more than ${maxLinks} links, which is more than are looked at`,
        );
      }
      const said = `has ${found.length} ${found.length === 1 ? "link" : "links"}`;
      if (found.length < atLeast) return fail(`${said}, expected at least ${atLeast}`);
      if (atMost !== undefined && found.length > atMost) return fail(`${said}, expected at most ${atMost}`);
      return pass({ reason: `${said}, each of which is allowed` });
    };
  },
});

interface Rules {
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
  readonly httpsOnly: boolean;
  readonly schemes: ReadonlySet<string>;
}

function faultOf(link: FoundLink, { allow, deny, httpsOnly, schemes }: Rules): string | null {
  const { scheme, host, shownHost } = link;
  if (schemes.has(scheme) && scheme !== "http") return null;
  if (scheme !== "https" && scheme !== "http") return `whose scheme "${shown(scheme)}" is not allowed`;
  if (link.broken || host === "") return "which is no address that can be opened";
  const inside = (one: string) => host === one || host.endsWith(`.${one}`);
  if (deny.some(inside)) return `whose host ${shown(host)} is forbidden`;
  if (allow === null || !allow.some(inside)) {
    const double =
      shownHost === plainLook(shownHost) ? undefined : allow?.find((one) => looksLike(shownHost, one));
    if (double !== undefined) return `whose host only looks like ${shown(double)} (it is ${shown(host)})`;
    if (allow !== null) return `whose host ${shown(host)} is not among ${quotedList(allow, "and")}`;
    if (mixesScripts(shownHost))
      return `whose host mixes look-alike letters of two alphabets (it is ${shown(host)})`;
  }
  const named = link.label === null ? null : hostNamed(link.label);
  if (named !== null && !related(named, host)) {
    return `but shows the address ${shown(link.label ?? "")}: it leads to ${shown(host)}`;
  }
  if (scheme === "http" && httpsOnly && !schemes.has("http")) return "expected https";
  return null;
}

function looksLike(seen: string, allowed: string): boolean {
  const [plain, wanted] = [plainLook(seen), plainLook(domainToUnicode(allowed))];
  return plain === wanted || plain.endsWith(`.${wanted}`);
}

function related(left: string, right: string): boolean {
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`);
}

function ascii(host: string): string {
  return domainToASCII(host.replace(/^\*\./, "").replace(/\.$/, ""));
}
