/**
 * Evenkeel itself is offline: every source that is read over the network and every channel fails at once. In: what the last
 * tries came to, from the store. Out: one incident of its own (in the log, on the page, as a message once it is back); what
 * is said of single sources is taken back while nobody has it. Never a verdict: nothing is known of any automation.
 */
import { composeSelf } from "../notify/compose-self.js";
import { composeUnreached } from "../notify/compose-unreached.js";
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
/** For which failure the channels that may still work were asked to say so. */
const othersAskedFor = "offline_others_asked_for";
/** Ids of the messages that asked them. */
const othersAsked = "offline_others_asked";

/** Looked at at every beat. */
export function watchOwnOutage(ground: Ground): void {
  const since = offlineSince(ground);
  const channels = channelsToPeople(ground).filter((each) => each.type !== "console");
  const silent = channels.filter((each) => isSilent(ground, each));
  // asked at every beat, and nearly always every channel works
  if (since === null && silent.length === 0) return;
  const hosts = hostsOf(ground);
  const down = [...hosts.values()].filter((all) => all.some((each) => isGone(ground, each)));
  const noChannel = silent.length === channels.length;
  const noSource = down.length === hosts.size && hosts.size > 0;
  if (since !== null && !(noChannel && noSource)) over(ground, since);
  else if (since !== null) probe(ground, hosts, down.length);
  else if (noChannel && noSource) begin(ground, hosts);
  else if (noChannel) probe(ground, hosts, down.length);
  else if (noSource) tryTheOthers(ground, hosts, channels, silent);
}

/**
 * Every source is gone and so is a channel: the others are told, also those that routes never lead to or that only stand
 * in for another. Either somebody hears of it now, or the try shows that nothing at all can be reached.
 */
function tryTheOthers(
  ground: Ground,
  hosts: ReadonlyMap<string, readonly Watched[]>,
  channels: readonly ReadyChannel[],
  silent: readonly ReadyChannel[],
): void {
  // looked at at every beat: asked once for the same failure of the source that went last
  const goneAt = Math.max(...[...hosts.values()].map((all) => firstFailure(ground, all)));
  const { meta } = ground.store;
  if (meta.get(othersAskedFor) === String(goneAt)) return;
  ground.store.transaction(() => {
    const others = channels.filter((each) => !silent.includes(each));
    const seen = { silent: silent.map(({ id }) => id), hosts: [...hosts.keys()] };
    const ids = tellEveryone(ground, others, `unreached:${goneAt}`, (facts, now) =>
      composeUnreached({ ...facts, ...seen }, now),
    );
    meta.set(othersAskedFor, String(goneAt));
    meta.set(othersAsked, ids.join(" "));
  });
}

/** What the others were asked and could not take has served: what follows is said once the network is back. */
function takeBackQuestions({ store }: Ground): void {
  const ids = (store.meta.get(othersAsked) ?? "").split(" ");
  for (const { seq, state } of store.outbox.byIds(ids))
    if (state === "pending")
      store.outbox.settle(seq, { state: "superseded", error: "Evenkeel itself was offline" });
}

function firstFailure(ground: Ground, all: readonly Watched[]): number {
  return Math.min(
    ...all
      .filter((each) => isGone(ground, each))
      .map((each) => ground.store.sources.get(each.entry.id).failingSince ?? 0),
  );
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
    takeBackQuestions(ground);
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
