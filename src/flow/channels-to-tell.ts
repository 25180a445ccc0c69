import type { IncidentRow } from "../store/incident.js";
import { channelsForNews, usualChannels } from "./channels-for.js";
import type { Ground, ReadyChannel, Watched } from "./ground.js";
import { itselfId } from "./itself.js";

/**
 * Where an incident is told. One about Evenkeel itself may be about a channel: it goes to those that work, also where
 * they only stand in for another; what became of it goes where it was told. Others go as their routes say.
 */
export function channelsToTell(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  { called, at }: { called: string; at: number },
): readonly ReadyChannel[] {
  const { kind, escalations } = row;
  if (row.automation !== itselfId)
    return channelsForNews(ground, watched, row.id, { kind, escalated: escalations > 0, called, at });
  const { channels } = ground.register;
  const usual = usualChannels(ground);
  const told = row.toldStatus === null ? [] : ground.store.outbox.channelsTold(row.id);
  const heard = channels.filter(({ id }) => told.includes(id));
  if (row.endedAt !== null && heard.length > 0) return heard;
  const reached = channels.filter(
    ({ id }) => told.includes(id) || ground.store.channels.get(id).brokenSince === null,
  );
  return reached.length > 0 ? reached : usual;
}
