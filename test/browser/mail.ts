import type { SmtpStub } from "../notify/smtp-stub.js";

/** A mail as its reader's program sees it. */
export interface Mail {
  readonly subject: string;
  readonly html: string;
  readonly isDigest: boolean;
}

/** The mails that a server took, their HTML part decoded. */
export function mailsOf(smtp: SmtpStub): readonly Mail[] {
  return smtp.taken.map(({ raw }) => ({
    subject: /^subject: (.*)$/im.exec(raw)?.[1]?.trim() ?? "",
    html: htmlPart(raw),
    isDigest: /^list-unsubscribe:/im.test(raw),
  }));
}

/** Addresses that a mail leads to, as a scanner finds them. */
export function linksIn(html: string): readonly string[] {
  return [...html.matchAll(/href="(https?:[^"]+)"/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
}

function htmlPart(raw: string): string {
  const at = raw.search(/^content-type: text\/html/im);
  if (at < 0) throw new Error("the mail has no HTML part");
  const [head = "", ...rest] = raw.slice(at).split("\r\n\r\n");
  const body = (rest.join("\r\n\r\n").split(/\r\n--/)[0] ?? "").replace(/^\.\./gm, ".");
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase() ?? "7bit";
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
