import { z } from "zod";
import type { Ground } from "../flow/ground.js";
import { pause } from "../platform/pause.js";
import type { OutboxRow } from "../store/outbox.js";
import { order } from "./order.js";
import type { Outcome } from "./outcome.js";
import { pad, visible, widest } from "./table.js";
import type { Terminal } from "./terminal.js";
import { look, type Workplace } from "./workplace.js";

/** A daemon delivers by itself; it is looked after so often, so many times. */
const lookEveryMs = 250;
const looks = 60;

const owedReport = z.object({ owed: z.array(z.string()) });

/** Sends one test message to each channel and says what became of it. */
export async function sendTest(terminal: Terminal, workplace: Workplace): Promise<Outcome> {
  const command = { do: "send-test", who: terminal.user } as const;
  const { owed } = owedReport.parse(await order(terminal, workplace, command, "sending"));
  const sent = await settled(terminal, workplace, owed);
  const failed = sent.filter((each) => each.state !== "sent");
  const column = widest(sent.map((each) => each.channel));
  return {
    exitCode: failed.length > 0 ? 1 : 0,
    data: {
      messages: sent.map(({ id, channel, state, lastError }) => ({ id, channel, state, reason: lastError })),
    },
    lines: [
      terminal.colors.bold(headOf(sent.length, failed.length)),
      "",
      ...sent.map(
        (each) => `${each.state === "sent" ? "=" : "!"} ${pad(each.channel, column)}  ${sayState(each)}`,
      ),
    ],
    notes: [],
    next: { command: "doctor" },
  };
}

function headOf(all: number, failed: number): string {
  if (failed === 0)
    return all === 1 ? "The test message was delivered." : `All ${all} test messages were delivered.`;
  return `${failed} of ${all} test messages ${failed === 1 ? "was" : "were"} not delivered.`;
}

function sayState({ state, lastError }: OutboxRow): string {
  const why = lastError === null ? "" : `: ${visible(lastError)}`;
  switch (state) {
    case "sent":
      return "delivered";
    case "dead":
      return `refused${why}`;
    case "ambiguous":
      return `may have arrived${why}`;
    case "superseded":
      return "not needed any more";
    case "pending":
    case "sending":
      return `not delivered yet, it is tried again${why}`;
  }
}

/** The owed messages once none is under way, or after fifteen seconds as they are then. */
async function settled(
  terminal: Terminal,
  workplace: Workplace,
  owed: readonly string[],
): Promise<readonly OutboxRow[]> {
  const { signal } = new AbortController();
  for (let turn = 0; ; turn += 1) {
    const rows = await look(terminal, workplace, (ground) => messagesOf(ground, owed));
    const tried = rows.every(
      (row) => row.state !== "sending" && (row.state !== "pending" || row.attempts > 0),
    );
    if ((tried && rows.length === owed.length) || turn >= looks) return rows;
    terminal.progress("waiting for the channels");
    await pause(lookEveryMs, signal);
  }
}

function messagesOf({ store, register }: Ground, owed: readonly string[]): readonly OutboxRow[] {
  const order = register.channels.map((each) => each.id);
  return [...store.outbox.byIds(owed)].sort(
    (left, right) => order.indexOf(left.channel) - order.indexOf(right.channel),
  );
}
