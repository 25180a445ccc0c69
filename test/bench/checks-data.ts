/** The outputs of `checks.ts`: replies of a support assistant with a known-good reply each, the same at every run. */

/** One record of the file that the source reads. */
export interface Reply {
  readonly id: string;
  readonly at: string;
  readonly output: string;
  readonly reference: string;
  readonly latencyMs: number;
}

const openings = [
  "Thank you for writing to us about your parcel.",
  "We are sorry that the delivery did not arrive as promised.",
  "Thank you for your patience while we looked into this.",
];
const middles = [
  "Our warehouse packed the goods on Monday and handed them to the carrier the same evening",
  "The carrier reports that the van broke down and that the load was moved to another depot",
  "The invoice was corrected and the new one is attached to this message for your records",
  "Two of the three items are on their way and the last one follows as soon as it is in stock",
  "We have asked the supplier for a date and will write to you again when we know more",
  "The discount of your contract was applied and the amount due is lower than on the first bill",
  "A colleague from the service team will call you tomorrow between nine and twelve",
];
const remedies = ["a refund", "a replacement", "a voucher"];
const closings = ["Kind regards, your support team", "With best wishes, the service desk"];

/** Mulberry32: a small generator whose whole state is its seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** So many replies within one day, some of them wrong in each way that a check looks for. */
export function repliesOf(count: number, seed: number, from: number): readonly Reply[] {
  const next = mulberry32(seed);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? "";
  const happens = (share: number) => next() < share;
  // about 600 characters with the fields around it
  const reply = () => {
    const sentences = Array.from({ length: happens(0.5) ? 5 : 4 }, () => pick(middles)).map(
      (said) => `${said}.`,
    );
    const remedy = happens(0.96) ? `You can have ${pick(remedies)} if you prefer.` : "";
    const promise = happens(0.02) ? "We guarantee it." : "";
    return [pick(openings), ...sentences, remedy, promise, pick(closings)].filter(Boolean).join(" ");
  };
  return Array.from({ length: count }, (_, index) => {
    const order = `HL-${String(100_000 + Math.floor(next() * 900_000))}`;
    const known = { category: pick(["delivery", "billing"]), order, amount: Math.round(next() * 1e5) / 100 };
    const said = reply();
    const answered = happens(0.97) ? said : reply();
    const output = {
      ...known,
      order: happens(0.98) ? order : "unknown",
      amount: happens(0.98) ? known.amount : String(known.amount),
      reply: happens(0.02)
        ? `As an AI, I cannot see your order. ${answered}`
        : answered.replace("you ", "you also "),
    };
    return {
      id: `reply-${index}`,
      at: new Date(from + index * 40_000).toISOString(),
      output: JSON.stringify(output),
      reference: JSON.stringify({ ...known, reply: said }),
      latencyMs: Math.round(400 + next() * 4_000),
    };
  });
}
