import { compilePattern } from "../../text/pattern.js";

/** Which values may be shown. */
export interface AllowSettings {
  readonly allow: readonly string[];
  readonly allowDomains: readonly string[];
  readonly allowPatterns: readonly string[];
}

/** A question about one found value: may it be shown? */
export function allowing({ allow, allowDomains, allowPatterns }: AllowSettings): (value: string) => boolean {
  const values = new Set(allow.map(bare));
  const domains = allowDomains.map((domain) => domain.toLowerCase().replace(/^\.+/, ""));
  const patterns = allowPatterns.map((pattern) => compilePattern(pattern));
  return (value) => {
    if (values.has(bare(value))) return true;
    const host = /(?:@|%40)(.+)$/.exec(value.toLowerCase())?.[1];
    if (host !== undefined && domains.some((domain) => host === domain || host.endsWith(`.${domain}`)))
      return true;
    return patterns.some((pattern) => pattern.test(value));
  };
}

function bare(value: string): string {
  return value
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s()./-]/g, "");
}
