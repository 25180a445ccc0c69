import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { shown } from "../../text/shown.js";
import type { Sighting } from "./sighting.js";

/** Addresses that a page or mail program loads by itself; of one without a scheme (`//host/x`) it takes the page's. */
const loaded = [
  /!\[[^\]\n]{0,300}\]\(\s{0,3}<?((?:https?:)?[\\/]{2}[^\s)>]{1,4000})/gi,
  /<(?:img|iframe|script|embed|source|video|audio|link|object|input|body|table|td)\b[^>]{0,1000}?\b(?:src|srcset|href|data|poster|background)\s{0,3}=\s{0,3}["']?((?:https?:)?[\\/]{2}[^\s"'>]{1,4000})/gi,
  /\burl\(\s{0,3}["']?((?:https?:)?[\\/]{2}[^\s"')]{1,4000})/gi,
];
/** Addresses that someone is asked to open. */
const linked = [
  /(?<!!)\[[^\]\n]{0,300}\]\(\s{0,3}<?((?:https?:)?[\\/]{2}[^\s)>]{1,4000})/gi,
  /^[ \t]{0,3}\[[^\]\n]{1,100}\]:[ \t]{0,5}<?((?:https?:)?[\\/]{2}[^\s>]{1,4000})/gim,
  /<a\b[^>]{0,500}?\bhref\s{0,3}=\s{0,3}["']?((?:https?:)?[\\/]{2}[^\s"'>]{1,4000})/gi,
];

/** Names of parameters by which data is carried off. */
const telling =
  /^(?:cookie|token|secret|pass(?:word)?|session|api_?key|prompt|chat|conversation|history|context|body|payload|exfil)$/i;

/** Looks for images and links that carry data to hosts other than one's own; `ownHosts` as people write them. */
export function findBeacons(text: string, ownHosts: readonly string[]): readonly Sighting[] {
  if (!/[\\/]{2}/.test(text)) return [];
  const allowedHosts = ownHosts.map((host) => domainToASCII(host) || host.toLowerCase());
  const found = [
    ...matches(text, loaded).filter(
      ({ url }) => isForeign(url, allowedHosts) && (carries(url) || hasQuery(url)),
    ),
    ...matches(text, linked).filter(({ url }) => isForeign(url, allowedHosts) && carries(url)),
  ];
  return found
    .sort((left, right) => left.start - right.start)
    .map(({ start, end, url, picture }) => ({
      start,
      end,
      kind: "beacon",
      says: `${picture ? "something loaded from" : "a link that carries data to"} the foreign host ${shown(url.hostname, 60)}`,
    }));
}

function matches(text: string, patterns: readonly RegExp[]) {
  return patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern)).flatMap(({ index, 0: found, 1: address = "" }) => {
      const plain = address.replace(/&amp;/g, "&");
      const written = /^[\\/]/.test(plain) ? `https:${plain}` : plain;
      if (!URL.canParse(written)) return [];
      return [
        { start: index, end: index + found.length, url: new URL(written), picture: patterns === loaded },
      ];
    }),
  );
}

function isForeign({ hostname }: URL, allowedHosts: readonly string[]): boolean {
  return !allowedHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

function hasQuery(url: URL): boolean {
  return [...url.searchParams].some(([, value]) => value.length > 1);
}

/** The address holds more than a place: sentences, encoded data, a telling name, or leads to a bare number. */
function carries(url: URL): boolean {
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0 && hasQuery(url)) return true;
  const values = [...url.searchParams];
  if (values.some(([name, value]) => telling.test(name) && value.length > 2)) return true;
  if (values.some(([, value]) => /\S\s\S/.test(value) || isData(value))) return true;
  return (
    url.pathname.split("/").some((part) => isData(part.replace(/\.\w{1,5}$/, ""))) ||
    isData(url.hostname.split(".")[0] ?? "")
  );
}

/** Long, and mixed as base64 or hexadecimal is and as words are not. */
function isData(part: string): boolean {
  if (part.length < 24) return false;
  const mixed =
    /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part) && !/[-_.]{1}[a-z]{3,}/.test(part);
  return mixed || /^[0-9a-f]{40,}$/i.test(part);
}
