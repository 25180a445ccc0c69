/**
 * Evenkeel itself is offline: every source that is read over the network and every channel fails at once. In: what the last
 * tries came to, from the store. Out: one incident of its own (in the log, on the page, as a message once it is back); what
 * is said of single sources is taken back while nobody has it. Never a verdict: nothing is known of any automation.
 */
import { composeSelf } from "../notify/compose-self.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { sayDayAndTime } from "../wording/times.js";
import { channelsToPeople, usualChannels } from "./channels-for.js";
import type { Ground, ReadyChannel, Watched } from "./ground.js";
import { itselfId } from "./itself.js";
import { offlineSince, setOffline } from "./offline-since.js";
import { tellEveryone } from "./tell-everyone.js";
import { isUnanswered } from "./unreachable.js";

/** While it is offline, one source is tried so often. */
const probeEveryMs = 60_000;
const probedAt = "offline_probe_at";

/** Looked at at every beat. */
export function watchOwnOutage(ground: Ground): void {
  const since = offlineSince(ground);
  const channels = channelsToPeople(ground).filter((each) => each.type !== "console");
  const silent = channels.filter((each) => isSilent(ground, each));
  // asked at every beat, and nearly always some channel works
  if (since === null && (channels.length === 0 || silent.length < channels.length)) return;
  const hosts = hostsOf(ground);
  const down = [...hosts.values()].filter((all) => all.some((each) => isGone(ground, each)));
  const everything = silent.length === channels.length && down.length === hosts.size && hosts.size > 0;
  if (since === null && everything) begin(ground, hosts);
  else if (since === null || everything) probe(ground, hosts, down.length);
  else over(ground, since);
}

function isSilent({ store }: Ground, { id }: ReadyChannel): boolean {
  const { brokenSince, reason } = store.channels.get(id);
  return brokenSince !== null && isUnanswered(reason);
}

function isGone({ store }: Ground, { entry }: Watched): boolean {
  const { failingSince, lastError } = store.sources.get(entry.id);
  return failingSince !== null && isUnanswered(lastError);
}

function hostsOf({ register }: Ground): ReadonlyMap<string, readonly Watched[]> {
  const hosts = new Map<string, Watched[]>();
  for (const each of register.automations) {
    if (each.sourceHost === null) continue;
    hosts.set(each.sourceHost, [...(hosts.get(each.sourceHost) ?? []), each]);
  }
  return hosts;
}

/** Tries one source of each host: of those not tried yet it shows whether all are gone, later whether one is back. */
function probe(ground: Ground, hosts: ReadonlyMap<string, readonly Watched[]>, down: number): void {
  const { store, clock } = ground;
  const now = clock.now();
  if (down === 0 || Math.abs(now - Number(store.meta.get(probedAt) ?? 0)) < probeEveryMs) return;
  store.transaction(() => {
    store.meta.set(probedAt, String(now));
    for (const [first] of hosts.values())
      if (first !== undefined) store.freshSamples.ask(first.entry.id, now, "whether the network is there");
  });
}

function begin(ground: Ground, hosts: ReadonlyMap<string, readonly Watched[]>): void {
  const { store, clock, logger } = ground;
  const now = clock.now();
  const failing = [...hosts.values()]
    .flat()
    .flatMap((each) => store.sources.get(each.entry.id).failingSince ?? []);
  store.transaction(() => {
    setOffline(ground, Math.min(now, ...failing));
    for (const row of store.incidents.open())
      if (row.kind === "blind" || row.automation === itselfId) takeBack(ground, row);
  });
  logger.error("Evenkeel itself is offline: no source and no channel can be reached", {
    hosts: [...hosts.keys()],
  });
}

/** What no channel has taken is not said at all: the source may be fine. */
function takeBack({ store }: Ground, row: IncidentRow): void {
  if (row.toldStatus !== "open") return;
  const owed = store.outbox.ofIncident(row.id);
  if (owed.length === 0 || owed.some((each) => each.state !== "pending")) return;
  for (const each of owed)
    store.outbox.settle(each.seq, { state: "superseded", error: "Evenkeel itself was offline" });
  store.incidents.beginAgain(row.id);
  // of another revision, so that it can be said anew
  store.incidents.setStatus(row.id, { status: row.status, endedAt: null, acknowledgedBy: null });
}

/**
 * People hear that nobody was watching, and their clocks go on with what was left of them: nobody could be reached
 * meanwhile. What could not be read is looked at anew before more is said of it.
 */
function over(ground: Ground, since: number): void {
  const { store, clock, logger } = ground;
  const now = clock.now();
  const unread = store.incidents.open().filter((row) => row.kind === "blind");
  store.transaction(() => {
    setOffline(ground, null);
    store.incidentClocks.shift(now - since);
    const automations = [...hostsOf(ground).values()].flat().length;
    const seen = { since, automations, waiting: store.outbox.tally().waiting };
    tellEveryone(ground, usualChannels(ground), `offline:${since}`, (facts, at) =>
      composeSelf({ ...facts, ...seen }, at),
    );
    for (const row of unread) store.freshSamples.ask(row.automation, now, "Evenkeel is online again");
  });
  logger.warn("Evenkeel is online again", { forMs: now - since });
}

/** What a page says on top while it lasts; null: it is online. */
export function offlineBanner(ground: Ground): string | null {
  const since = offlineSince(ground);
  if (since === null) return null;
  const from = sayDayAndTime(since, ground.register.timeZone, ground.clock.now());
  const { waiting } = ground.store.outbox.tally();
  return `Evenkeel itself has been offline since ${from}: no source and no channel can be reached. Nothing is judged by that; ${sayCount(waiting, "message")} ${waiting === 1 ? "waits" : "wait"}.`;
}
