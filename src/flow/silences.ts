/**
 * What a silence holds back: incidents and findings that are recorded and shown, but not sent. In: the store, the
 * register, an instant. Out: the silence that speaks, or none. Never sends, never ends a silence: keep-silences.ts does.
 */
import type { Finding } from "../domain/finding.js";
import type { Silence, SilenceMatch } from "../domain/silence.js";
import { matchesAutomation, matchesFinding, matchesIncident } from "../incident/silence-match.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { sayListUpTo } from "../wording/sentences.js";
import { sayDayAndTime } from "../wording/times.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";

/** The silence in force over a whole incident: each of its findings that could page is matched; null: it speaks. */
export function silenceOver(
  ground: Ground,
  row: IncidentRow,
  now: number,
  inForce: readonly Silence[] = ground.store.silences.inForce(now),
): Silence | null {
  if (inForce.length === 0) return null;
  const watched = watchedOf(ground.register, row.automation);
  const about = inForce.filter(
    ({ match }) =>
      matchesIncident(match, row.id) && (watched === null || matchesAutomation(match, watched.entry)),
  );
  if (watched === null || about.length === 0) return null;
  const paging = pagingOf(ground, row);
  const covers = ({ match }: Silence, finding: Finding) => matchesFinding(match, finding);
  if (!paging.every((finding) => about.some((each) => covers(each, finding)))) return null;
  return about.find((each) => paging.every((finding) => covers(each, finding))) ?? about[0] ?? null;
}

/** What of an incident can page: the findings that are true now, or all it had. */
function pagingOf(ground: Ground, row: IncidentRow): readonly Finding[] {
  const all = ground.store.findings.ofIncident(row.id).filter(({ finding }) => finding.level === "page");
  const active = all.filter((each) => each.endedAt === null);
  return (active.length > 0 ? active : all).map((each) => each.finding);
}

/**
 * True while nothing is said of an incident and its clocks stand: a silence is in force over it, or is over and the
 * fresh sample after it has not been looked at yet.
 */
export function isSilenced(ground: Ground, row: IncidentRow, now: number): boolean {
  if (silenceOver(ground, row, now) !== null) return true;
  const hold = ground.store.silences.openHold(row.id);
  const silence = hold === null ? null : ground.store.silences.get(hold.silence);
  return silence !== null && silence.endsAt <= now;
}

/** The silence in force over one finding of an automation. */
export function silenceOfFinding(
  ground: Ground,
  watched: Watched,
  incident: number,
  finding: Finding,
  now: number,
): Silence | null {
  const matches = ({ match }: Silence) =>
    matchesIncident(match, incident) &&
    matchesAutomation(match, watched.entry) &&
    matchesFinding(match, finding);
  return ground.store.silences.inForce(now).find(matches) ?? null;
}

/** The silence that an incident stands under as people see it, its end included until the fresh sample; null: none. */
export function shownSilence(ground: Ground, row: IncidentRow, now: number): Silence | null {
  if (row.endedAt !== null) return null;
  const inForce = silenceOver(ground, row, now);
  if (inForce !== null) return inForce;
  const hold = ground.store.silences.openHold(row.id);
  return hold === null ? null : ground.store.silences.get(hold.silence);
}

/** What held an incident back so far, a sentence each: stands in the message that follows and on its page. */
export function silenceRemarks(ground: Ground, incident: number, now: number): readonly string[] {
  const { silences } = ground.store;
  const named = new Set(silences.holdsOf(incident).map((each) => each.silence));
  return [...named].slice(-3).flatMap((id) => {
    const silence = silences.get(id);
    return silence === null ? [] : [`Was silenced ${saySilence(ground, silence, now)}`];
  });
}

/** "from Sun 02:00 to 04:00, maintenance “sun 02:00-04:00”, Marta Quill: “new database”". */
export function saySilence(ground: Ground, silence: Silence, now: number): string {
  const zone = ground.register.timeZone;
  const from = sayDayAndTime(silence.startsAt, zone, now);
  const until = sayDayAndTime(silence.endsAt, zone, now);
  const what = silence.recurring === null ? `silence ${silence.id}` : `maintenance “${silence.recurring}”`;
  return `from ${from} to ${until} (${what}, ${silence.owner}: “${silence.why}”)`;
}

/** "invoices, check total-match": what a silence matches, in a line. */
export function sayMatch(match: SilenceMatch): string {
  const part = (name: string, values: readonly (string | number)[]) =>
    values.length === 0 ? [] : [`${name === "" ? "" : `${name} `}${values.join(", ")}`];
  const parts = [
    ...part("incident", match.incidents),
    ...part("", match.automations),
    ...part("vendor", match.vendors),
    ...part("depending on", match.dependsOn),
    ...part("process", match.processes),
    ...part("check", match.checks),
    ...part("kind", match.kinds),
  ];
  return parts.length === 0 ? "everything" : parts.join("; ");
}

/** Named before the rest is counted. */
const named = 5;

/** What a silence holds back at this moment: "now 2 of 14 automations (invoices and orders), incident 3". */
export function sayCovered(ground: Ground, silence: Silence, now: number): string {
  const { register, store } = ground;
  const incidents = store.incidents
    .open()
    .filter((row) => silenceOver(ground, row, now, [silence]) !== null)
    .map(({ id }) => String(id));
  const noun = incidents.length === 1 ? "incident" : "incidents";
  const which = incidents.length === 0 ? "no open incident" : `${noun} ${sayListUpTo(incidents, named)}`;
  // a snoozed incident is one thing, not what its automation does
  if (silence.match.incidents.length > 0) return `now ${which}`;
  const covered = register.automations.filter(({ entry }) => matchesAutomation(silence.match, entry));
  const ids = covered.map(({ entry }) => entry.id);
  const names = ids.length === 0 ? "" : ` (${sayListUpTo(ids, named)})`;
  return `now ${ids.length} of ${sayCount(register.automations.length, "automation")}${names}, ${which}`;
}
