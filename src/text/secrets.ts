import { replaceSpans, type Span, spansBehind, spansOf } from "./span.js";

/** Not in the middle of a word. */
const start = "(?<![A-Za-z0-9])";

/** Keys and tokens that carry their maker's mark: how each begins, and what follows. */
const marked: readonly (readonly [beginnings: readonly string[], rest: string])[] = [
  [["ek_"], "[A-Za-z0-9_-]{8,}"], // Evenkeel's own tokens
  [["sk-"], "[A-Za-z0-9_-]{16,}"], // OpenAI, Anthropic, OpenRouter
  [["rk_live_", "rk_test_", "sk_live_", "sk_test_", "pk_live_", "pk_test_"], "[A-Za-z0-9]{10,}"], // Stripe
  [["xoxe.xox"], "[a-z]-[A-Za-z0-9-]{10,}"], // Slack
  [["xox"], "[a-z]-[A-Za-z0-9-]{10,}"],
  [["xapp-"], "[A-Za-z0-9-]{10,}"],
  [["AKIA", "ASIA", "AGPA", "AIDA", "AROA"], "[A-Z0-9]{16}"], // AWS
  [["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "[A-Za-z0-9]{20,}"], // GitHub
  [["github_pat_"], "[A-Za-z0-9_]{20,}"],
  [["glpat-"], "[A-Za-z0-9_-]{16,}"], // GitLab
  [["AIza"], "[A-Za-z0-9_-]{30,}"], // Google
  [["ya29."], "[A-Za-z0-9_-]{20,}"],
  [["SG."], "[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"], // SendGrid
  [["npm_"], "[A-Za-z0-9]{30,}"],
  [["hf_"], "[A-Za-z0-9]{30,}"], // Hugging Face
  [["shpat_", "shpca_", "shppa_", "shpss_"], "[A-Za-z0-9]{32,}"], // Shopify
  [["whsec_"], "[A-Za-z0-9+/=]{16,}"],
  [["eyJ"], "[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}(?:\\.[A-Za-z0-9_-]*)?"], // JSON Web Tokens
];

const beginnings = marked.flatMap(([begins]) => begins);
const alternatives = marked.map(([begins, rest]) => `(?:${begins.map(literal).join("|")})${rest}`);
const keys = new RegExp(`${start}(?:${alternatives.join("|")})`, "g");

function literal(text: string): string {
  return text.replace(/[.]/g, "\\.");
}

const slackHooks = /https:\/\/hooks\.slack\.com\/[A-Za-z0-9/_-]{10,}/gi;
const pemBlocks = /-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g;
const urlPasswords = /(?<=:\/\/)[^\s/:@"'<>]{1,100}:[^\s/@"'<>]{1,200}(?=@)/g;
const headers =
  /((?:authorization|x-api-key|api-key)["']?\s{0,5}[:=]\s{0,5}["']?)((?:bearer|basic|token|digest|apikey)\s{1,5}[^\s"',;]+|[^\s"',;]{16,})/gi;
const bearers = /(?<![A-Za-z0-9])(bearer\s{1,5})[A-Za-z0-9._~+/=-]{16,}/gi;

/** Keys without a mark of their own, told by the name in front: AWS secret keys, Azure account and bus keys. */
const namedKeys =
  /((?:aws_?)?secret_?access_?key["']?\s{0,3}[:=]\s{0,3}["']?|(?:account|sharedaccess)key=)[A-Za-z0-9/+]{40,100}={0,2}/gi;

/** What kind of secret a piece of text is. */
export type SecretKind =
  | "private key"
  | "password in an address"
  | "Slack hook"
  | "credential header"
  | "access key";

/** Where keys, tokens, passwords in addresses, Authorization headers and PEM blocks stand. */
export function findSecrets(text: string): readonly (Span & { readonly kind: SecretKind })[] {
  const of = (kind: SecretKind, spans: readonly Span[]) => spans.map((span) => ({ ...span, kind }));
  // looking for their beginnings takes a tenth of the time, and most texts have none
  const hasKey = beginnings.some((begins) => text.includes(begins));
  const hasLink = text.includes("://");
  const lower = text.toLowerCase();
  const hasHeader = lower.includes("authorization") || lower.includes("api-key");
  const hasNamedKey = lower.includes("key=") || lower.includes("secret");
  return [
    ...of("private key", text.includes("-----BEGIN ") ? spansOf(text, pemBlocks) : []),
    ...of("password in an address", hasLink ? spansOf(text, urlPasswords) : []),
    ...of("Slack hook", hasLink ? spansOf(text, slackHooks) : []),
    ...of("credential header", [
      ...(hasHeader ? spansBehind(text, headers) : []),
      ...(lower.includes("bearer") ? spansBehind(text, bearers) : []),
    ]),
    ...of("access key", [
      ...(hasKey ? spansOf(text, keys) : []),
      ...(hasNamedKey ? spansBehind(text, namedKeys) : []),
    ]),
  ];
}

/** Replaces them. */
export function replaceSecrets(text: string, replacement: string): string {
  return replaceSpans(text, findSecrets(text), replacement);
}
