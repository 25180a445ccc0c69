import { dayMs } from "../../src/domain/time.js";
import { deliverDue } from "../../src/flow/deliver.js";
import type { ReadyChannel, Register } from "../../src/flow/ground.js";
import { readHistory } from "../../src/flow/read-history.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import type { DigestReader } from "../../src/report/digest-settings.js";
import { benchGround, draft, hour, monday, options, person, recordingChannel } from "./bench-ground.js";

/** The owner, who reads and judges on Mondays at eight. */
export const owner: DigestReader = {
  person: "Marta Quill",
  automations: ["invoices"],
  judges: ["invoices"],
  weekday: 0,
  minute: 480,
  channel: null,
};

/** One automation whose owner has read the digest since the Monday before `monday`, at ten. */
export function digestBench(
  given: {
    readonly register?: Partial<Register>;
    readonly timeZone?: string;
    readonly readers?: readonly DigestReader[];
  } = {},
) {
  const mail = recordingChannel("mail", { type: "email" });
  const mailbox = { full: false };
  const ready: ReadyChannel = {
    ...mail.ready,
    channel: {
      ...mail.ready.channel,
      send: async (payload, context) =>
        mailbox.full && JSON.stringify(payload).includes('"digest"')
          ? { status: "retry", reason: "mailbox full", afterMs: null }
          : mail.ready.channel.send(payload, context),
    },
  };
  const bench = benchGround({ size: "all", channels: [ready] });
  const ines = { ...person, name: "Ines Calder", email: "ines.calder@example.com" };
  const register: Register = {
    ...bench.ground.register,
    aiOwner: ines,
    people: new Map([
      ["Marta Quill", { ...person, timeZone: given.timeZone ?? "UTC" }],
      ["Ines Calder", ines],
    ]),
    digest: given.readers ?? [owner],
    ...given.register,
  };
  let draws = 0;
  const random = { ...bench.ground.random, next: () => (draws++ * 0.37) % 1 };
  const ground = { ...bench.ground, register, random };
  const begin = monday - 7 * dayMs + 10 * hour;
  bench.clock.set(begin);
  oweDigests(ground);
  const digests = () => mail.messages.filter(({ kind }) => kind === "digest");
  return {
    ...bench,
    ground,
    mail,
    ready,
    mailbox,
    digests,
    /** Outputs of the week before `monday`, looked at. */
    receive: async (count = 100) => {
      for (let index = 0; index < count; index += 1)
        bench.source.outputs.push(
          draft(
            `o-${index}`,
            monday - 3 * dayMs + index * 60_000,
            `ok ${index}: the invoice of Gudrun Halvorsen-${index}`,
          ),
        );
      bench.clock.set(monday + hour);
      await readHistory(ground, bench.watched, options);
    },
    /** Looks every hour until an instant. */
    until: (to: number, stepMs: number = hour) => {
      while (bench.clock.now() < to) {
        bench.clock.set(Math.min(to, bench.clock.now() + stepMs));
        oweDigests(ground);
      }
    },
    deliver: () => deliverDue(ground, new Set(), options.signal),
  };
}
