import { z } from "zod";
import type { OutboxState } from "../store/outbox.js";
import { sayList } from "../wording/sentences.js";
import type { Ground } from "./ground.js";

/** One message about an incident: for whom, on which channel, and what became of it. */
export interface Told {
  readonly at: number;
  readonly kind: string;
  readonly channel: string;
  /** Names; empty where the message names nobody. */
  readonly forWhom: string;
  readonly state: OutboxState;
  readonly sentAt: number | null;
  readonly error: string | null;
}

const named = z.looseObject({ recipients: z.array(z.looseObject({ name: z.string() })).default([]) });

/** Who was told of an incident on which channel, in the order it was owed. */
export function whoWasTold(ground: Ground, incident: number): readonly Told[] {
  return ground.store.outbox.ofIncident(incident).map((row) => {
    const message = named.safeParse(JSON.parse(row.message));
    const names = message.success ? message.data.recipients.map(({ name }) => name) : [];
    return {
      at: row.createdAt,
      kind: row.kind,
      channel: row.channel,
      forWhom: names.length === 0 ? "" : sayList(names),
      state: row.state,
      sentAt: row.sentAt,
      error: row.lastError,
    };
  });
}
