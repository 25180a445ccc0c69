/** Where a text that got out of its box would call. */
export const beacon = "https://beacon.example.com";

const texts: Readonly<Record<string, string>> = {
  script: `a refund <script>document.title = "taken"; fetch("${beacon}/script"); alert("script")</script>`,
  img: `a refund <img src="${beacon}/img" onerror="alert('img')"> <svg onload="alert('svg')"></svg>`,
  links: `a refund [press](javascript:alert(1)) <a href="javascript:alert('link')">press</a> ![x](${beacon}/md.png)`,
  style: `a refund </pre></main><style>body{background:url(${beacon}/css)}</style><iframe src="${beacon}/frame"></iframe><form action="${beacon}/form"><button>Press</button></form>`,
  bidi: "a refund \u202Egpj.exe\u2066 \u200F\u061C of \u2067forty\u2069 \u0007\u001b[31m",
  long: `a refund ${"a".repeat(100_000)}`,
  known: "Dear customer, it comes on Monday at the latest, and we are sorry for the wait.",
};

/** Outputs that try to be more than text, and one that is like a known answer. */
export const hostileOutputs = Object.entries(texts).map(([id, output]) => ({
  id,
  output,
  input: id === "known" ? "When does my parcel come?" : `Hello, ${output}`,
  link: id === "links" ? "javascript:alert('source')" : undefined,
}));

/** A key and a card number, which nobody may see again. */
export const secrets = ["sk-canary0000000000000000000000000000000000000000", "4111 1111 1111 1111"] as const;
